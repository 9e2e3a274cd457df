import type { Image } from '../image.ts';
import { Heaps } from './heaps.ts';
import { type MetadataRoot, readMetadataRoot } from './root.ts';
import { MetadataTables } from './tables.ts';
import { TypeIndex } from './types.ts';

/** The metadata of one image, opened: its tables, heaps and the names of its types. */
export interface Metadata {
  readonly root: MetadataRoot;
  /** Null when there is no readable table stream. */
  readonly tables: { readonly tables: MetadataTables; readonly heaps: Heaps; readonly types: TypeIndex } | null;
}

/** What readers of tables share. */
export type OpenTables = NonNullable<Metadata['tables']>;

const opened = new WeakMap<Image, Metadata | null>();

/** Opens the metadata of an image, once; null when the file has none. What is wrong becomes a problem of the image. */
export function openMetadata(image: Image): Metadata | null {
  const known = opened.get(image);
  if (known !== undefined) return known;
  const root = readMetadataRoot(image);
  let tables: OpenTables | null = null;
  if (root) {
    image.problems.guard('CLR metadata tables', undefined, () => {
      const stream = openTables(image, root);
      if (!stream) return;
      const heaps = new Heaps(root.streams);
      tables = { tables: stream, heaps, types: new TypeIndex(stream, heaps) };
    });
  }
  const metadata = root === null ? null : { root, tables };
  opened.set(image, metadata);
  return metadata;
}

function openTables(image: Image, root: MetadataRoot): MetadataTables | null {
  const stream = root.streams.get('#~') ?? root.streams.get('#-');
  if (!stream) {
    image.problems.add('malformed', 'the CLR metadata has no table stream');
    return null;
  }
  const tables = new MetadataTables(stream);
  if (tables.unknownTable !== null) image.problems.add('unsupported', `the CLR metadata has an unknown table 0x${tables.unknownTable.toString(16)}; tables behind it were not read`);
  if (tables.short.length > 0) image.problems.add('truncated', `CLR metadata tables end before their announced rows: ${tables.short.join(', ')}`);
  return tables;
}
