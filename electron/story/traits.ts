import type { Component, SharedTrait } from '../../shared/model/index.ts';
import { compareBy, compareText } from '../../shared/base/compare.ts';
import { nameOf } from './words.ts';

/** A value of one component that others can have too. */
export interface TraitValue {
  readonly by: string;
  readonly value: string;
  /** As it is compared. */
  readonly key: string;
}

/** What a shared value says, by what is shared; and why it says little by its kind, or null. */
const MEANING: Readonly<Record<string, { readonly words: string; readonly weak?: string }>> = {
  file: { words: 'One file at one place holds both.' },
  sha256: { words: 'The same bytes: one file, copied.' },
  mvid: { words: 'Every compilation of .NET code gets its own MVID: the same build, even where the bytes around it differ.' },
  imphash: { words: 'The same imported functions in the same order: mostly the same source and linker.' },
  rich: { words: 'The same compilers and counts of objects (Rich header): often the same build environment.' },
  pdb: { words: 'The same path of the symbol file: built in the same folder of one machine, or of two that are set up alike.' },
  signer: { words: 'Signed with the same certificate.' },
  'export-set': { words: 'The same names are exported.', weak: 'Modules and filters that export only what IIS asks for share their export set without being related.' },
  'linker-stamp': { words: 'The same second of the linker stamp: one build, or two with the same forged number.' },
  tlsh: { words: 'Large parts of the bytes are alike (TLSH distance 50 or less): versions of one program, or files patched apart.' },
  'file-time': { words: 'Written within the same second: unpacked or copied in one go.' },
  name: { words: 'Registered under the same name, with other code: one stands for the other, or a name that many use.' },
};

/** More components than these are counted and not listed. */
export const MAX_SHARING = 200;

export interface TraitIndex {
  /** By `by` and key: components that have the value. */
  readonly holders: ReadonlyMap<string, readonly Component[]>;
  /** How many components have a file that was read as a program. */
  readonly files: number;
}

export const traitKey = (t: Pick<TraitValue, 'by' | 'key'>): string => `${t.by}\0${t.key}`;

/** Whether so many have a value that it sets nobody apart. */
function common(holders: number, files: number): boolean {
  return files >= 8 && holders * 2 >= files;
}

/**
 * What one component has in common with others. Values that half of the files have are left out, but the bytes themselves.
 * @param near components whose file is near by TLSH @param weakOf why a value says little, or null
 */
export function sharedTraits(own: Component, values: readonly TraitValue[], index: TraitIndex, near: readonly Component[], weakOf: (value: TraitValue, holders: number) => string | null): SharedTrait[] {
  const place = own.file?.evidencePath ?? null;
  const inside = new Set((place === null ? [] : (index.holders.get(traitKey({ by: 'file', key: place })) ?? [])).map((c) => c.id));
  const traits: SharedTrait[] = [];
  for (const value of values) {
    const others = (index.holders.get(traitKey(value)) ?? []).filter((c) => c.id !== own.id && (value.by === 'file' || !inside.has(c.id)));
    if (others.length === 0 || (value.by !== 'sha256' && value.by !== 'file' && common(others.length + 1, index.files))) continue;
    traits.push(traitOf(value, others, weakOf(value, others.length + 1)));
  }
  if (near.length > 0) traits.push(traitOf({ by: 'tlsh', value: '', key: '' }, near.filter((c) => c.id !== own.id), null));
  return traits.filter((t) => t.components.length > 0).sort(compareBy((t) => (typeof t.weak === 'string' ? 1 : 0), (t) => Object.keys(MEANING).indexOf(t.by), (t) => t.value));
}

function traitOf({ by, value }: TraitValue, others: readonly Component[], weak: string | null): SharedTrait {
  const meaning = MEANING[by];
  const hosts = new Set(others.map((c) => c.server)).size;
  const count = others.length > MAX_SHARING ? ` ${others.length} components have it; the first ${MAX_SHARING} are listed.` : '';
  return {
    by, value, words: `${meaning?.words ?? ''}${hosts > 1 ? ` On ${hosts} hosts.` : ''}${count}`.trim(), weak: weak ?? meaning?.weak ?? null,
    components: [...others].sort((a, b) => compareText(a.server, b.server) || compareText(nameOf(a), nameOf(b)) || compareText(a.id, b.id)).slice(0, MAX_SHARING).map((c) => ({ id: c.id, server: c.server, name: nameOf(c) })),
  };
}
