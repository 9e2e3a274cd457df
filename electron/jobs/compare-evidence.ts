import type { IntegrityReport } from '../../shared/contract/case.ts';
import { listNames } from '../case/manifest-names.ts';
import { sha256Of } from '../evidence/hash.ts';
import { openEvidence } from '../evidence/open.ts';
import { EvidenceUnreadable, type EvidenceSource } from '../evidence/source.ts';
import type { Connection } from '../store/store.ts';
import { mapLimited } from './limited.ts';
import { EVIDENCE_ID } from './evidence-id.ts';
import { findHosts } from './reading/hosts.ts';

/** Every file that was hashed is hashed again; files that were only listed are compared by name and size. */
export async function compareEvidence(connection: Connection, location: string): Promise<IntegrityReport['evidence']> {
  const source = await openEvidence(location);
  try {
    const entries = await source.inventory();
    const hosts = findHosts(entries);
    const sizes = new Map(entries.filter((e) => e.type === 'file').map((e) => [e.evidencePath, e.size]));
    const names = await listNames(connection, EVIDENCE_ID);
    return await mapLimited(names, 4, new AbortController().signal, async (name) => ({
      path: hosts.hostOf(name.evidencePath)?.view.windowsPath(name.evidencePath) ?? null,
      evidencePath: name.evidencePath,
      status: await statusOf(source, sizes.get(name.evidencePath), name),
    }));
  } finally {
    await source.close();
  }
}

async function statusOf(source: EvidenceSource, size: number | undefined, name: { evidencePath: string; size: number; sha256: string | null }): Promise<'same' | 'changed' | 'missing'> {
  if (size === undefined) return 'missing';
  if (size !== name.size) return 'changed';
  if (name.sha256 === null) return 'same';
  try {
    const reader = await source.open(name.evidencePath);
    try {
      const hashed = await sha256Of(reader);
      return hashed.ok && hashed.sha256 === name.sha256 ? 'same' : 'changed';
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof EvidenceUnreadable) return 'missing';
    throw error;
  }
}
