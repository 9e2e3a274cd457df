import { useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { Button, byteSize, EmptyState, FailureLine, Fields, Lines, SeverityWord, SourceLink, Tabs, VisibleText, type Field, type Tab } from '../../ui/index.ts';
import { BytesTab } from './BytesTab.tsx';
import { peTabs } from './PeTabs.tsx';
import { componentName, FILE_WORDS, KIND_WORDS, ORIGIN_WORDS, SIGNATURE_WORDS } from './words.ts';

type Got = Output<'component.get'>;

/** Everything known of the focused component: its registrations, its file and what stands in the file. */
export function ComponentDetail({ id }: { readonly id: string | null }): ReactNode {
  const wb = useWorkbench();
  const answer = useRequest('component.get', id === null ? null : { id });
  const [tab, setTab] = useState('summary');
  const [bits, setBits] = useState<'native' | 'wow'>('native');
  if (id === null) return <div className="pad dim">No component has the focus.</div>;
  if (answer.failure !== null) return <FailureLine message={answer.failure.message} />;
  if (answer.value === null) return <div className="pad dim">Loading...</div>;
  const { component, pe, pe32 } = answer.value;
  const facts = bits === 'wow' ? pe32 : pe;
  const file = bits === 'wow' ? component.file32 : component.file;
  const tabs: readonly Tab[] = [
    { id: 'summary', title: 'Summary', content: <Summary got={answer.value} /> },
    { id: 'registrations', title: `Registrations (${component.registrations.length})`, content: <Registrations component={component} /> },
    ...(facts === null ? [] : peTabs(facts)),
    ...(file === null ? [] : [{ id: 'bytes', title: 'Bytes', content: <BytesTab evidencePath={file.evidencePath} /> }]),
  ];
  return (
    <section className="component-detail" aria-label="Component">
      <div className="component-head">
        <h2><VisibleText text={componentName(component)} mono /></h2>
        <Button onClick={() => void runCommand(wb, 'row.source')}>Source (x)</Button>
        <Button onClick={() => void runCommand(wb, 'row.graph')}>Show in graph (p)</Button>
        <Button onClick={() => void runCommand(wb, 'row.note')}>Note this (Space)</Button>
        {component.file32 === null ? null : <Button aria-pressed={bits === 'wow'} onClick={() => setBits((b) => (b === 'wow' ? 'native' : 'wow'))}>{bits === 'wow' ? 'Showing the 32-bit file' : 'Show the 32-bit file'}</Button>}
      </div>
      <Tabs label="Component details" tabs={tabs} value={tabs.some((t) => t.id === tab) ? tab : 'summary'} onChange={setTab} />
    </section>
  );
}

function Summary({ got: { component: c, pe } }: { readonly got: Got }): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const findings = useRequest('finding.list', {});
  const own = (findings.value?.findings ?? []).filter((f) => c.findings.includes(f.id));
  const fields: Field[] = [
    { name: 'kind', value: KIND_WORDS[c.kind] }, { name: 'origin', value: `${ORIGIN_WORDS[c.origin]}: ${c.originReason}` },
    ...(c.image === null ? [] : [{ name: 'image as written', value: c.image }]), ...(c.type === null ? [] : [{ name: 'type', value: c.type }]),
    { name: 'file', value: c.file === null ? (FILE_WORDS[c.fileStatus] === '' ? 'none' : FILE_WORDS[c.fileStatus]) : (c.file.path ?? c.file.evidencePath) },
    ...(c.file === null ? [] : [{ name: 'size', value: byteSize(c.file.size) }, { name: 'SHA-256', value: c.file.sha256 }]),
    ...(c.file32 === null ? [] : [{ name: '32-bit file', value: c.file32.path ?? c.file32.evidencePath }, { name: '32-bit SHA-256', value: c.file32.sha256 }]),
    { name: 'signature', value: c.signature === 'not-checked' ? 'not checked: this neither accuses nor clears' : SIGNATURE_WORDS[c.signature] },
    { name: 'entry points', value: c.entryPoints.length === 0 ? 'none found' : c.entryPoints.join(', ') },
    { name: 'first seen', value: c.firstSeen.time === null ? (c.firstSeen.order === undefined ? 'not dated' : `configuration copy ${c.firstSeen.order} (order only)`) : `${time(c.firstSeen.time)} (${c.firstSeen.from}, ${c.firstSeen.fidelity})` },
    { name: 'loaded by', value: c.dormant === null ? (c.loadedBy.length === 0 ? 'no application' : <Lines texts={c.loadedBy.map((l) => `${l.site}${l.application} in pool ${l.pool}`)} />) : `nothing: ${c.dormant}` },
    ...(pe === null ? [] : [{ name: 'machine', value: pe.machine }, { name: 'linker stamp', value: `${pe.timestamp.time === null ? String(pe.timestamp.value) : time(pe.timestamp.time)} (forgeable)` }]),
  ];
  return (
    <div className="pad column">
      {own.length === 0 ? null : (
        <div>
          <h3>Findings</h3>
          <ul className="sentences found">{own.map((f) => <li key={f.id}><SeverityWord severity={f.severity} /> <button type="button" className="source-link" onClick={() => wb.store.getState().navigate('findings', { id: f.id })}><VisibleText text={f.title} /></button></li>)}</ul>
        </div>
      )}
      <Fields label="Summary" fields={fields} />
    </div>
  );
}

function Registrations({ component }: { readonly component: Got['component'] }): ReactNode {
  const wb = useWorkbench();
  if (component.registrations.length === 0) return <div className="pad"><EmptyState title="No configuration names it." /></div>;
  return (
    <ol className="pad column" aria-label="Registrations">
      {component.registrations.map((r) => (
        <li key={`${r.evidencePath} ${r.line} ${r.column}`} className="registration">
          <p><SourceLink source={r} onOpen={(ref) => openRef(wb, ref)} /> <span className="dim">{r.section}, scope <VisibleText text={r.scope} /></span></p>
          <p className="quiet mono"><VisibleText text={r.path ?? r.evidencePath} /></p>
          <Fields fields={r.attributes.map((a) => ({ name: a.name, value: a.value }))} />
        </li>
      ))}
    </ol>
  );
}
