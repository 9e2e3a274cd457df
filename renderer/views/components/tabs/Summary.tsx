import type { ReactNode } from 'react';
import { openRef } from '../../../commands/evidence-actions.ts';
import { useRequest, useTimeText, useWorkbench } from '../../../state/react.ts';
import { byteSize, count, Fields, Lines, SeverityWord, SourceLink, VisibleText, type Field } from '../../../ui/index.ts';
import { PlaceLink, SharedValue } from '../explore.tsx';
import type { Program } from '../use-program.ts';
import { FILE_WORDS, KIND_WORDS, ORIGIN_WORDS, signatureSentence, signatureWords, statusOf } from '../words.ts';
import { Capabilities } from './Capabilities.tsx';
import { Identity } from './Identity.tsx';
import { InShort } from './InShort.tsx';

type Time = (text: string | null) => string;

/** What it is, what it can do, and what it can be recognised by. */
export function Summary({ program }: { readonly program: Program }): ReactNode {
  const time = useTimeText();
  const { component: c, facts } = program;
  return (
    <div className="pad column">
      {facts === null ? null : <InShort program={program} facts={facts} />}
      <Findings program={program} />
      <Fields label="Summary" fields={[...componentFields(program, time), ...fileFields(program, time)]} />
      {facts === null ? <p className="dim">{nothingMore(program)}</p> : <><Capabilities facts={facts} /><Identity program={program} facts={facts} /></>}
      {c === null && facts !== null ? <p className="dim">No configuration that was read registers this file. It was read because of where it lies or what it is called.</p> : null}
    </div>
  );
}

function nothingMore({ component: c }: Program): string {
  if (c?.file === null) return `There is nothing to read: the file is ${FILE_WORDS[c.fileStatus] === '' ? 'not named' : FILE_WORDS[c.fileStatus]}.`;
  return 'The file is no program of the PE format, or was not read as one.';
}

function Findings({ program: { component, row } }: { readonly program: Program }): ReactNode {
  const wb = useWorkbench();
  const findings = useRequest('finding.list', {});
  const places = new Set((row?.places ?? []).map((p) => p.evidencePath));
  const own = (findings.value?.findings ?? []).filter((f) => (component === null ? f.component === null && f.refs.some((r) => places.has(r.evidencePath)) : component.findings.includes(f.id)));
  if (own.length === 0) return null;
  return (
    <div>
      <h3>Findings</h3>
      <ul className="sentences found">{own.map((f) => <li key={f.id}><SeverityWord severity={f.severity} /> <button type="button" className="source-link" onClick={() => wb.store.getState().navigate('findings', { id: f.id })}><VisibleText text={f.title} /></button></li>)}</ul>
    </div>
  );
}

function componentFields({ component: c }: Program, time: Time): readonly Field[] {
  if (c === null) return [{ name: 'registered', value: 'nowhere' }];
  return [
    { name: 'kind', value: KIND_WORDS[c.kind] }, { name: 'origin', value: `${ORIGIN_WORDS[c.origin]}: ${c.originReason}` },
    ...(c.image === null ? [] : [{ name: 'image as written', value: c.image }]), ...(c.type === null ? [] : [{ name: 'type', value: c.type }]),
    { name: 'file', value: c.file === null ? (FILE_WORDS[c.fileStatus] === '' ? 'none' : FILE_WORDS[c.fileStatus]) : (c.file.path ?? c.file.evidencePath) },
    ...(c.file32 === null ? [] : [{ name: '32-bit file', value: c.file32.path ?? c.file32.evidencePath }, { name: '32-bit SHA-256', value: c.file32.sha256 }]),
    { name: 'first seen', value: c.firstSeen.time === null ? (c.firstSeen.order === undefined ? 'not dated' : `configuration copy ${c.firstSeen.order} (order only)`) : `${time(c.firstSeen.time)} (${c.firstSeen.from}, ${c.firstSeen.fidelity})` },
    { name: 'loaded by', value: c.dormant === null ? (c.loadedBy.length === 0 ? 'no application' : <Lines texts={c.loadedBy.map((l) => `${l.site}${l.application} in pool ${l.pool}`)} />) : `nothing: ${c.dormant}` },
  ];
}

function fileFields(program: Program, time: Time): readonly Field[] {
  const { component: c, row, facts, sha256, size } = program;
  const status = statusOf(program);
  const places = row?.places ?? [];
  return [
    ...(c !== null && places.length < 2 ? [] : [{ name: places.length > 1 ? 'same bytes at' : 'lies at', value: <Places places={places} sha256={sha256 ?? ''} /> }]),
    ...(sha256 === null ? [] : [{ name: 'size', value: size < 10_000 ? byteSize(size) : `${byteSize(size)} (${count(size)} bytes)` }, { name: 'SHA-256', value: facts === null ? sha256 : <SharedValue shared={{ by: 'sha256', value: sha256 }} words="SHA-256" /> }]),
    { name: 'signature', value: <>{signatureWords(status)}{row === null || row.signer === null ? null : <>, <VisibleText text={row.signer} /></>}. <span className="dim">{signatureSentence(status)}</span></> },
    ...(facts === null ? [] : [
      { name: 'entry points', value: facts.entryPoints.length === 0 ? 'none found' : facts.entryPoints.join(', ') },
      { name: 'linker stamp', value: <><span className="mono">{facts.timestamp.time === null ? String(facts.timestamp.value) : time(facts.timestamp.time)}</span> (forgeable{facts.timestamp.note === undefined ? '' : <>; <VisibleText text={facts.timestamp.note} /></>}) <PlaceLink place={{ offset: facts.timestamp.offset, length: 4 }} /></> },
    ]),
  ];
}

function Places({ places, sha256 }: { readonly places: NonNullable<Program['row']>['places']; readonly sha256: string }): ReactNode {
  const wb = useWorkbench();
  return (
    <ul>
      {places.map((p) => <li key={p.evidencePath}><SourceLink source={{ ...p, offset: 0, sha256 }} onOpen={(ref) => openRef(wb, ref)} /> <span className="mono quiet"><VisibleText text={p.path ?? p.evidencePath} /></span></li>)}
    </ul>
  );
}
