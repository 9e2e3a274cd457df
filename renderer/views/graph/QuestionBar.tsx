import { useMemo, useRef, useEffect, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Input, Output } from '../../../shared/contract/index.ts';
import type { GraphQuestion } from '../../state/graph-setup.ts';
import { useRequest } from '../../state/react.ts';
import { Button, Chooser, type Choice } from '../../ui/index.ts';
import { countWords, kindWords } from './words.ts';

/** Names that can be chosen; typing narrows. */
const MOST_CHOICES = 20_000;
/** Steps of a chain that are read out. */
const STEPS_SAID = 14;

type View = Output<'graph.view'>;

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
      {isPath ? <PathFields where={where} from={ends.from} to={ends.to} onPath={onPath} onLeave={onLeave} /> : null}
      <span role="status" className="question-answer">{question === null || answer === null ? '' : visible(answerWords(question, answer))}</span>
      <Button onClick={onClose}>One step back (Backspace)</Button>
    </div>
  );
}

function PathFields({ where, from, to, onPath, onLeave }: { readonly where: QuestionProps['where']; readonly from: string | null; readonly to: string | null; readonly onPath: (from: string, to: string) => void; readonly onLeave: () => void }): ReactNode {
  const found = useRequest('graph.find', { ...where, text: '', limit: MOST_CHOICES });
  const choices = useMemo(() => (found.value?.hits ?? []).map(({ node }): Choice => ({ value: node.id, words: node.label, more: node.detail.slice(0, 160), group: kindWords(node.kind) })), [found.value]);
  const grouped = useMemo(() => [...new Set(choices.map((c) => c.group))].flatMap((group) => choices.filter((c) => c.group === group)), [choices]);
  const chosen = useRef({ from, to });
  useEffect(() => {
    chosen.current = { from, to };
  }, [from, to]);
  const choose = (part: { readonly from?: string; readonly to?: string }): void => {
    chosen.current = { ...chosen.current, ...part };
    if (chosen.current.from !== null && chosen.current.to !== null) onPath(chosen.current.from, chosen.current.to);
  };
  return (
    <>
      <Chooser label="Path from" choices={grouped} value={from} placeholder="a site, an application, the server" onChoose={(id) => choose({ from: id })} onLeave={onLeave} />
      <Chooser label="to" choices={grouped} value={to} placeholder="a DLL, a module, a type" onChoose={(id) => choose({ to: id })} onLeave={onLeave} />
    </>
  );
}

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
