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

/** Whether a strong name is there; that it holds is not checked. */
export function strongNameState(image: Image, root: MetadataRoot, publicKey: Uint8Array): ClrFacts['strongName'] {
  if (publicKey.length === 0) return 'none';
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
