import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { visible } from '../../../../shared/base/visible.ts';
import type { Output } from '../../../../shared/contract/index.ts';
import { STEP_WORDS, storyText } from '../../../../shared/model/index.ts';
import { useActions } from '../../../commands/actions.ts';
import { copyText, openRef } from '../../../commands/evidence-actions.ts';
import { addNote } from '../../../commands/note-actions.ts';
import { useRequest, useTimeText, useWorkbench } from '../../../state/react.ts';
import { Button, citation, FailureLine, momentWords, refWords, SourceList, VisibleText } from '../../../ui/index.ts';
import { noteSteps, noteText } from './note-steps.ts';

type Told = Output<'story.component'>;
type Step = Told['steps'][number];
type Arrow = Told['arrows'][number];

/** How the component came and was used, step by step, with the gaps between the steps and what nothing shows. */
export function Story({ id }: { readonly id: string }): ReactNode {
  const answer = useRequest('story.component', { id });
  if (answer.failure !== null) return <FailureLine message={answer.failure.message} />;
  if (answer.value === null) return <div className="pad dim">Loading...</div>;
  return <Chain story={answer.value} />;
}

function Chain({ story }: { readonly story: Told }): ReactNode {
  const wb = useWorkbench();
  const [at, setAt] = useState(0);
  const [inside, setInside] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const { steps, arrows, doubts } = story;
  const index = Math.min(at, Math.max(0, steps.length - 1));
  const step = steps[index];
  const shown = steps.filter((s) => s.missing === null).length;
  const arrowTo = new Map(arrows.map((arrow) => [arrow.to, arrow]));

  const focus = (to: number): void => {
    const next = Math.max(0, Math.min(steps.length - 1, to));
    setAt(next);
    list.current?.querySelector<HTMLElement>(`[data-step="${next}"]`)?.focus();
  };
  const source = (one: Step): void => {
    const [ref] = one.refs;
    if (ref !== undefined) openRef(wb, ref);
  };
  const timeline = (one: Step): void => {
    if (one.event !== null) wb.store.getState().navigate('timeline', { event: one.event });
    else source(one);
  };
  const note = (one: Step): void => void addNote(wb, { about: one.moment.time, refs: one.refs, event: one.event, finding: null, component: story.component, text: noteText(one, story), tag: 'story' });
  const words = (one: Step): string => visible(`${STEP_WORDS[one.kind]}: ${one.sentence}`);
  useActions(inside && step !== undefined ? {
    'list.next': () => focus(index + 1),
    'list.previous': () => focus(index - 1),
    'list.first': () => focus(0),
    'list.last': () => focus(steps.length - 1),
    'row.source': () => source(step),
    'row.timeline': () => timeline(step),
    'row.note': () => note(step),
    'row.copy': () => void copyText(wb, words(step), 'Step'),
    'row.cite': () => void copyText(wb, [words(step), ...step.refs.map(citation)].join('\n'), 'Step with citations'),
  } : {});
  const onKeyDown = (e: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: steps.length - 1 };
    const to = moves[e.key];
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    if (to !== undefined) {
      e.preventDefault();
      focus(to);
    } else if (e.key === 'Enter' && step !== undefined) {
      e.preventDefault();
      timeline(step);
    }
  };

  return (
    <div className="fill tab-rows">
      <div className="tab-bar">
        <span role="status">{shown} of {steps.length} steps are shown by the evidence{story.partial === true ? '; it is still being read' : ''}.</span>
        <Button onClick={() => void copyText(wb, storyText(story).map(visible).join('\n'), 'Story with citations')}>Copy the story</Button>
        <Button disabled={shown === 0} onClick={() => void noteSteps(wb, story)}>Note each step</Button>
      </div>
      <div className="fill-rest story">
        <div
          ref={list} role="listbox" aria-label="Story" className="story-chain" onKeyDown={onKeyDown} onFocus={() => setInside(true)}
          onBlur={(e) => {
            if (!e.currentTarget.contains(e.relatedTarget)) setInside(false);
          }}
        >
          {steps.map((one, i) => (
            <StepRow key={`${one.kind} ${i}`} step={one} arrow={arrowTo.get(i) ?? null} number={i} selected={i === index} onSelect={() => setAt(i)} onOpen={() => timeline(one)} />
          ))}
        </div>
        {doubts.length === 0 ? null : (
          <section aria-label="Doubts" className="story-doubts">
            <h3>What speaks against it</h3>
            <ul className="reasons">{doubts.map((doubt) => <li key={doubt}><VisibleText text={doubt} /></li>)}</ul>
          </section>
        )}
      </div>
      {step === undefined ? null : (
        <section aria-label="Step" className="tab-foot">
          <p>
            <strong>{STEP_WORDS[step.kind]}</strong>{' '}
            {step.event === null ? null : <Button tone="quiet" onClick={() => timeline(step)}>In the timeline (Enter)</Button>}
            {step.refs.length === 0 ? null : <Button tone="quiet" onClick={() => source(step)}>Source (x)</Button>}
            <Button tone="quiet" onClick={() => note(step)}>Note this (Space)</Button>
          </p>
          {step.refs.length === 0 ? <p className="dim">No source: nothing in the evidence shows this step.</p> : <SourceList label="Sources of the step" refs={step.refs} onOpen={(ref) => openRef(wb, ref)} />}
        </section>
      )}
    </div>
  );
}

interface StepRowProps { readonly step: Step; readonly arrow: Arrow | null; readonly number: number; readonly selected: boolean; readonly onSelect: () => void; readonly onOpen: () => void }

function StepRow({ step, arrow, number, selected, onSelect, onOpen }: StepRowProps): ReactNode {
  const time = useTimeText();
  const { when, how } = momentWords(step.moment, time);
  const from = step.earliest?.time ? `after ${time(step.earliest.time)}, by ` : '';
  return (
    <div className={step.missing === null ? 'story-step' : 'story-step unseen'} role="option" aria-selected={selected} tabIndex={selected ? 0 : -1} data-step={number} onFocus={onSelect} onDoubleClick={onOpen}>
      {arrow === null ? null : (
        <p className={arrow.seconds !== null && arrow.seconds < 0 && arrow.sentence.includes('contradicted') ? 'story-arrow warn' : 'story-arrow'}>
          <span aria-hidden="true">{'\u2193 '}</span><VisibleText text={arrow.sentence} /> <span className="quiet">({refWords(arrow.refs[0])} to {refWords(arrow.refs[1])}{arrow.from === arrow.to - 1 ? '' : `, from step ${arrow.from + 1}`})</span>
        </p>
      )}
      <p className="story-head">
        <span className="story-number">{number + 1}</span> <strong>{STEP_WORDS[step.kind]}</strong>{' '}
        {step.missing === null ? <><span className="mono">{step.by === true ? 'by ' : from}{when}</span> <span className="quiet">{how}</span></> : <span className="warn">not shown by the evidence</span>}
      </p>
      <p><VisibleText text={step.sentence} /></p>
      {step.missing === null ? null : <p className="dim"><VisibleText text={step.missing} /></p>}
    </div>
  );
}
