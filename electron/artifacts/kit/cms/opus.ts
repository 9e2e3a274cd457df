import { Malformed, OutOfBounds } from '../bytes.ts';
import { TAG } from '../der.ts';
import { textOf } from '../der-values.ts';
import { OID } from './oids.ts';
import type { SignerInfo } from './signed-data.ts';
import { single } from './signer.ts';

/** What the signer calls the program: SpcSpOpusInfo, programName ("Windows Authenticode Portable Executable Signature Format", SpcSpOpusInfo). */
export function programName(signer: SignerInfo): string | null {
  try {
    const info = single(signer.signed?.attributes.get(OID.opusInfo))?.expect(TAG.sequence);
    const name = info?.children.find((part) => part.isContext(0))?.child(0);
    if (name === undefined) return null;
    const text = textOf(name, name.isContext(0) ? TAG.bmp : TAG.ia5);
    return text === '' ? null : text;
  } catch (error) {
    if (error instanceof OutOfBounds || error instanceof Malformed) return null;
    throw error;
  }
}
