import { useState, type ReactNode } from 'react';
import type { Output } from '../../../../shared/contract/index.ts';
import type { PeFacts } from '../../../../shared/model/index.ts';
import { openRef } from '../../../commands/evidence-actions.ts';
import { useRequest, useTimeText, useWorkbench } from '../../../state/react.ts';
import { count, FailureLine, VisibleText, type Column } from '../../../ui/index.ts';
import type { Shared } from '../explore.tsx';
import { FactGrid } from '../FactGrid.tsx';
import { openImage } from '../open-image.ts';
import { nameOfImage } from '../program-rows.ts';
import type { Program } from '../use-program.ts';
import { signatureWords } from '../words.ts';
import { BY_WORDS, sameValues, type SameValue } from './same-values.ts';

type Found = Output<'image.same'>['images'][number];
/** Another file that shares the value, or a further place of this one's bytes. */
interface OtherRow extends Found {
  readonly copy: boolean;
}
const keyOf = (v: Shared): string => `${v.by} ${v.value}`;

const VALUES: readonly Column<SameValue>[] = [
  { id: 'name', title: 'Value of this file', width: 'minmax(120px, 170px)', render: (v) => <VisibleText text={v.name} /> },
  { id: 'value', title: 'Is', width: 'minmax(200px, 1fr)', mono: true, render: (v) => <VisibleText text={v.shown} /> },
];

/** Everything else in the case that shares a value with this file. */
export function Same({ program, facts, wanted }: { readonly program: Program; readonly facts: PeFacts; readonly wanted: Shared | null }): ReactNode {
  const values = sameValues(program, facts, useTimeText());
  const [chosen, setChosen] = useState<Shared | null>(wanted);
  const [asked, setAsked] = useState(wanted);
  if (asked !== wanted) {
    setAsked(wanted);
    setChosen(wanted);
  }
  const value = chosen ?? values[0] ?? null;
  const answer = useRequest('image.same', value === null ? null : { by: value.by, value: value.value.slice(0, 4096) });
  const others = (answer.value?.images ?? []).filter((i) => i.sha256 !== program.sha256);
  const copies = copiesOf(program);
  return (
    <div className="fill tab-rows">
      <div className="same-values"><FactGrid key={wanted === null ? '' : keyOf(wanted)} start={values.findIndex((v) => wanted !== null && keyOf(v) === keyOf(wanted))} label="Values that others may share" columns={VALUES} rows={values} rowKey={keyOf} onRow={setChosen} onOpen={setChosen} shared={(v) => v} rowClass={(v) => (value !== null && keyOf(v) === keyOf(value) ? 'pivot' : '')} empty="The file has no such value." /></div>
      <p className="tab-bar" role="status">{value === null ? '' : <span>{answer.value === null ? `Looking for others with this ${BY_WORDS[value.by]}` : `${count(others.length)} other ${others.length === 1 ? 'file has' : 'files have'} ${value.by === 'tlsh' ? 'a TLSH near this one' : `this ${BY_WORDS[value.by]}`}`}: <span className="mono"><VisibleText text={value.value.slice(0, 200)} /></span>{copies.length === 0 ? '' : `. The same bytes lie at ${copies.length} further ${copies.length === 1 ? 'place' : 'places'}.`}</span>}</p>
      {answer.value === null || answer.value.note === null ? null : <p className="pad-line note-line" role="note">{answer.value.note}</p>}
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      <div className="fill-rest"><Others key={chosen === wanted ? 'asked' : 'chosen'} focus={wanted !== null && chosen === wanted} rows={[...copies, ...others.map((o) => ({ ...o, copy: false }))]} near={value?.by === 'tlsh'} loading={answer.value === null && answer.failure === null} /></div>
    </div>
  );
}

/** Every further place at which the same bytes lie: a copy shares every value. */
export function copiesOf({ row, evidencePath }: Pick<Program, 'row' | 'evidencePath'>): readonly OtherRow[] {
  if (row === null) return [];
  return row.places.filter((place) => place.evidencePath !== evidencePath).map((place) => ({ ...row, places: [place], shared: 'the same bytes', distance: null, copy: true }));
}

function Others({ rows, near, loading, focus }: { readonly rows: readonly OtherRow[]; readonly near: boolean; readonly loading: boolean; readonly focus: boolean }): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const columns: readonly Column<OtherRow>[] = [
    { id: 'name', title: 'Name', width: 'minmax(120px, 1fr)', mono: true, render: (i) => <VisibleText text={nameOfImage(i)} /> },
    ...(near ? [{ id: 'distance', title: 'Distance', width: '86px', align: 'end', render: (i) => (i.copy ? '0' : String(i.distance ?? '')) } satisfies Column<OtherRow>] : []),
    { id: 'place', title: 'Place', width: 'minmax(160px, 2fr)', mono: true, render: (i) => <VisibleText text={i.places.map((p) => p.path ?? p.evidencePath).join('; ')} /> },
    { id: 'shared', title: 'Has', width: 'minmax(90px, 1fr)', mono: true, render: (i) => <VisibleText text={i.shared} /> },
    { id: 'signature', title: 'Signed', width: '96px', render: (i) => signatureWords(i.signature) },
    { id: 'linker', title: 'Linker time', width: '146px', mono: true, render: (i) => (i.linkerTime === null ? '' : time(i.linkerTime)) },
  ];
  const open = (i: OtherRow): void => (i.copy ? openRef(wb, { ...(i.places[0] ?? { path: null, evidencePath: '' }), offset: 0 }) : openImage(wb, i.sha256));
  return <FactGrid label="Others that share it" columns={columns} rows={rows} rowKey={(i) => `${i.sha256} ${i.copy ? (i.places[0]?.evidencePath ?? '') : ''}`} autoFocus={focus} onOpen={open} empty={loading ? 'Looking...' : 'Nothing else in the case shares it.'} />;
}
