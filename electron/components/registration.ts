import { foldCase } from '../../shared/base/compare.ts';
import type { ConfigChange, EvidenceRef, LoadedBy, Registration } from '../../shared/model/index.ts';
import type { Loading, RawRegistration } from '../iis/index.ts';

export type { RawRegistration };

/** Where a registration takes effect, as the configuration engine worked it out. */
export interface LoadState {
  readonly loadedBy: readonly LoadedBy[];
  /** Why no process loads it, or null. */
  readonly dormant: string | null;
}

/** The engine's answer for one server as a look-up by registration. */
export function loadStates(loading: Pick<Loading, 'loadedBy' | 'dormant'>): (r: RawRegistration) => LoadState {
  return (r) => ({ loadedBy: loading.loadedBy.get(r.key) ?? [], dormant: loading.dormant.get(r.key) ?? null });
}

/** Attribute as written, or null. */
export function attributeOf(registration: Pick<Registration, 'attributes'>, name: string): string | null {
  return registration.attributes.find((a) => a.name === name)?.value ?? null;
}

/** Last part of a section path: `globalModules`. */
export function sectionName(section: string): string {
  return section.slice(section.lastIndexOf('/') + 1);
}

export function refOfRegistration(r: Registration): EvidenceRef {
  return { path: r.path, evidencePath: r.evidencePath, line: r.line, column: r.column, sha256: r.sha256 };
}

const changeKey = (section: string, scope: string, name: string): string => `${section}\u0000${foldCase(scope)}\u0000${name}`;

/**
 * Changes between the copies of the configuration that are about these registrations, in order. Only entries of the
 * file that the copies are copies of have a history; a web.config has none.
 * @param host evidence path of the applicationHost.config in force
 */
export function changesAbout(registrations: readonly Registration[], host: string | null, changes: readonly ConfigChange[]): ConfigChange[] {
  const keys = new Set(
    registrations
      .filter((r) => r.evidencePath === host)
      .flatMap((r) => {
        const scope = r.scope.slice(r.scope.indexOf(':') + 1);
        const path = attributeOf(r, 'path') ?? '';
        const names = [attributeOf(r, 'name') ?? path, path, `${path} ${attributeOf(r, 'verb') ?? ''}`, `${attributeOf(r, 'verb') ?? ''} ${path}`];
        return names.map((name) => changeKey(r.section, scope, name));
      }),
  );
  return changes.filter((c) => keys.has(changeKey(c.section, c.scope, c.name)));
}
