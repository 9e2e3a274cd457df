import { attribute, attributeValue, childrenNamed, type ConfigElement } from '../../../shared/model/index.ts';
import type { FoundCode } from '../registration.ts';

/** Reads the elements of one section that name code. */
export type Reader = (section: ConfigElement) => readonly FoundCode[];

/** An attribute that is written and not empty, or null. */
export const value = (element: ConfigElement, name: string): string | null => attributeValue(element, name) || null;

export const adds = (section: ConfigElement): readonly ConfigElement[] => childrenNamed(section, 'add');

export const present = <T>(list: readonly (T | null)[]): T[] => list.filter((item) => item !== null);

export interface SettingOptions {
  /** What the setting is called; the `name` of its element when left out. */
  readonly name?: string | null;
  readonly pool?: string | null;
  readonly at?: string;
}

/** A setting of kind `other` that names a file by one attribute; null where the attribute is empty. */
export function fileSetting(element: ConfigElement, name: string, options: SettingOptions = {}): FoundCode | null {
  const image = value(element, name);
  return image === null ? null : { ...setting(element, name, options), image };
}

/** A setting of kind `other` that names a managed type by one attribute; null where the attribute is empty. */
export function typeSetting(element: ConfigElement, name: string, options: SettingOptions = {}): FoundCode | null {
  const type = value(element, name);
  return type === null ? null : { ...setting(element, name, options), type };
}

/** A setting of kind `other` whose value names code in a way of its own (a class id, a variable); its attribute is the proof. */
export function setting(element: ConfigElement, name: string, options: SettingOptions = {}): FoundCode {
  return {
    kind: 'other',
    element,
    attribute: attribute(element, name) ?? null,
    name: options.name === undefined ? value(element, 'name') : options.name,
    pool: options.pool ?? null,
    ...(options.at === undefined ? {} : { at: options.at }),
  };
}
