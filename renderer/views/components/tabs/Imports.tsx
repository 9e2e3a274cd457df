import { useMemo, useState, type ReactNode } from 'react';
import type { PeFacts } from '../../../../shared/model/index.ts';
import { matcher } from '../../../state/rows.ts';
import { count, VisibleText, type Column } from '../../../ui/index.ts';
import { FactGrid } from '../FactGrid.tsx';
import { importRows, OTHER, type ImportRow } from './import-groups.ts';

const COLUMNS: readonly Column<ImportRow>[] = [
  { id: 'purpose', title: 'In plain words', width: 'minmax(190px, 1fr)', render: (r) => <span className={r.purpose === OTHER ? 'quiet' : ''}>{r.purpose}</span> },
  { id: 'name', title: 'Function', width: 'minmax(180px, 1fr)', mono: true, render: (r) => (r.name === '' ? <span className="quiet">nothing by name</span> : <VisibleText text={r.name} />) },
  { id: 'dll', title: 'From', width: 'minmax(140px, 1fr)', mono: true, render: (r) => <VisibleText text={r.dll} /> },
];

/** What the file takes from others, by what it is for in plain words; what is loaded at its first use apart. @param damaged not all of the file could be read */
export function Imports({ facts, damaged }: { readonly facts: PeFacts; readonly damaged: boolean }): ReactNode {
  const [typed, setTyped] = useState('');
  const now = useMemo(() => importRows(facts.imports), [facts]);
  const later = useMemo(() => importRows(facts.delayImports), [facts]);
  const passes = matcher(typed);
  const narrowed = (rows: readonly ImportRow[]): readonly ImportRow[] => (typed.trim() === '' ? rows : rows.filter((r) => passes(`${r.purpose} ${r.dll} ${r.name}`)));
  const [first, second] = [narrowed(now), narrowed(later)];
  return (
    <div className="fill tab-rows">
      <div className="tab-bar">
        <label className="search-field">Find <input className="input" value={typed} onChange={(e) => setTyped(e.target.value)} spellCheck={false} autoComplete="off" /></label>
        <span className="dim" role="status">{count(first.length + second.length)} of {count(now.length + later.length)} names of {count(facts.imports.length + facts.delayImports.length)} DLLs. Enter looks for the name in the bytes.</span>
      </div>
      <div className="import-list"><List label="Imports" rows={first} empty={now.length === 0 ? (damaged ? 'No import could be read: the Oddities tab says what is missing.' : 'The file imports nothing that is loaded with it.') : 'No name passes.'} /></div>
      {later.length === 0 ? null : <><h3 className="tab-bar">Loaded at the first use (delay-load)</h3><div className="import-list delayed"><List label="Delay-loaded imports" rows={second} empty="No name passes." /></div></>}
      {facts.boundImports.length === 0 ? null : <p className="tab-bar dim">Bound to: <span className="mono"><VisibleText text={facts.boundImports.map((b) => b.dll).join(', ')} /></span></p>}
    </div>
  );
}

function List({ label, rows, empty }: { readonly label: string; readonly rows: readonly ImportRow[]; readonly empty: string }): ReactNode {
  return <FactGrid label={label} columns={COLUMNS} rows={rows} rowKey={(r) => r.key} place={(r) => ({ find: r.name === '' || r.name.startsWith('#') ? r.dll : r.name })} empty={empty} />;
}
