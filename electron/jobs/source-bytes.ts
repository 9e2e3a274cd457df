import type { Output } from '../../shared/contract/index.ts';
import type { EvidenceFile } from '../../shared/model/index.ts';
import { RequestError } from '../../shared/base/result.ts';
import { getBlob, getExcerpt } from '../case/blobs.ts';
import { EvidenceUnreadable } from '../evidence/source.ts';
import type { OpenCase } from './open-case.ts';

/** The bytes of a whole file that the case embeds, or null. */
export async function embedded(open: OpenCase, file: EvidenceFile): Promise<Uint8Array | null> {
  return file.sha256 === null ? null : getBlob(open.file.connection, file.sha256);
}

/**
 * A piece of an evidence file: from the case where it is embedded, else from the evidence where that is at hand and still
 * the one that was read. Without it the cited piece that the case holds is given, though it may be shorter than asked.
 */
export async function bytesAt(open: OpenCase, file: EvidenceFile | null, evidencePath: string, offset: number, length: number): Promise<Output<'evidence.bytes'>> {
  if (file === null) throw new RequestError('usage', 'The case knows no such file.');
  const facts = { sha256: file.sha256 ?? '', size: file.size };
  const answer = (bytes: Uint8Array, reason: string | null = null): Output<'evidence.bytes'> => ({ available: true, reason, ...facts, hex: Buffer.from(bytes).toString('hex') });
  const whole = await embedded(open, file);
  if (whole !== null) return answer(whole.subarray(offset, offset + length));
  const cited = await getExcerpt(open.file.connection, evidencePath, offset);
  if (cited !== null && cited.length >= Math.min(length, file.size - offset)) return answer(cited.subarray(0, length));
  const read = await fromEvidence(open, file, offset, length);
  if (typeof read !== 'string') return answer(read);
  if (cited !== null && cited.length > 0) return answer(cited, `${read}; these are the ${cited.length} bytes that the case holds from here on`);
  return { available: false, reason: read, ...facts, hex: '' };
}

/** The bytes, or why there are none. */
async function fromEvidence(open: OpenCase, file: EvidenceFile, offset: number, length: number): Promise<Uint8Array | string> {
  if (open.evidence === null) return 'evidence not attached';
  try {
    const reader = await open.evidence.open(open.file.connection, file);
    try {
      return (await reader.read(offset, length)).subarray(0, length);
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (!(error instanceof EvidenceUnreadable)) throw error;
    return error.message;
  }
}
