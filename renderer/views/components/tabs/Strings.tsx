import { useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useWorkbench } from '../../../state/react.ts';
import { StringPages, type FoundString } from '../../../state/string-pages.ts';
import { count, EmptyState, FailureLine, VisibleText, type Column } from '../../../ui/index.ts';
import { FactGrid } from '../FactGrid.tsx';
import { hex } from '../words.ts';

type Encoding = 'all' | 'ascii' | 'utf16';
const ENCODINGS: readonly (readonly [Encoding, string])[] = [['all', 'all'], ['ascii', 'ASCII'], ['utf16', 'UTF-16']];
const LEAST = 3;
const MOST = 100;

const COLUMNS: readonly Column<FoundString>[] = [
  { id: 'offset', title: 'Offset', width: '92px', mono: true, align: 'end', render: (s) => hex(s.offset) },
  { id: 'encoding', title: 'As', width: '62px', render: (s) => (s.encoding === 'ascii' ? 'ASCII' : 'UTF-16') },
  { id: 'length', title: 'Length', width: '72px', align: 'end', render: (s) => count(s.text.length) },
  { id: 'text', title: 'Text', width: 'minmax(260px, 1fr)', mono: true, render: (s) => <VisibleText text={s.text} /> },
];

/** The printable strings of a file of any size. */
export function Strings({ evidencePath }: { readonly evidencePath: string }): ReactNode {
  const { client } = useWorkbench();
  const [typed, setTyped] = useState('');
  const [ask, setAsk] = useState<{ readonly text: string; readonly minimum: number; readonly encoding: Encoding }>({ text: '', minimum: 5, encoding: 'all' });
  const pages = useMemo(() => new StringPages(client, { evidencePath, minimum: ask.minimum, encoding: ask.encoding, ...(ask.text === '' ? {} : { text: ask.text }) }), [client, evidencePath, ask]);
  const status = useSyncExternalStore(pages.subscribe, pages.snapshot);
  const apply = (): void => setAsk((a) => (a.text === typed ? a : { ...a, text: typed }));
  return (
    <div className="fill tab-rows">
      <div className="tab-bar" role="search" aria-label="Strings">
        <label className="search-field">Contains <input className="input mono" value={typed} maxLength={500} onChange={(e) => setTyped(e.target.value)} onBlur={apply} onKeyDown={(e) => e.key === 'Enter' && apply()} spellCheck={false} autoComplete="off" /></label>
        <label>At least <input className="input least" type="number" min={LEAST} max={MOST} value={ask.minimum} onChange={(e) => {
          const minimum = Math.round(Number(e.target.value));
          if (minimum >= LEAST && minimum <= MOST) setAsk((a) => ({ ...a, minimum }));
        }} /></label>
        <label>As <select className="input" value={ask.encoding} onChange={(e) => setAsk((a) => ({ ...a, encoding: ENCODINGS.find(([id]) => id === e.target.value)?.[0] ?? 'all' }))}>{ENCODINGS.map(([id, words]) => <option key={id} value={id}>{words}</option>)}</select></label>
        <span className="dim" role="status">{status.state === 'loading' ? 'reading...' : status.state === 'strings' ? `${count(status.total)} strings${status.capped ? ' or more: the limit was reached' : ''}` : ''}</span>
      </div>
      <div className="fill-rest">
        {status.state === 'failed' ? <FailureLine message={status.message} />
          : status.state === 'none' ? <div className="pad"><EmptyState title="The strings cannot be read."><p><VisibleText text={status.message === '' ? 'The bytes of the file are not at hand.' : status.message} /> Intake says where the evidence lies now.</p></EmptyState></div>
          : <FactGrid label="Strings" columns={COLUMNS} rows={{ count: status.total, row: pages.row, want: pages.want }} rowKey={(s) => `${s.offset} ${s.encoding}`} place={(s) => ({ offset: s.offset, length: s.length })} empty={status.state === 'loading' ? 'Reading...' : 'No string passes.'} />}
      </div>
    </div>
  );
}
