import type { PeFacts } from '../../../shared/model/pe/index.ts';
import { quote } from '../../../shared/base/limits.ts';
import { rva as asRva } from '../kit/bytes.ts';
import { sha256Hex } from '../kit/digest.ts';
import { LimitReached } from '../kit/findings.ts';
import { directory } from './headers.ts';
import type { Image } from './image.ts';

/** Real files have some thousand resources at most; a tree that points at itself would have billions. */
const MAX_ENTRIES = 20_000;
/** RT_VERSION */
const VERSION_TYPE = 16;
const SUBDIRECTORY = 0x8000_0000;
/** Leaves that are listed; a tree has two entries more for each at most. */
const MAX_LEAVES = 4096;
const MAX_NAME = 256;

/** Predefined types (RT_* in winuser.h) by number. */
const TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'CURSOR'], [2, 'BITMAP'], [3, 'ICON'], [4, 'MENU'], [5, 'DIALOG'], [6, 'STRING'], [7, 'FONTDIR'], [8, 'FONT'], [9, 'ACCELERATOR'], [10, 'RCDATA'], [11, 'MESSAGETABLE'],
  [12, 'GROUP_CURSOR'], [14, 'GROUP_ICON'], [16, 'VERSION'], [17, 'DLGINCLUDE'], [19, 'PLUGPLAY'], [20, 'VXD'], [21, 'ANICURSOR'], [22, 'ANIICON'], [23, 'HTML'], [24, 'MANIFEST'],
]);

export interface VersionBlob {
  readonly offset: number;
  readonly size: number;
}

export interface ResourceTree {
  /** Every leaf in the order of the tree, up to a bound. */
  readonly leaves: PeFacts['resources'];
  /** Bytes that may still be hashed: leaves can all claim the same ones. */
  hashBudget: number;
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
  const tree: ResourceTree = { leaves: [], hashBudget: image.view.length * 2, versions: [], entries: 0, bytes: 0, regular: false };
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
      else readData(image, root, root + language.target, { type: type.id === null ? type.name : (TYPES.get(type.id) ?? type.name), name: name.name, language: language.id ?? 0, isVersion: type.id === VERSION_TYPE }, tree);
    }
  }
}

interface Leaf {
  readonly type: string;
  readonly name: string;
  readonly language: number;
  readonly isVersion: boolean;
}

function readData(image: Image, root: number, at: number, leaf: Leaf, tree: ResourceTree): void {
  const rva = asRva(image.view.u32(at));
  const claimed = image.view.u32(at + 4);
  const offset = image.map.offset(rva);
  const rootRva = directory(image.headers, 'resources')?.rva ?? 0;
  tree.bytes += claimed;
  if (offset === null || offset - root !== rva - rootRva || claimed > image.map.available(rva)) tree.regular = false;
  addLeaf(image, leaf, offset, Math.min(claimed, offset === null ? 0 : image.map.available(rva)), claimed, tree);
  if (!leaf.isVersion) return;
  if (offset === null) {
    image.problems.add('malformed', 'the version information lies in no section', at);
    return;
  }
  const size = Math.min(claimed, image.map.available(rva));
  if (size < claimed) image.problems.add('malformed', `the version information claims ${claimed} bytes, ${size} are there`, at);
  tree.versions.push({ offset, size });
}

function addLeaf(image: Image, { type, name, language }: Leaf, offset: number | null, there: number, claimed: number, tree: ResourceTree): void {
  if (tree.leaves.length > MAX_LEAVES) return;
  if (tree.leaves.length === MAX_LEAVES) {
    image.problems.add('limit', `more than ${MAX_LEAVES} resources; the rest is not listed`);
    tree.regular = false;
  }
  const whole = offset !== null && there === claimed && there <= tree.hashBudget;
  if (whole) tree.hashBudget -= there + 64;
  tree.leaves.push({ type, name, language, offset: offset ?? 0, size: claimed, sha256: whole ? sha256Hex(image.view.range(offset, there)) : null });
}

interface Entry {
  /** The number as `#16`, or the name. */
  readonly name: string;
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
    const id = name >= SUBDIRECTORY ? null : name;
    out.push({ name: id === null ? text(image, root + name - SUBDIRECTORY) : `#${id}`, id, target: target % SUBDIRECTORY, isDirectory: target >= SUBDIRECTORY });
  }
  return out;
}

/** A name: its length in UTF-16 units, then the units. */
function text({ view }: Image, at: number): string {
  const units = view.u16(at);
  view.need(at, 2 + units * 2);
  return quote(view.utf16(at + 2, Math.min(units, MAX_NAME)), MAX_NAME);
}
