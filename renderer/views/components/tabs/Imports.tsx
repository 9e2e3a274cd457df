import { useMemo, useState, type ReactNode } from 'react';
import type { PeFacts } from '../../../../shared/model/index.ts';
import { matcher } from '../../../state/rows.ts';
import { count, VisibleText, type Column } from '../../../ui/index.ts';
import { FactGrid } from '../FactGrid.tsx';
import { importRows, OTHER, type ImportRow } from './import-groups.ts';

/** What the file takes from others, by what it is for in plain words. */
export function Imports({ facts }: { readonly facts: PeFacts }): ReactNode {
  const [typed, setTyped] = useState('');
  const all = useMemo(() => importRows(facts), [facts]);
  const passes = matcher(typed);
  const rows = typed === '' ? all : all.filter((r) => passes(`${r.purpose} ${r.dll} ${r.name} ${r.delayed ? 'delay-loaded' : ''}`));
  const columns: readonly Column<ImportRow>[] = [
    { id: 'purpose', title: 'In plain words', width: 'minmax(170px, 1fr)', render: (r) => <span className={r.purpose === OTHER ? 'quiet' : ''}>{r.purpose}</span> },
    { id: 'name', title: 'Function', width: 'minmax(160px, 1fr)', mono: true, render: (r) => (r.name === '' ? <span className="quiet">nothing by name</span> : <VisibleText text={r.name} />) },
    { id: 'dll', title: 'From', width: 'minmax(130px, 1fr)', mono: true, render: (r) => <VisibleText text={r.dll} /> },
    { id: 'how', title: 'Loaded', width: '96px', render: (r) => (r.delayed ? 'at first use' : '') },
  ];
  return (
    <div className="fill tab-rows">
      <div className="tab-bar">
        <label className="search-field">Find <input className="input" value={typed} onChange={(e) => setTyped(e.target.value)} spellCheck={false} autoComplete="off" /></label>
        <span className="dim" role="status">{count(rows.length)} of {count(all.length)} names. Enter looks for the name in the bytes.</span>
      </div>
      <div className="fill-rest"><FactGrid label="Imports" columns={columns} rows={rows} rowKey={(r) => r.key} place={(r) => ({ find: r.name === '' || r.name.startsWith('#') ? r.dll : r.name })} empty={all.length === 0 ? 'The file imports nothing.' : 'No name passes.'} /></div>
      {facts.boundImports.length === 0 ? null : <p className="tab-bar dim">Bound to: <span className="mono"><VisibleText text={facts.boundImports.map((b) => b.dll).join(', ')} /></span></p>}
    </div>
  );
}
