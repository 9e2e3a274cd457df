import { LimitReached } from '../kit/findings.ts';
import { directory } from './headers.ts';
import type { Image } from './image.ts';

/** Real files have some thousand resources at most; a tree that points at itself would have billions. */
const MAX_ENTRIES = 20_000;
/** RT_VERSION */
const VERSION_TYPE = 16;
const SUBDIRECTORY = 0x8000_0000;

export interface VersionBlob {
  readonly offset: number;
  readonly size: number;
}

export interface ResourceTree {
  /** VERSIONINFO data in the order of the tree. */
  readonly versions: VersionBlob[];
  /** Entries on all three levels. */
  entries: number;
  /** Sum of the sizes of all resources, as claimed. */
  bytes: number;
  /** The tree has the shape that Windows tools write: three levels, and all data in one piece with the tree. */
  regular: boolean;
}

/** Walks the resource directory (PE format, ".rsrc"): type, name, language, then data. Bounded and free of recursion. */
export function readResourceTree(image: Image): ResourceTree {
  const tree: ResourceTree = { versions: [], entries: 0, bytes: 0, regular: false };
  const entry = directory(image.headers, 'resources');
  if (!entry) return tree;
  const root = image.map.offset(entry.rva);
  if (root === null) {
    image.problems.add('malformed', 'the resource directory lies in no section', entry.at);
    return tree;
  }
  tree.regular = true;
  const whole = image.problems.guard('resource directory', root, () => {
    for (const type of level(image, root, root, tree)) {
      if (!type.isDirectory) tree.regular = false;
      else readType(image, root, type, tree);
    }
  });
  if (!whole) tree.regular = false;
  return tree;
}

function readType(image: Image, root: number, type: Entry, tree: ResourceTree): void {
  for (const name of level(image, root, root + type.target, tree)) {
    if (!name.isDirectory) {
      tree.regular = false;
      continue;
    }
    for (const language of level(image, root, root + name.target, tree)) {
      if (language.isDirectory) tree.regular = false;
      else readData(image, root, root + language.target, type.id === VERSION_TYPE, tree);
    }
  }
}

function readData(image: Image, root: number, at: number, isVersion: boolean, tree: ResourceTree): void {
  const rva = image.view.u32(at);
  const claimed = image.view.u32(at + 4);
  const offset = image.map.offset(rva);
  const rootRva = directory(image.headers, 'resources')?.rva ?? 0;
  tree.bytes += claimed;
  if (offset === null || offset - root !== rva - rootRva || claimed > image.map.available(rva)) tree.regular = false;
  if (!isVersion) return;
  if (offset === null) {
    image.problems.add('malformed', 'the version information lies in no section', at);
    return;
  }
  const size = Math.min(claimed, image.map.available(rva));
  if (size < claimed) image.problems.add('malformed', `the version information claims ${claimed} bytes, ${size} are there`, at);
  tree.versions.push({ offset, size });
}

interface Entry {
  /** Null for a resource that has a name instead of a number. */
  readonly id: number | null;
  /** Relative to the root of the tree. */
  readonly target: number;
  readonly isDirectory: boolean;
}

function level(image: Image, root: number, at: number, tree: ResourceTree): Entry[] {
  const { view } = image;
  const count = view.u16(at + 12) + view.u16(at + 14);
  tree.entries += count;
  if (tree.entries > MAX_ENTRIES) throw new LimitReached(`more than ${MAX_ENTRIES} entries`);
  const out: Entry[] = [];
  for (let i = 0; i < count; i++) {
    const name = view.u32(at + 16 + i * 8);
    const target = view.u32(at + 20 + i * 8);
    if (name >= SUBDIRECTORY) view.need(root + name - SUBDIRECTORY, 2 + view.u16(root + name - SUBDIRECTORY) * 2);
    out.push({ id: name >= SUBDIRECTORY ? null : name, target: target % SUBDIRECTORY, isDirectory: target >= SUBDIRECTORY });
  }
  return out;
}
