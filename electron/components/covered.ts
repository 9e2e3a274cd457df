import { foldCase } from '../../shared/base/compare.ts';
import type { Component, Server } from '../../shared/model/index.ts';
import { parseTypeName } from '../knowledge/index.ts';
import { binOf } from './assembly.ts';
import type { ImageFacts } from './facts.ts';

/** What registrations name of the files: a whole file by its image, or single types of it. */
export interface Covered {
  /** Evidence paths of files that an entry names by image, or by an assembly that was told by a type without one. */
  readonly whole: ReadonlySet<string>;
  /** Whether an entry names this type as an application that loads the file would find it. */
  type(facts: ImageFacts, type: string): boolean;
}

interface Named { readonly assembly: string | null; readonly folders: ReadonlySet<string> | null; readonly files: ReadonlySet<string> }

/** The folders in which the applications of the registrations look; null where an entry holds for the whole server. */
function foldersOf(c: Component, server: Server): ReadonlySet<string> | null {
  const bins = c.registrations.map((r) => binOf(server, r.scope));
  return bins.includes(null) ? null : new Set(bins.flatMap((b) => (b === null ? [] : [foldCase(b)])));
}

export function coveredBy(registered: readonly Component[], server: Server): Covered {
  const whole = new Set<string>();
  const named = new Map<string, Named[]>();
  for (const c of registered) {
    const files = new Set([c.file, c.file32].flatMap((f) => (f === null ? [] : [f.evidencePath])));
    if (c.image !== null || c.type === null) {
      for (const file of files) whole.add(file);
      continue;
    }
    const { type, assembly } = parseTypeName(c.type);
    const one = { assembly: assembly === null ? null : foldCase(assembly), folders: foldersOf(c, server), files };
    const list = named.get(type);
    if (list === undefined) named.set(type, [one]);
    else list.push(one);
  }
  return {
    whole,
    type: (facts, type) => {
      const path = foldCase(facts.place.path ?? '');
      const folder = path.slice(0, Math.max(0, path.lastIndexOf('\\')));
      const own = foldCase(facts.pe?.clr?.assembly ?? '');
      return (named.get(type) ?? []).some((n) => n.files.has(facts.place.evidencePath) || ((n.assembly === null || n.assembly === own) && (n.folders === null || n.folders.has(folder))));
    },
  };
}
