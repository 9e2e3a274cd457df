import { type ByteView, type Rva, rva as asRva } from '../../kit/bytes.ts';
import { directory } from '../headers.ts';
import type { Image } from '../image.ts';

const MAX_STREAMS = 64;
const SIGNATURE = 0x424a5342;

/** CLI header (ECMA-335 II.25.3.3) and the streams of the metadata root (II.24.2). */
export interface MetadataRoot {
  /** Version string of the root, `v4.0.30319`. */
  readonly runtime: string;
  readonly flags: number;
  readonly streams: ReadonlyMap<string, ByteView>;
  /** Every stream header as it stands, in order; `offset`: file offset of the stream's bytes, `at`: of its header. */
  readonly headers: readonly StreamHeader[];
  /** Directories of the CLI header; size 0 for one that is not there. */
  readonly resources: DirectoryEntry;
  readonly strongName: DirectoryEntry;
  readonly nativeHeader: DirectoryEntry;
}

export interface StreamHeader { readonly name: string; readonly offset: number; readonly length: number; readonly at: number }

/** An address range that the CLI header names; `at`: file offset of the field. */
export interface DirectoryEntry { readonly rva: Rva; readonly size: number; readonly at: number }

/** Reads header and root; null without a CLI header, or (with a problem) when it leads nowhere. */
export function readMetadataRoot(image: Image): MetadataRoot | null {
  const entry = directory(image.headers, 'clr');
  if (!entry) return null;
  const at = image.map.offset(entry.rva);
  if (at === null) {
    image.problems.add('malformed', 'the CLI header lies in no section', entry.at);
    return null;
  }
  let root: MetadataRoot | null = null;
  image.problems.guard('CLI header', at, () => {
    const rva = asRva(image.view.u32(at + 8));
    const offset = image.map.offset(rva);
    if (offset === null) {
      image.problems.add('malformed', 'the CLI metadata lies in no section', at + 8);
      return;
    }
    const claimed = image.view.u32(at + 12);
    const size = Math.min(claimed, image.map.available(rva));
    if (size < claimed) image.problems.add('truncated', `the CLI metadata claims ${claimed} bytes, ${size} are there`, at + 12);
    const flags = image.view.u32(at + 16);
    const entry = (field: number): DirectoryEntry => ({ rva: asRva(image.view.u32(at + field)), size: image.view.u32(at + field + 4), at: at + field });
    const directories = { resources: entry(24), strongName: entry(32), nativeHeader: entry(64) };
    root = readRoot(image, offset, size, flags, directories);
  });
  return root;
}

type Directories = Pick<MetadataRoot, 'resources' | 'strongName' | 'nativeHeader'>;

function readRoot(image: Image, offset: number, size: number, flags: number, directories: Directories): MetadataRoot | null {
  const view = image.view.slice(offset, size);
  if (view.u32(0) !== SIGNATURE) {
    image.problems.add('malformed', 'the CLI metadata has not the signature BSJB', offset);
    return null;
  }
  const versionLength = view.u32(12);
  const runtime = image.text(offset + 16, Math.min(versionLength, 255));
  const streams = new Map<string, ByteView>();
  const headers: StreamHeader[] = [];
  image.problems.guard('CLI metadata root', offset, () => {
    const count = view.u16(16 + versionLength + 2);
    let at = 16 + versionLength + 4;
    for (let i = 0; i < Math.min(count, MAX_STREAMS); i++) {
      const start = view.u32(at);
      const length = view.u32(at + 4);
      const nameBytes = view.untilNul(at + 8, 32);
      const name = image.text(offset + at + 8, 32);
      headers.push({ name, offset: offset + start, length, at: offset + at });
      // The first stream of a name counts for the runtime; a second one is a trick against readers.
      if (streams.has(name)) image.anomaly('duplicate-metadata-stream', offset + at, `a second stream named ${name}`);
      else streams.set(name, view.slice(Math.min(start, view.length), Math.max(0, Math.min(length, view.length - start))));
      if (!view.has(start, length)) image.problems.add('malformed', `the metadata stream ${name} reaches past the metadata`, offset + at);
      at += 8 + (Math.floor(nameBytes.length / 4) + 1) * 4;
    }
  });
  return { runtime, flags, streams, headers, ...directories };
}
