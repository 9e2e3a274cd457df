import { RequestError } from '../../shared/base/result.ts';
import { listEvidence } from '../case/evidence.ts';
import { listNames } from '../case/manifest-names.ts';
import { refuseInside } from '../case/places.ts';
import { archiveAround } from '../evidence/archives.ts';
import { openEvidence } from '../evidence/open.ts';
import type { InventoryEntry } from '../evidence/source.ts';
import { AttachedEvidence } from './attached.ts';
import { EVIDENCE_ID } from './evidence-id.ts';
import { fingerprintOf } from './reading/fingerprint.ts';
import type { OpenCase } from './open-case.ts';

/** Differences are listed up to this number, then counted. */
const MOST = 20;

/**
 * Takes evidence from another place when names and sizes are those that the case was made from; says what differs otherwise.
 * @throws RequestError while evidence is being read, and for a place that the case itself lies in
 */
export async function attachEvidence(open: OpenCase, location: string): Promise<{ attached: boolean; differences: string[] }> {
  if (open.reading?.running === true) throw new RequestError('conflict', 'Evidence is being read; wait for it or cancel it first.');
  const source = await openEvidence(location);
  let differences: string[] | null = null;
  try {
    refuseInside(open.file.path, [source.location]);
    differences = await compare(open, await source.inventory());
  } finally {
    if (differences === null || differences.length > 0) await source.close();
  }
  if (differences.length > 0) return { attached: false, differences };
  await open.evidence?.close();
  open.evidence = new AttachedEvidence(source, true);
  return { attached: true, differences };
}

/** What tells the evidence of the case from what lies here; empty when it is the same. */
async function compare(open: OpenCase, entries: readonly InventoryEntry[]): Promise<string[]> {
  const [record] = await listEvidence(open.file.connection);
  if (record !== undefined && record.fingerprint === fingerprintOf(entries)) return [];
  const here = new Map(entries.filter((e) => e.type === 'file').map((e) => [e.evidencePath, e.size]));
  const files = new Set(here.keys());
  const differences: string[] = [];
  for (const name of await listNames(open.file.connection, EVIDENCE_ID)) {
    const size = here.get(name.evidencePath);
    // What an archive holds is the same when the archive is.
    if (size === undefined && archiveAround(name.evidencePath, (path) => files.has(path)) !== null) continue;
    if (size === undefined) differences.push(`missing: ${name.evidencePath}`);
    else if (size !== name.size) differences.push(`other size (${size} instead of ${name.size} bytes): ${name.evidencePath}`);
    here.delete(name.evidencePath);
  }
  for (const extra of here.keys()) differences.push(`not in the case: ${extra}`);
  if (differences.length === 0) differences.push('folders or links differ');
  const more = differences.length - MOST;
  return more > 0 ? [...differences.slice(0, MOST), `and ${more} more`] : differences;
}
