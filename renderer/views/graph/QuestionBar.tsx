import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Input, Output } from '../../../shared/contract/index.ts';
import type { GraphQuestion } from '../../state/graph-setup.ts';
import { useLatest, useSettled } from '../../state/react.ts';
import { Button, Chooser, type Choice } from '../../ui/index.ts';
import { countWords, kindWords } from './words.ts';

/** Names that are looked up at once; typing narrows. */
const MOST_CHOICES = 60;
/** Steps of a chain that are read out. */
const STEPS_SAID = 14;

type View = Output<'graph.view'>;
const NOTHING: View['nodes'] = [];

interface QuestionProps {
  readonly question: GraphQuestion | null;
  readonly answer: View | null;
  readonly where: Pick<Input<'graph.find'>, 'server' | 'asOf'>;
  /** What a path begins and ends at while none was asked for. */
  readonly from: string | null;
  readonly to: string | null;
  /** The fields of the path take the keyboard when they come. */
  readonly onPath: (from: string, to: string) => void;
  readonly onLeave: () => void;
  readonly onClose: () => void;
}

/** The question that is asked and its answer in words; for a path, fields for its two ends. */
export function QuestionBar({ question, answer, where, from, to, onPath, onLeave, onClose }: QuestionProps): ReactNode {
  const ends = question?.kind === 'path' ? question : { from, to };
  const isPath = question === null || question.kind === 'path';
  return (
    <div className="question-bar" role="group" aria-label="Question to the graph">
      {isPath ? <PathFields where={where} from={ends.from} to={ends.to} nodes={answer?.nodes ?? NOTHING} onPath={onPath} onLeave={onLeave} /> : null}
      <span role="status" className="question-answer">{question === null || answer === null ? '' : visible(answerWords(question, answer))}</span>
      <Button onClick={onClose}>One step back (Backspace)</Button>
    </div>
  );
}

type Ends = { readonly from: string | null; readonly to: string | null };

function PathFields({ where, from, to, nodes, onPath, onLeave }: Pick<QuestionProps, 'where' | 'onPath' | 'onLeave'> & Ends & { readonly nodes: View['nodes'] }): ReactNode {
  const chosen = useRef<Ends>({ from, to });
  useEffect(() => {
    chosen.current = { from, to };
  }, [from, to]);
  const choose = (part: Partial<Ends>): void => {
    chosen.current = { ...chosen.current, ...part };
    if (chosen.current.from !== null && chosen.current.to !== null) onPath(chosen.current.from, chosen.current.to);
  };
  return (
    <>
      <NodeField label="Path from" where={where} value={from} known={nodes} placeholder="a site, an application, the server" onChoose={(id) => choose({ from: id })} onLeave={onLeave} />
      <NodeField label="to" where={where} value={to} known={nodes} placeholder="a DLL, a module, a type" onChoose={(id) => choose({ to: id })} onLeave={onLeave} />
    </>
  );
}

interface FieldProps {
  readonly label: string;
  readonly where: QuestionProps['where'];
  readonly value: string | null;
  /** Nodes whose names are known already. */
  readonly known: View['nodes'];
  readonly placeholder: string;
  readonly onChoose: (id: string) => void;
  readonly onLeave: () => void;
}

/** One end of a path: names of the whole graph are looked up while they are typed. */
function NodeField({ label, where, value, known, placeholder, onChoose, onLeave }: FieldProps): ReactNode {
  const [typed, setTyped] = useState('');
  const found = useLatest('graph.find', { ...where, text: useSettled(typed, 120), limit: MOST_CHOICES }).value;
  const [picked, setPicked] = useState<Choice | null>(null);
  const choices = useMemo(() => {
    const hits = (found?.hits ?? []).map(choiceOf);
    const own = known.find((n) => n.id === value);
    const chosen = own === undefined ? (picked?.value === value ? picked : null) : choiceOf(own);
    const all = chosen === null || hits.some((c) => c.value === chosen.value) ? hits : [chosen, ...hits];
    return [...new Set(all.map((c) => c.group))].flatMap((group) => all.filter((c) => c.group === group));
  }, [found, known, value, picked]);
  return (
    <Chooser label={label} choices={choices} value={value} placeholder={placeholder} onLeave={onLeave} onType={setTyped} onChoose={(id) => {
      setPicked(choices.find((c) => c.value === id) ?? null);
      onChoose(id);
    }} />
  );
}

const choiceOf = ({ id, kind, label, detail }: Pick<View['nodes'][number], 'id' | 'kind' | 'label' | 'detail'>): Choice => ({ value: id, words: label, more: detail, group: kindWords(kind) });

/** The answer as a sentence. Chains are said node by node, from left to right. */
function answerWords(question: GraphQuestion, { nodes, counts }: View): string {
  if (question.kind === 'path') {
    if (nodes.length === 0) return 'No chain of facts leads from one to the other.';
    const said = nodes.slice(0, STEPS_SAID).map((n) => n.label).join(', then ');
    return `Path: ${said}${nodes.length > STEPS_SAID ? ` and ${nodes.length - STEPS_SAID} more` : ''}`;
  }
  const name = nodes.find((n) => n.id === question.node)?.label ?? 'This node';
  const own = nodes.find((n) => n.id === question.node)?.kind;
  const others = counts.map((c) => (c.kind === own ? { ...c, count: c.count - 1 } : c)).filter((c) => c.count > 0);
  if (others.length === 0) return question.direction === 'forward' ? `${name} leads to nothing further.` : `Nothing leads to ${name}.`;
  return question.direction === 'forward' ? `${name} leads to ${countWords(others)}.` : `To ${name} lead ${countWords(others)}.`;
}
