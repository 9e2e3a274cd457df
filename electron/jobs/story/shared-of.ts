import { RequestError } from '../../../shared/base/result.ts';
import type { Component, SharedTrait } from '../../../shared/model/index.ts';
import { tlshBytes, tlshDistance } from '../../artifacts/kit/tlsh-distance.ts';
import type { CaseFile } from '../../case/case.ts';
import { listDocuments } from '../../case/documents.ts';
import { imageSummaries, type ImageSummary } from '../../case/image-summaries.ts';
import { count, text } from '../../case/rows.ts';
import { sharedTraits, traitKey, type TraitIndex, type TraitValue } from '../../story/traits.ts';
import { comparable, emptyValue, type Exact, valuesOf, weakValue } from '../images/shared-values.ts';

const BY: readonly Exact[] = ['sha256', 'mvid', 'imphash', 'rich', 'pdb', 'signer', 'export-set', 'linker-stamp'];
/** Files at this TLSH distance or less are called near. */
const NEAR = 50;
/** More files than these of one second are an installation or an unpacked archive. */
const FEW = 20;

/** What all components of a case have, made once for one state of the case. */
interface Known {
  readonly revision: number;
  readonly byId: ReadonlyMap<string, Component>;
  readonly summaries: readonly ImageSummary[];
  readonly summaryOf: ReadonlyMap<string, ImageSummary>;
  readonly index: TraitIndex;
  readonly values: (component: Component) => readonly TraitValue[];
  /** Whole seconds of file times, by component. */
  readonly times: ReadonlyMap<string, string>;
  readonly digests: ReadonlyMap<string, Uint8Array>;
}
const kept = new WeakMap<CaseFile, Known>();

/** What a component has in common with others of the case. @param revision changes with the stored data */
export async function sharedOf(file: CaseFile, id: string, revision: number): Promise<{ traits: SharedTrait[]; note: string }> {
  const known = kept.get(file)?.revision === revision ? kept.get(file) : undefined;
  const all = known ?? (await knownOf(file, revision));
  kept.set(file, all);
  const own = all.byId.get(id);
  if (own === undefined) throw new RequestError('usage', 'There is no such component in this case.');
  const second = all.times.get(id);
  const sameSecond = second === undefined ? 0 : await filesOf(file, second);
  const weakOf = (value: TraitValue, holders: number): string | null => {
    if (value.by === 'file-time') return sameSecond > FEW ? `${sameSecond} files of the evidence have this second: an installer or an unpacked archive wrote them.` : null;
    if (value.by === 'signer') return /O=Microsoft Corporation/i.test(value.value) || own.origin !== 'unknown' ? 'A vendor signs all its products: this says nothing of a common origin of the intrusion.' : null;
    if (value.by === 'name' || value.by === 'file') return null;
    return weakValue(value.by as Exact, value.key, all.summaries) ?? (value.by === 'rich' && holders > 5 ? 'Many files of one vendor share the tools they were built with.' : null);
  };
  const traits = sharedTraits(own, all.values(own), all.index, nearOf(own, all), weakOf);
  const program = own.file === null ? ' It has no file in the evidence: only its name could be compared.' : '';
  return { traits, note: `Compared with ${all.byId.size - 1} other components.${program}` };
}

async function knownOf(file: CaseFile, revision: number): Promise<Known> {
  const components = await listDocuments(file.connection, 'component');
  const summaries = await imageSummaries(file);
  const summaryOf = new Map(summaries.map((s) => [s.sha256, s]));
  const times = await secondsOf(file);
  const bySecond = new Map(components.flatMap((c) => {
    const second = c.file === null ? undefined : times.get(c.file.evidencePath);
    return second === undefined ? [] : [[c.id, second] as const];
  }));
  const values = (c: Component): TraitValue[] => [...(c.file === null ? [] : [{ by: 'file', value: c.file.path ?? c.file.evidencePath, key: c.file.evidencePath }]), ...valuesOfFile(c, summaryOf), ...(bySecond.has(c.id) ? [{ by: 'file-time', value: bySecond.get(c.id) ?? '', key: bySecond.get(c.id) ?? '' }] : []), ...nameValue(c)];
  const holders = new Map<string, Component[]>();
  for (const c of components) {
    for (const value of values(c)) {
      const key = traitKey(value);
      const list = holders.get(key);
      if (list === undefined) holders.set(key, [c]);
      else list.push(c);
    }
  }
  // The same name for the same code is one component on several hosts, not a name that two share.
  for (const [key, list] of holders) if (key.startsWith('name\0') && new Set(list.map((c) => c.file?.sha256 ?? c.image ?? c.type ?? '')).size < 2) holders.delete(key);
  const digests = new Map(summaries.flatMap((s) => {
    const written = s.identity?.tlsh ?? null;
    const digest = written === null ? null : tlshBytes(written);
    return digest === null ? [] : [[s.sha256, digest] as const];
  }));
  return { revision, byId: new Map(components.map((c) => [c.id, c])), summaries, summaryOf, index: { holders, files: components.filter((c) => summaryOf.has(c.file?.sha256 ?? '')).length }, values, times: bySecond, digests };
}

function valuesOfFile({ file }: Component, summaryOf: ReadonlyMap<string, ImageSummary>): TraitValue[] {
  const summary = file === null ? undefined : summaryOf.get(file.sha256);
  if (summary === undefined) return file === null ? [] : [{ by: 'sha256', value: file.sha256, key: file.sha256 }];
  return BY.flatMap((by) => {
    // A signer has a thumbprint and a name; the thumbprint tells certificates apart, the name is what people read.
    const values = by === 'signer' ? [...summary.signedBy, ...(summary.signers ?? [])].map((s) => ({ value: `${s.subject} (${s.thumbprint})`, key: comparable(by, s.thumbprint) })) : valuesOf(by, summary).slice(0, by === 'linker-stamp' ? 1 : undefined).map((value) => ({ value, key: comparable(by, value) }));
    const distinct = new Map(values.filter((v) => emptyValue(by, v.key) === null).map((v) => [v.key, v]));
    return [...distinct.values()].map((v) => ({ by, value: by === 'linker-stamp' ? (summary.timestamp.time ?? v.value) : v.value, key: v.key }));
  });
}

function nameValue({ name, origin, registrations }: Component): TraitValue[] {
  return name === null || origin === 'stock' || registrations.length === 0 ? [] : [{ by: 'name', value: name, key: name }];
}

/** Seconds of the content times of files that components have. */
async function secondsOf(file: CaseFile): Promise<Map<string, string>> {
  const rows = await file.connection.all(`select evidence_path, substr(modified, 1, 19) as second from evidence_file where modified is not null and time_fidelity <> 'none' and evidence_path in (select json_extract_string(doc, '$.file.evidencePath') from component)`);
  return new Map(rows.map((row) => [text(row, 'evidence_path'), `${text(row, 'second')}Z`]));
}

async function filesOf(file: CaseFile, second: string): Promise<number> {
  const [row] = await file.connection.all('select count(*) as n from evidence_file where starts_with(modified, $1)', [second.slice(0, 19)]);
  return row === undefined ? 0 : count(row, 'n');
}

function nearOf(own: Component, { byId, digests }: Known): Component[] {
  const digest = digests.get(own.file?.sha256 ?? '');
  if (digest === undefined) return [];
  const near = new Set([...digests].flatMap(([sha256, other]) => (sha256 !== own.file?.sha256 && tlshDistance(digest, other) <= NEAR ? [sha256] : [])));
  return near.size === 0 ? [] : [...byId.values()].filter((c) => c.file !== null && near.has(c.file.sha256));
}
