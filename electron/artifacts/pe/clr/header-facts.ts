import type { ClrFacts } from '../../../../shared/model/pe/index.ts';
import type { Image } from '../image.ts';
import type { DirectoryEntry, MetadataRoot } from './root.ts';

/** 'RTR' and a NUL: header of ReadyToRun code (CoreCLR, readytorun.h). */
const READY_TO_RUN = 0x0052_5452;
const MAX_SIGNATURE = 0x10000;

/** What the file was compiled to beside IL (ManagedNativeHeader of the CLI header). */
export function precompiledAs(image: Image, root: MetadataRoot): ClrFacts['precompiled'] {
  const { rva, size, at } = root.nativeHeader;
  if (rva === 0 || size < 4) return 'none';
  const offset = image.map.offset(rva);
  if (offset === null || !image.view.has(offset, 4)) {
    image.problems.add('malformed', 'the header of precompiled code lies in no section', at);
    return 'none';
  }
  return image.view.u32(offset) === READY_TO_RUN ? 'ready-to-run' : 'ngen';
}

/** COMIMAGE_FLAGS_ILONLY, _32BITREQUIRED, _32BITPREFERRED (II.25.3.3.1, and corhdr.h for the last). */
const IL_ONLY = 1;
const REQUIRES_32 = 2;
const PREFERS_32 = 0x2_0000;

/** The header says x86 of IL that runs on every processor too; the flags tell the two apart. */
export function processorOf(image: Image, { flags }: MetadataRoot): ClrFacts['processor'] {
  if ((flags & IL_ONLY) === 0 || image.headers.machine !== 'x86' || image.headers.plus) return 'stated';
  if ((flags & REQUIRES_32) === 0) return 'any';
  return (flags & PREFERS_32) === 0 ? 'stated' : 'any-prefers-x86';
}

/** Whether a strong name is there; that it holds is not checked. Precompilers (crossgen, ngen) write a new image, without the signature of the first. */
export function strongNameState(image: Image, root: MetadataRoot, publicKey: Uint8Array, precompiled: ClrFacts['precompiled']): ClrFacts['strongName'] {
  if (publicKey.length === 0) return 'none';
  if (precompiled !== 'none' && root.strongName.size === 0) return 'key-only';
  const signature = bytesOf(image, root.strongName);
  return signature !== null && signature.some((byte) => byte !== 0) ? 'signed' : 'delay-signed';
}

function bytesOf(image: Image, { rva, size, at }: DirectoryEntry): Uint8Array | null {
  if (rva === 0 || size === 0) return null;
  const offset = image.map.offset(rva);
  const length = Math.min(size, MAX_SIGNATURE);
  if (offset !== null && image.view.has(offset, length)) return image.view.range(offset, length);
  image.problems.add('malformed', 'the strong name signature does not lie in the file', at);
  return null;
}
