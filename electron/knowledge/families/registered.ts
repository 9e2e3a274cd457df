import { foldCase } from '../../../shared/base/compare.ts';
import type { Component, Family, FamilyTrait } from '../../../shared/model/index.ts';
import { fileName } from '../image-path.ts';

/** What a file is called and how it is registered. */
export interface Names {
  /** As Windows or the evidence names it; null where nothing is known. */
  readonly path: string | null;
  readonly module: string | null;
}

export const namesOf = (component: Component, path: string | null): Names => ({ path: path ?? component.file?.path ?? component.image, module: component.name });

function named({ where, value }: FamilyTrait, { path, module }: Names): boolean {
  const wanted = foldCase(value);
  if (where === 'module-name') return module !== null && foldCase(module) === wanted;
  if (path === null) return false;
  const own = foldCase(path.replaceAll('/', '\\'));
  return where === 'file-name' ? foldCase(fileName(own)) === wanted : where === 'path' && own.endsWith(wanted);
}

/** Traits of a family that its name, its file's name or its place has. Anybody can choose those: they only ever count as weak. */
export const registeredTraits = (family: Family, names: Names): readonly FamilyTrait[] => family.traits.filter((trait) => named(trait, names));
