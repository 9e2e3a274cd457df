import type { EvidenceFile, Place, TimeFidelity } from '../../../shared/model/index.ts';
import { instantText } from '../../../shared/time/instant.ts';
import { timesAreOfTheCopy } from '../../evidence/copy-times.ts';
import type { InventoryEntry } from '../../evidence/source.ts';
import { timeFidelityOf } from '../../evidence/time-fidelity.ts';
import type { ReadingContext } from './context.ts';
import { fingerprintOf } from './fingerprint.ts';
import { findHosts, type Hosts } from './hosts.ts';

/** A manifest line while it is being filled. */
export type ManifestFile = { -readonly [K in keyof EvidenceFile]: EvidenceFile[K] };

export interface Inventory {
  readonly entries: readonly InventoryEntry[];
  readonly hosts: Hosts;
  readonly fidelity: TimeFidelity;
  /** By evidence path; only plain files, and logs in archives once they were found. */
  readonly files: Map<string, ManifestFile>;
  readonly bytes: number;
  /** Tells two collections apart: a hash over names and sizes. */
  readonly fingerprint: string;
}

/** Place of what concerns the evidence as a whole: a listing that was cut short, a zip with a damaged directory. */
export const WHOLE: Place = { path: null, evidencePath: '.' };

/** Names, sizes and times of everything, before a single byte of content is read. */
export async function takeInventory(ctx: ReadingContext): Promise<Inventory> {
  ctx.board.progress('inventory', 0, null);
  const entries = await ctx.source.inventory(ctx.signal, (files) => ctx.board.progress('inventory', files, null, `${files} names`));
  const hosts = findHosts(entries);
  const kept = timeFidelityOf(hosts.layout, ctx.source);
  const copied = kept !== 'none' && timesAreOfTheCopy(entries);
  const fidelity = copied ? 'none' : kept;
  if (copied) {
    ctx.problems.add({ path: null, evidencePath: '.' }, null, {
      kind: 'anomaly', message: 'Nearly all files carry modification times within ten minutes: the copy did not keep those of the server. No file time is used.',
    });
  }
  const files = new Map<string, ManifestFile>();
  let bytes = 0;
  for (const entry of entries) {
    const host = hosts.hostOf(entry.evidencePath);
    const place: Place = { path: host?.view.windowsPath(entry.evidencePath) ?? null, evidencePath: entry.evidencePath };
    if (entry.problem !== null) ctx.problems.add(place, host?.id ?? null, entry.problem);
    if (entry.type !== 'file') continue;
    bytes += entry.size;
    files.set(entry.evidencePath, {
      ...place,
      server: host?.id ?? null,
      size: entry.size,
      modified: fidelity === 'none' || entry.modified === null ? null : instantText(entry.modified),
      created: fidelity !== 'full' || entry.created === null ? null : instantText(entry.created),
      timeFidelity: fidelity,
      sha256: null,
      artifact: null,
    });
  }
  for (const problem of ctx.source.problems ?? []) ctx.problems.add(WHOLE, null, problem);
  ctx.board.end('inventory', 'done', `${files.size} files`);
  return { entries, hosts, fidelity, files, bytes, fingerprint: fingerprintOf(entries) };
}

export function placeOf(file: Place): Place {
  return { path: file.path, evidencePath: file.evidencePath };
}

/** Last component of an evidence path. */
export function nameOf(evidencePath: string): string {
  return evidencePath.slice(evidencePath.lastIndexOf('/') + 1);
}
