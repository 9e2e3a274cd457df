import { EvidenceUnreadable, type EvidenceSource } from '../../evidence/source.ts';
import { readAll, sha256Of } from '../../evidence/hash.ts';
import type { ReadingContext } from './context.ts';
import { placeOf, type ManifestFile } from './inventory.ts';

/** A whole file with its hash noted in the manifest, or null with a Problem that says why not. */
export async function readWhole(ctx: ReadingContext, file: ManifestFile, max: number): Promise<{ readonly bytes: Uint8Array; readonly sha256: string } | null> {
  return guarded(ctx, file, async () => {
    const reader = await ctx.source.open(file.evidencePath);
    try {
      if (reader.size > max) {
        // Too large to be read at once, yet a fact rests on it: at least its hash is taken.
        const hashed = await sha256Of(reader, ctx.signal);
        if (hashed.ok) file.sha256 = hashed.sha256;
        ctx.problems.add(placeOf(file), file.server, { kind: 'limit', message: `The file has ${reader.size} bytes; files of more than ${max} are hashed and not read.` });
        return null;
      }
      const whole = await readAll(reader, max);
      if (!whole.ok) {
        ctx.problems.add(placeOf(file), file.server, whole.problem);
        return null;
      }
      file.sha256 = whole.sha256;
      return { bytes: whole.bytes, sha256: whole.sha256 };
    } finally {
      await reader.close();
    }
  });
}

/** The first bytes of a file, for recognising it; null (with a Problem) when it cannot be read. */
export async function readHead(ctx: ReadingContext, file: ManifestFile, length: number): Promise<Uint8Array | null> {
  return guarded(ctx, file, () => headOf(ctx.source, file.evidencePath, length));
}

async function headOf(source: EvidenceSource, evidencePath: string, length: number): Promise<Uint8Array> {
  const reader = await source.open(evidencePath);
  try {
    return await reader.read(0, length);
  } finally {
    await reader.close();
  }
}

async function guarded<T>(ctx: ReadingContext, file: ManifestFile, work: () => Promise<T | null>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EvidenceUnreadable)) throw error;
    ctx.problems.add(placeOf(file), file.server, error.problem);
    return null;
  }
}
