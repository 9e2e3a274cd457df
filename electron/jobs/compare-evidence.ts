import type { IntegrityReport } from '../../shared/contract/case.ts';
import type { Place } from '../../shared/model/index.ts';
import { listNames, type ManifestName } from '../case/manifest-names.ts';
import { sha256Of } from '../evidence/hash.ts';
import { archiveAround } from '../evidence/archives.ts';
import { openEvidence } from '../evidence/open.ts';
import { EvidenceUnreadable, type EvidenceSource } from '../evidence/source.ts';
import type { Connection } from '../store/store.ts';
import { mapLimited } from './limited.ts';
import { EVIDENCE_ID } from './evidence-id.ts';
import { findHosts } from './reading/hosts.ts';

type Compared = Pick<IntegrityReport['evidence'][number], 'status' | 'compared' | 'reason'>;

/**
 * Every file that was hashed is hashed again; files that were only listed are compared by name and size, and the answer
 * says so. Files that the case does not know are listed too.
 */
export async function compareEvidence(connection: Connection, location: string): Promise<Pick<IntegrityReport, 'evidence' | 'extra'>> {
  const source = await openEvidence(location);
  try {
    const entries = await source.inventory();
    const hosts = findHosts(entries);
    const place = (evidencePath: string): Place => ({ path: hosts.hostOf(evidencePath)?.view.windowsPath(evidencePath) ?? null, evidencePath });
    const sizes = new Map(entries.filter((e) => e.type === 'file').map((e) => [e.evidencePath, e.size]));
    const names = await listNames(connection, EVIDENCE_ID);
    const files = new Set(sizes.keys());
    // A member of an archive has the size that it had: what it holds is hashed again.
    for (const name of names) if (archiveAround(name.evidencePath, (path) => files.has(path)) !== null) sizes.set(name.evidencePath, name.size);
    const evidence = await mapLimited(names, 4, new AbortController().signal, async (name) => ({ ...place(name.evidencePath), ...(await compared(source, sizes.get(name.evidencePath), name)) }));
    for (const name of names) sizes.delete(name.evidencePath);
    return { evidence, extra: [...sizes.keys()].map(place) };
  } finally {
    await source.close();
  }
}

async function compared(source: EvidenceSource, size: number | undefined, name: ManifestName): Promise<Compared> {
  const how = name.sha256 === null ? 'size' : 'hash';
  if (size === undefined) return { status: 'missing', compared: how, reason: null };
  if (size !== name.size) return { status: 'changed', compared: how, reason: `it has ${size} bytes instead of ${name.size}` };
  if (name.sha256 === null) return { status: 'same', compared: how, reason: null };
  const found = await hashOf(source, name.evidencePath);
  if (typeof found !== 'string') return { status: 'changed', compared: how, reason: `it cannot be read: ${found.problem}` };
  return { status: found === name.sha256 ? 'same' : 'changed', compared: how, reason: null };
}

async function hashOf(source: EvidenceSource, evidencePath: string): Promise<string | { readonly problem: string }> {
  try {
    const reader = await source.open(evidencePath);
    try {
      const hashed = await sha256Of(reader);
      return hashed.ok ? hashed.sha256 : { problem: hashed.problem.message };
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof EvidenceUnreadable) return { problem: error.message };
    throw error;
  }
}
