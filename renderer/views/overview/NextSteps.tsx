import { useState, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import { copyText } from '../../commands/evidence-actions.ts';
import { useWorkbench } from '../../state/react.ts';
import { Button, VisibleText } from '../../ui/index.ts';
import { askText, parted, type Go, type Missing, type Step, type Unknown } from './summary.ts';

/** Lines that are shown before the rest is asked for. */
const FIRST = 8;

function GoButton({ go, label }: { readonly go: Go; readonly label: string }): ReactNode {
  const { store } = useWorkbench();
  return <button type="button" className="source-link" aria-label={`Go: ${visible(label)}`} onClick={() => store.getState().navigate(go.view, go.params)}>go</button>;
}

/** A checklist that a person new to the work can follow; the case itself says what is done. */
export function NextSteps({ steps }: { readonly steps: readonly Step[] }): ReactNode {
  const done = steps.filter((s) => s.done).length;
  return (
    <>
      <p className="dim">{done} of {steps.length} done.</p>
      <ol className="checklist" aria-label="What to do next">
        {steps.map((step) => (
          <li key={step.text} className={step.done ? 'faded' : ''}>
            <span className="mono" aria-hidden="true">{step.done ? '[x]' : '[ ]'}</span>
            <span className="wrap"><span className="visually-hidden">{step.done ? 'done: ' : 'to do: '}</span><VisibleText text={step.text} /> <span className="quiet"><VisibleText text={step.why} /></span> <GoButton go={step.go} label={step.text} /></span>
          </li>
        ))}
      </ol>
    </>
  );
}

export function Unknowns({ unknowns }: { readonly unknowns: readonly Unknown[] }): ReactNode {
  if (unknowns.length === 0) return <p className="dim">Nothing that this tool could tell stands open.</p>;
  return <ul className="sentences" aria-label="What is not yet known">{unknowns.map((u) => <li key={u.text} className="wrap"><VisibleText text={u.text} /> <GoButton go={u.go} label={u.text} /></li>)}</ul>;
}

/** Places that were not collected and would decide something, with the reason. */
export function AskFor({ missing }: { readonly missing: readonly Missing[] }): ReactNode {
  const wb = useWorkbench();
  const [all, setAll] = useState(false);
  const [stock, setStock] = useState(false);
  if (missing.length === 0) return <p className="dim">Nothing that is known to be of use is missing.</p>;
  const { first, files } = parted(missing);
  const shown = all ? first : first.slice(0, FIRST);
  const line = (m: Missing): ReactNode => <li key={`${m.server ?? ''} ${m.path ?? m.evidencePath} ${m.what}`} className="wrap"><span className="mono"><VisibleText text={m.path ?? m.evidencePath} /></span> <span className="quiet"><VisibleText text={m.why} /></span></li>;
  return (
    <>
      {first.length === 0 ? null : <p className="dim">What decides most stands first.</p>}
      <ul className="sentences" aria-label="Evidence to ask for">{shown.map(line)}</ul>
      {first.length > FIRST ? <Button aria-expanded={all} onClick={() => setAll(!all)}>{all ? `Show the first ${FIRST}` : `Show all ${first.length}`}</Button> : null}
      {files.length === 0 ? null : <Button aria-expanded={stock} onClick={() => setStock(!stock)}>{stock ? 'Hide' : 'Show'} {files.length} {files.length === 1 ? 'file' : 'files'} of Windows and known products</Button>}
      {stock ? <ul className="sentences" aria-label="Files of Windows and known products that the configuration names">{files.map(line)}</ul> : null}
      <Button onClick={() => void copyText(wb, askText(missing), 'List')}>Copy as a list</Button>
    </>
  );
}
