import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { useApp, useRequest, useWorkbench } from '../../state/react.ts';
import { BytesSource, count, EmptyState, FailureLine, ROW_HEIGHT, TextSource, VisibleText } from '../../ui/index.ts';
import { useTextLines } from './use-text-lines.ts';

export interface SourcePaneProps {
  readonly path: string | null;
  readonly line: number | null;
  readonly offset: number | null;
  readonly length: number | null;
  readonly known: Output<'config.files'>['files'][number] | undefined;
}

/** A file of the evidence: its text at a line where the case holds it, else its bytes at an offset, else why not. */
export function SourcePane({ path, line, offset, length, known }: SourcePaneProps): ReactNode {
  const { store } = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const [cursor, setCursor] = useState<number | null>(line);
  useEffect(() => setCursor(line), [line]);
  const text = useTextLines(path, line ?? 1);
  const box = useRef<HTMLElement>(null);
  const arrived = text.state === 'text' || text.state === 'none';
  // Coming from a finding, the keyboard lands on the line itself.
  useEffect(() => {
    if (arrived && (line !== null || offset !== null)) box.current?.querySelector<HTMLElement>('[role="list"]')?.focus({ preventScroll: true });
  }, [arrived, line, offset, path]);
  const onLine = useCallback((next: number) => {
    setCursor(next);
    store.getState().announce(`Line ${next}`);
  }, [store]);

  if (path === null) return <section aria-label="Source" className="pad"><EmptyState title="No file is chosen." /></section>;
  return (
    <section aria-label="Source" className="source-pane" ref={box}>
      <div className="source-head">
        <span className="mono"><VisibleText text={known?.path ?? path} /></span>
        <span className="dim">{text.state === 'text' ? `${cursor === null ? '' : `line ${cursor} of `}${count(text.total)}${cursor === null ? ' lines' : ''}, ${text.encoding}` : ''}</span>
        <span className="quiet mono">{text.sha256 === '' ? '' : `SHA-256 ${text.sha256}`}</span>
      </div>
      <div className="fill-rest">
        {text.state === 'failed' ? <FailureLine message={text.message} />
          : text.state === 'loading' ? <p className="pad dim">Loading...</p>
          : text.state === 'text' ? <TextSource totalLines={text.total} line={text.line} want={text.want} at={cursor} rowHeight={rowHeight} onLine={onLine} />
          : <Bytes path={path} offset={offset ?? 0} length={length ?? 1} line={line} why={text.message} />}
      </div>
    </section>
  );
}

const BEFORE = 256;
const WINDOW = 4096;

function Bytes({ path, offset, length, line, why }: { readonly path: string; readonly offset: number; readonly length: number; readonly line: number | null; readonly why: string }): ReactNode {
  const from = Math.max(0, offset - BEFORE - ((offset - BEFORE) % 16));
  const answer = useRequest('evidence.bytes', { evidencePath: path, offset: from, length: WINDOW });
  if (answer.failure !== null) return <FailureLine message={answer.failure.message} />;
  if (answer.value === null) return <p className="pad dim">Loading...</p>;
  if (!answer.value.available) {
    return <div className="pad"><EmptyState title="Evidence not attached."><p><VisibleText text={answer.value.reason ?? why} /></p><p>The place is {line === null ? `offset ${offset}` : `line ${line}, offset ${offset}`} of <span className="mono"><VisibleText text={path} /></span>. Intake says where the evidence lies now.</p></EmptyState></div>;
  }
  return <BytesSource offset={from} hex={answer.value.hex} mark={{ offset, length }} />;
}
