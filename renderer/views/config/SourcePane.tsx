import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { useApp, useRequest, useWorkbench } from '../../state/react.ts';
import { TextFile } from '../../state/text-file.ts';
import { BytesSource, count, EmptyState, FailureLine, ROW_HEIGHT, TextSource, VisibleText } from '../../ui/index.ts';

export interface SourcePaneProps {
  readonly path: string | null;
  readonly line: number | null;
  readonly offset: number | null;
  readonly length: number | null;
  readonly known: Output<'config.files'>['files'][number] | undefined;
}

/** A file of the evidence: its text at a line where the case holds it, else its bytes at an offset, else why not. */
export function SourcePane({ path, ...rest }: SourcePaneProps): ReactNode {
  if (path === null) return <section aria-label="Source" className="pad"><EmptyState title="No file is chosen." /></section>;
  return <Source key={path} path={path} {...rest} />;
}

function Source({ path, line, offset, length, known }: SourcePaneProps & { readonly path: string }): ReactNode {
  const { store, client } = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const [asked, setAsked] = useState(line);
  const [cursor, setCursor] = useState(line);
  if (asked !== line) {
    setAsked(line);
    setCursor(line);
  }
  const file = useMemo(() => new TextFile(client, path), [client, path]);
  const text = useSyncExternalStore(file.subscribe, file.snapshot);
  useEffect(() => file.want(line ?? 1, line ?? 1), [file, line]);
  const components = useRequest('component.list', {});
  const noted = useMemo(() => registrationLines(components.value?.components ?? [], path), [components.value, path]);
  const box = useRef<HTMLElement>(null);
  const arrived = text.state === 'text' || text.state === 'none';
  // Coming from a finding, the keyboard lands on the line itself.
  useEffect(() => {
    if (arrived && (line !== null || offset !== null)) box.current?.querySelector<HTMLElement>('[role="list"]')?.focus({ preventScroll: true });
  }, [arrived, line, offset]);
  const onLine = useCallback((next: number) => {
    setCursor(next);
    store.getState().announce(`Line ${next}`);
  }, [store]);

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
          : text.state === 'text' ? <TextSource totalLines={text.total} line={file.line} want={file.want} noted={noted} at={cursor} rowHeight={rowHeight} onLine={onLine} />
          : <Bytes path={path} offset={offset ?? 0} length={length ?? 1} line={line} why={text.message} />}
      </div>
    </section>
  );
}

type Component = Output<'component.list'>['components'][number];

/** Lines of a file that register a component, with its name and kind. */
export function registrationLines(components: readonly Pick<Component, 'name' | 'type' | 'image' | 'kind' | 'origin' | 'registrations'>[], path: string): ReadonlyMap<number, string> {
  const lines = new Map<number, string>();
  for (const c of components) {
    for (const r of c.registrations) {
      if (r.evidencePath === path) lines.set(r.line, `registers ${visible(c.name ?? c.type ?? c.image ?? '')} (${c.kind}, ${c.origin})`);
    }
  }
  return lines;
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
