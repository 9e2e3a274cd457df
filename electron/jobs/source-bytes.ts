import type { Output } from '../../shared/contract/index.ts';
import type { EvidenceFile } from '../../shared/model/index.ts';
import { RequestError } from '../../shared/base/result.ts';
import { getBlob, getExcerpt } from '../case/blobs.ts';
import { EvidenceUnreadable } from '../evidence/source.ts';
import type { OpenCase } from './workspace.ts';

/** The bytes of a whole file that the case embeds, or null. */
export async function embedded(open: OpenCase, file: EvidenceFile): Promise<Uint8Array | null> {
  return file.sha256 === null ? null : getBlob(open.file.connection, file.sha256);
}

/** A piece of an evidence file: from the case where it is embedded, else from the evidence where that is at hand. */
export async function bytesAt(open: OpenCase, file: EvidenceFile | null, evidencePath: string, offset: number, length: number): Promise<Output<'evidence.bytes'>> {
  if (file === null) throw new RequestError('usage', 'The case knows no such file.');
  const answer = (bytes: Uint8Array): Output<'evidence.bytes'> => ({ available: true, reason: null, sha256: file.sha256 ?? '', size: file.size, hex: Buffer.from(bytes).toString('hex') });
  const whole = await embedded(open, file);
  if (whole !== null) return answer(whole.subarray(offset, offset + length));
  const cited = await getExcerpt(open.file.connection, evidencePath, offset);
  if (cited !== null) return answer(cited.subarray(0, length));
  if (open.source === null) return { available: false, reason: 'evidence not attached', sha256: file.sha256 ?? '', size: file.size, hex: '' };
  try {
    const reader = await open.source.open(evidencePath);
    try {
      return answer(await reader.read(offset, length));
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (!(error instanceof EvidenceUnreadable)) throw error;
    return { available: false, reason: error.message, sha256: file.sha256 ?? '', size: file.size, hex: '' };
  }
}
