import { useState, type ReactNode } from 'react';
import type { PeFacts, PeField } from '../../../../shared/model/index.ts';
import { matcher } from '../../../state/rows.ts';
import { useTimeText } from '../../../state/react.ts';
import { count, Fields, VisibleText, type Column } from '../../../ui/index.ts';
import { FactGrid } from '../FactGrid.tsx';
import { hex, NOT_READ } from '../words.ts';

const COLUMNS: readonly Column<PeField>[] = [
  { id: 'offset', title: 'Offset', width: '78px', mono: true, render: (f) => hex(f.offset) },
  { id: 'group', title: 'Structure', width: '128px', render: (f) => <span className="dim"><VisibleText text={f.group} /></span> },
  { id: 'name', title: 'Field', width: 'minmax(150px, 1fr)', render: (f) => <VisibleText text={f.name} /> },
  { id: 'value', title: 'Value', width: 'minmax(110px, 1fr)', mono: true, render: (f) => <VisibleText text={f.value} /> },
  { id: 'meaning', title: 'Meaning', width: 'minmax(170px, 2fr)', render: (f) => (f.meaning === null ? '' : <VisibleText text={f.meaning} />) },
];
const keyOf = (f: PeField): string => `${f.offset} ${f.length} ${f.group} ${f.name}`;

/** Every field of the headers and directories; the focused one is marked in the bytes. */
export function Headers({ facts }: { readonly facts: PeFacts }): ReactNode {
  const [group, setGroup] = useState('');
  const [typed, setTyped] = useState('');
  const groups = [...new Set(facts.fields.map((f) => f.group))];
  const passes = matcher(typed);
  const rows = facts.fields.filter((f) => (group === '' || f.group === group) && (typed === '' || passes(`${f.group} ${f.name} ${f.value} ${f.meaning ?? ''}`)));
  if (facts.fields.length === 0) return <OldHeaders facts={facts} />;
  return (
    <div className="fill tab-rows">
      <div className="tab-bar">
        <label>Structure <select className="input" value={group} onChange={(e) => setGroup(e.target.value)}><option value="">all {groups.length}</option>{groups.map((g) => <option key={g}>{g}</option>)}</select></label>
        <label className="search-field">Find <input className="input" value={typed} onChange={(e) => setTyped(e.target.value)} spellCheck={false} autoComplete="off" /></label>
        <span className="dim" role="status">{count(rows.length)} of {count(facts.fields.length)} fields</span>
      </div>
      <div className="fill-rest"><FactGrid label="Header fields" columns={COLUMNS} rows={rows} rowKey={keyOf} place={(f) => ({ offset: f.offset, length: Math.max(1, f.length) })} empty="No field passes." /></div>
    </div>
  );
}

function OldHeaders({ facts }: { readonly facts: PeFacts }): ReactNode {
  const time = useTimeText();
  return (
    <div className="pad column">
      <p className="note-line pad-line" role="note">The single fields: {NOT_READ}</p>
      <Fields label="Headers" fields={[
        { name: 'machine', value: facts.machine }, { name: 'is a DLL', value: facts.isDll ? 'yes' : 'no' },
        { name: 'linker stamp', value: `${facts.timestamp.value}${facts.timestamp.time === null ? '' : `, ${time(facts.timestamp.time)}`} at ${hex(facts.timestamp.offset)} (forgeable)` },
        { name: 'certificate table', value: facts.certificateTable === null ? 'none' : `${count(facts.certificateTable.size)} bytes at ${hex(facts.certificateTable.offset)}` },
      ]} />
    </div>
  );
}
