import { createHash } from 'node:crypto';
import { RequestError } from '../../shared/base/result.ts';
import type { ParseProblem } from '../../shared/model/index.ts';
import { EvidenceUnreadable, type EvidenceReader } from './source.ts';

/** `sha256` is lower-case hex of the whole file. Where the file could not be read whole there is a problem instead. */
export type Hashed = { readonly ok: true; readonly sha256: string } | { readonly ok: false; readonly problem: ParseProblem };

export type WholeFile = { readonly ok: true; readonly bytes: Uint8Array; readonly sha256: string } | { readonly ok: false; readonly problem: ParseProblem };

/**
 * SHA-256 of a whole file, streamed; memory stays flat.
 * @throws RequestError `cancelled` when the signal is aborted.
 */
export async function sha256Of(reader: EvidenceReader, signal?: AbortSignal): Promise<Hashed> {
  const hash = createHash('sha256');
  let total = 0;
  try {
    for await (const chunk of reader.stream()) {
      if (signal?.aborted === true) throw new RequestError('cancelled', 'The hashing was stopped');
      hash.update(chunk);
      total += chunk.length;
    }
    const changed = await changeOf(reader, total);
    return changed === null ? { ok: true, sha256: hash.digest('hex') } : { ok: false, problem: changed };
  } catch (error) {
    if (error instanceof EvidenceUnreadable) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** The whole file in memory with its SHA-256. A file of more than `max` bytes is not read at all: a `limit` problem. */
export async function readAll(reader: EvidenceReader, max: number): Promise<WholeFile> {
  if (reader.size > max) return { ok: false, problem: { kind: 'limit', message: `The file has ${reader.size} bytes; at most ${max} are read at once` } };
  try {
    const bytes = await reader.read(0, reader.size);
    const changed = await changeOf(reader, bytes.length);
    if (changed !== null) return { ok: false, problem: changed };
    return { ok: true, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    if (error instanceof EvidenceUnreadable) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** Evidence does not change; when it does, its hash proves nothing, so that is said instead of a hash. */
async function changeOf(reader: EvidenceReader, got: number): Promise<ParseProblem | null> {
  if (reader.sizeClaimed === true) return null;
  const grown = got === reader.size && (await reader.read(reader.size, 1)).length > 0;
  if (got === reader.size && !grown) return null;
  const how = grown ? 'grew' : `shrank to ${got} bytes`;
  return { kind: 'unreadable', message: `The file had ${reader.size} bytes when it was opened and ${how} while it was read` };
}
