import { lastChange, listRuns } from '../../case/runs.ts';
import { listEvidence } from '../../case/evidence.ts';
import { listNames, type ManifestName } from '../../case/manifest-names.ts';
import { sha256Of } from '../../evidence/hash.ts';
import { EvidenceUnreadable, type InventoryEntry } from '../../evidence/source.ts';
import { RequestError } from '../../../shared/base/result.ts';
import { catalogArtifacts, logArtifacts } from '../../artifacts/registry.ts';
import { checkCancelled } from '../limited.ts';
import type { ReadingContext } from './context.ts';
import { nameOf, type Inventory } from './inventory.ts';

/** What a run was asked to read, as its record keeps it. */
export function runOptions(scope: ReadingContext['scope']): string {
  return JSON.stringify({ scope });
}

/**
 * What the case has of this evidence: `new` nothing, `begun` a part, `read` all that this version reads.
 * @throws RequestError for other evidence: one case never mixes two collections
 */
export async function standingOf(ctx: ReadingContext, inventory: Inventory): Promise<'new' | 'begun' | 'read'> {
  const { connection, tool } = ctx.caseFile;
  const earlier = (await listEvidence(connection)).find((e) => e.id === ctx.evidenceId);
  if (earlier === undefined) return 'new';
  if (earlier.fingerprint !== inventory.fingerprint) {
    throw new RequestError('conflict', 'The case was made from other evidence (names or sizes differ); make a new case for this one.');
  }
  await refuseChanged(ctx, inventory);
  const last = lastChange(await listRuns(connection));
  return last !== null && last.state === 'finished' && last.tool === tool && last.options === runOptions(ctx.scope) ? 'read' : 'begun';
}

/**
 * Names and sizes can stay while contents change. Configurations and program files, on which everything rests and which
 * are small, are hashed again; logs, and catalogs, of which there are thousands, only where their time differs from the
 * recorded one.
 */
async function refuseChanged(ctx: ReadingContext, inventory: Inventory): Promise<void> {
  const many = new Set([...logArtifacts(), ...catalogArtifacts()].map((a) => a.id));
  const entries = new Map(inventory.entries.map((e) => [e.evidencePath, e]));
  for (const name of await listNames(ctx.caseFile.connection, ctx.evidenceId)) {
    checkCancelled(ctx.signal);
    const entry = entries.get(name.evidencePath);
    if (name.sha256 === null || entry === undefined) continue;
    const sameTime = inventory.files.get(name.evidencePath)?.modified === name.modified;
    if (sameTime && name.artifact !== null && many.has(name.artifact)) continue;
    ctx.board.progress('inventory', inventory.files.size, null, `comparing ${nameOf(name.evidencePath)}`);
    await refuseOtherContent(ctx, name, entry, name.sha256);
  }
}

async function refuseOtherContent(ctx: ReadingContext, name: ManifestName, entry: InventoryEntry, sha256: string): Promise<void> {
  const found = await hashOf(ctx, name.evidencePath);
  // What cannot be read now is no other evidence; the reading says so where it needs the file.
  if (found === null) return;
  if (found !== sha256) {
    throw new RequestError('conflict', `The case was made from other evidence: ${name.evidencePath} has the same size, but its content is not what was read (SHA-256 differs). Make a new case for this one.`);
  }
  ctx.attached.vouch(entry, found);
}

async function hashOf(ctx: ReadingContext, evidencePath: string): Promise<string | null> {
  try {
    const reader = await ctx.source.open(evidencePath);
    try {
      const hashed = await sha256Of(reader, ctx.signal);
      return hashed.ok ? hashed.sha256 : null;
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof EvidenceUnreadable) return null;
    throw error;
  }
}
