import { listEvidence } from '../case/evidence.ts';
import { listNames } from '../case/manifest-names.ts';
import { openEvidence } from '../evidence/open.ts';
import { EVIDENCE_ID } from './evidence-id.ts';
import { fingerprintOf } from './reading/fingerprint.ts';
import type { OpenCase } from './workspace.ts';

/** Differences are listed up to this number, then counted. */
const MOST = 20;

/** Takes evidence from another place when names and sizes are those that the case was made from; says what differs otherwise. */
export async function attachEvidence(open: OpenCase, location: string): Promise<{ attached: boolean; differences: string[] }> {
  const source = await openEvidence(location);
  const entries = await source.inventory();
  const [record] = await listEvidence(open.file.connection);
  if (record !== undefined && record.fingerprint === fingerprintOf(entries)) {
    await open.source?.close();
    open.source = source;
    return { attached: true, differences: [] };
  }
  await source.close();
  const here = new Map(entries.filter((e) => e.type === 'file').map((e) => [e.evidencePath, e.size]));
  const differences: string[] = [];
  for (const name of await listNames(open.file.connection, EVIDENCE_ID)) {
    const size = here.get(name.evidencePath);
    if (size === undefined) differences.push(`missing: ${name.evidencePath}`);
    else if (size !== name.size) differences.push(`other size (${size} instead of ${name.size} bytes): ${name.evidencePath}`);
    here.delete(name.evidencePath);
  }
  for (const extra of here.keys()) differences.push(`not in the case: ${extra}`);
  const more = differences.length - MOST;
  return { attached: false, differences: more > 0 ? [...differences.slice(0, MOST), `and ${more} more`] : differences };
}
