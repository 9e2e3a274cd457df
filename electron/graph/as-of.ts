import type { Component, ConfigChange, ConfigCopy, EvidenceRef } from '../../shared/model/index.ts';

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

const entryKey = (section: string, name: string): string => `${section}\u0000${name}`;

function nameOf(attributes: ReadonlyArray<{ readonly name: string; readonly value: string }>): string {
  return (attributes.find((a) => a.name === 'name') ?? attributes.find((a) => a.name === 'path'))?.value ?? '';
}

const KINDS: ReadonlySet<string> = new Set(['native-module', 'managed-module', 'managed-handler', 'isapi-filter', 'isapi-extension', 'cgi', 'other']);

export interface Standing {
  readonly components: readonly Component[];
  /** Entries removed since (as of now) or present then and not now (as of a copy). */
  readonly past: readonly PastEntry[];
}

/**
 * Folds the changes backwards from the file in force to one copy.
 * @param asOf id of a copy, or null for now. Entries of web.config files have no history and stay.
 */
export function standingAt(components: readonly Component[], changes: readonly ConfigChange[], copies: readonly ConfigCopy[], asOf: string | null): Standing {
  const order = new Map(copies.map((c) => [c.id, c.order]));
  const at = asOf === null ? undefined : order.get(asOf);
  const component = changes.filter((c) => KINDS.has(c.kind));
  if (at === undefined) return { components, past: removedSince(component) };
  const later = component.filter((c) => (order.get(c.to) ?? Number.MAX_SAFE_INTEGER) > at).reverse();
  const gone = new Set<string>();
  const past = new Map<string, PastEntry>();
  for (const c of later) {
    const key = entryKey(c.section, c.name);
    if (c.what === 'added') {
      gone.add(key);
      past.delete(key);
    } else if (c.what === 'removed') {
      gone.delete(key);
      past.set(key, pastEntry(c));
    }
  }
  const kept = components.flatMap((c) => {
    if (c.registrations.length === 0) return [c];
    const registrations = c.registrations.filter((r) => !gone.has(entryKey(r.section, nameOf(r.attributes))));
    return registrations.length === 0 ? [] : [{ ...c, registrations }];
  });
  return { components: kept, past: [...past.values()] };
}

function removedSince(changes: readonly ConfigChange[]): PastEntry[] {
  const past = new Map<string, PastEntry>();
  for (const c of changes) {
    const key = entryKey(c.section, c.name);
    if (c.what === 'removed') past.set(key, pastEntry(c));
    else if (c.what === 'added') past.delete(key);
  }
  return [...past.values()];
}

function pastEntry(c: ConfigChange): PastEntry {
  return { section: c.section, scope: c.scope, name: c.name, kind: c.kind, text: c.before ?? '', from: c.from, to: c.to, refs: c.refs };
}
