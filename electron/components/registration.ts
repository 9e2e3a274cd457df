import type { ComponentKind, EvidenceRef, LoadedBy } from '../../shared/model/index.ts';

/** One entry of configuration that names code, in the order of the files; what the configuration engine hands over. */
export interface RawRegistration {
  readonly kind: ComponentKind;
  readonly name: string | null;
  /** As written: image, path, scriptProcessor or dll. */
  readonly image: string | null;
  readonly type: string | null;
  readonly section: string;
  readonly scope: string;
  readonly ref: EvidenceRef;
  readonly attributes: ReadonlyArray<{ readonly name: string; readonly value: string }>;
}

/** Where a registration takes effect, as the configuration engine worked it out. */
export interface LoadState {
  readonly loadedBy: readonly LoadedBy[];
  /** Why no process loads it, or null. */
  readonly dormant: string | null;
}

export function attributeOf(registration: { readonly attributes: RawRegistration['attributes'] }, name: string): string | null {
  return registration.attributes.find((a) => a.name === name)?.value ?? null;
}

/** Last part of a section path: `globalModules`. */
export function sectionName(section: string): string {
  return section.slice(section.lastIndexOf('/') + 1);
}
