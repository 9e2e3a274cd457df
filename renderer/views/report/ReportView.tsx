import './report.css';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import { useActions } from '../../commands/actions.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { printReport } from '../../commands/report-actions.ts';
import { useLatest, useWorkbench } from '../../state/react.ts';
import { Button, EmptyState, FailureLine, ViewHead } from '../../ui/index.ts';
import { SectionBlocks } from './Blocks.tsx';

/** Buttons of the screen: command and words with the key. */
const BUTTONS = [
  ['report.html', 'HTML... (h)'], ['report.markdown', 'Markdown... (m)'], ['report.print', 'Print or PDF (p)'], ['report.export.csv', 'CSV... (c)'], ['report.export.jsonl', 'Timesketch... (t)'],
  ['report.export.stix', 'STIX... (s)'], ['report.export.graphml', 'GraphML... (g)'], ['report.export.manifest', 'Manifest... (e)'], ['report.handOver', 'Hand over a file... (z)'],
] as const;

/** The report as it will be written, part by part, and everything that can leave the case. */
export function ReportView(): ReactNode {
  const wb = useWorkbench();
  const [stamp, setStamp] = useState(0);
  const [at, setAt] = useState(0);
  const [printing, setPrinting] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  const answer = useLatest('report.sections', {}, stamp);
  const sections = answer.value?.sections ?? [];
  const shown = Math.min(at, Math.max(0, sections.length - 1));
  const go = (to: number): void => {
    setAt(Math.max(0, Math.min(sections.length - 1, to)));
    if (page.current !== null) page.current.scrollTop = 0;
  };
  usePrinted(() => setPrinting(false));
  // All parts must be on the page before the browser looks at it.
  useEffect(() => {
    if (printing) window.print();
  }, [printing]);
  useActions({
    'report.next': () => go(shown + 1),
    'report.previous': () => go(shown - 1),
    'report.print': () => void printReport(wb, () => setPrinting(true)),
    'app.refresh': () => setStamp((n) => n + 1),
  });
  const section = sections[shown];
  return (
    <div className="view">
      <ViewHead title="Report"><span className="dim">What is shown here is what is written. Files are never written into evidence.</span></ViewHead>
      <div className="report-buttons" role="group" aria-label="What leaves the case">
        {BUTTONS.map(([id, words], i) => <Button key={id} {...(i === 0 ? { tone: 'primary' as const } : {})} onClick={() => void runCommand(wb, id)}>{words}</Button>)}
      </div>
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      {answer.value === null || answer.value.notes.length === 0 ? null : <ul className="report-notes" aria-label="What to know of this report">{answer.value.notes.map((note) => <li key={note}>{visible(note)}</li>)}</ul>}
      <div className="report">
        <nav className="report-parts" aria-label="Parts of the report">
          {sections.map((s, i) => <button key={s.id} type="button" className="report-part" aria-current={i === shown} onClick={() => go(i)}>{i === 0 ? 'Title' : `${i}. ${visible(s.title)}`}</button>)}
        </nav>
        <div className="report-page" ref={page} tabIndex={0} role="region" aria-label="Preview" aria-busy={answer.loading}>
          {section === undefined ? <EmptyState title={answer.failure === null ? 'The report is being made...' : 'There is no report.'} /> : printing ? sections.map((s) => <SectionBlocks key={s.id} section={s} whole />) : <SectionBlocks section={section} whole={false} />}
        </div>
      </div>
    </div>
  );
}

/** While the browser prints, the page is light, whatever the screen's theme is. */
function usePrinted(done: () => void): void {
  const latest = useRef(done);
  useEffect(() => {
    latest.current = done;
  });
  useEffect(() => {
    const root = document.documentElement;
    let theme: string | undefined;
    const before = (): void => {
      theme = root.dataset['theme'];
      root.dataset['theme'] = 'light';
    };
    const after = (): void => {
      if (theme !== undefined) root.dataset['theme'] = theme;
      latest.current();
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
}
