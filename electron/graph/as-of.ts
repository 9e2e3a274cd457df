import { foldCase } from '../../shared/base/compare.ts';
import type { Component, ConfigChange, ConfigCopy, EvidenceRef, Registration } from '../../shared/model/index.ts';

/** An entry that is not in the configuration in force, told from the copies. */
export interface PastEntry {
  readonly section: string;
  readonly scope: string;
  readonly name: string;
  readonly kind: string;
  /** Its attributes as one text. */
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly refs: readonly EvidenceRef[];
}

/** Registrations name their scope `site:X`, changes name it `X`; letter case means nothing in either. */
const entryKey = (section: string, scope: string, name: string): string => `${section}\u0000${foldCase(scope.slice(scope.indexOf(':') + 1))}\u0000${name}`;

/** What a change may call the entry: its name, or its key of path and verb. */
function keysOf(r: Registration): string[] {
  const value = (name: string): string | undefined => r.attributes.find((a) => a.name === name)?.value;
  const path = value('path') ?? '';
  return [value('name') ?? path, path, `${value('verb') ?? ''} ${path}`].map((name) => entryKey(r.section, r.scope, name));
}

const SECTIONS = /\/(?:globalModules|modules|handlers|isapiFilters|httpModules|httpHandlers)$/;

/** Entries that add code; the `<modules>` half of a native module goes with its globalModules half. */
function addsCode(c: ConfigChange): boolean {
  if (!SECTIONS.test(c.section) || c.name.startsWith('<')) return false;
  const text = c.before ?? c.after ?? '';
  if (c.section.endsWith('/modules')) return /(?:^|\s)type="[^"]/.test(text);
  return !c.section.endsWith('/handlers') || /(?:^|\s)(?:type|scriptProcessor)="[^"]/.test(text);
}

export interface Standing {
  readonly components: readonly Component[];
  /** Entries removed since (as of now) or present then and not now (as of a copy). */
  readonly past: readonly PastEntry[];
}

/**
 * Folds the changes backwards from the file in force to one copy.
 * @param asOf id of a copy, or null for now. Entries of web.config files have no history and stay.
 * @param host evidence path of the applicationHost.config in force
 */
export function standingAt(components: readonly Component[], changes: readonly ConfigChange[], copies: readonly ConfigCopy[], asOf: string | null, host: string | null): Standing {
  const order = new Map(copies.map((c) => [c.id, c.order]));
  const at = asOf === null ? undefined : order.get(asOf);
  const entries = changes.filter((c) => SECTIONS.test(c.section) && !c.name.startsWith('<'));
  if (at === undefined) return { components, past: removedSince(entries) };
  const later = entries.filter((c) => (order.get(c.to) ?? Number.MAX_SAFE_INTEGER) > at).reverse();
  const gone = new Set<string>();
  const past = new Map<string, PastEntry>();
  for (const c of later) {
    const key = entryKey(c.section, c.scope, c.name);
    if (c.what === 'added') {
      gone.add(key);
      past.delete(key);
    } else if (c.what === 'removed') {
      gone.delete(key);
      if (addsCode(c)) past.set(key, pastEntry(c));
    }
  }
  const kept = components.flatMap((c) => {
    if (c.registrations.length === 0) return [c];
    const registrations = c.registrations.filter((r) => r.evidencePath !== host || !keysOf(r).some((key) => gone.has(key)));
    return registrations.length === 0 ? [] : [{ ...c, registrations }];
  });
  return { components: kept, past: [...past.values()] };
}

function removedSince(changes: readonly ConfigChange[]): PastEntry[] {
  const past = new Map<string, PastEntry>();
  for (const c of changes) {
    const key = entryKey(c.section, c.scope, c.name);
    if (c.what === 'removed' && addsCode(c)) past.set(key, pastEntry(c));
    else if (c.what === 'added') past.delete(key);
  }
  return [...past.values()];
}

function pastEntry(c: ConfigChange): PastEntry {
  return { section: c.section, scope: c.scope, name: c.name, kind: c.kind, text: c.before ?? '', from: c.from, to: c.to, refs: c.refs };
}
