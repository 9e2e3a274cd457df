import type { ConfigChange, Moment } from '../../shared/model/index.ts';
import type { ConfigurationFile } from './configuration-files.ts';
import { type ConfigFact, factsOf, type FactList } from './history-facts.ts';
import { movedKeys } from './moved.ts';

/** A saved copy of applicationHost.config, or the live file as the last one. */
export interface SavedCopy {
  readonly id: string;
  readonly order: number;
  readonly moment: Moment;
  readonly file: ConfigurationFile;
}

const EMPTY: FactList = { ordered: false, facts: new Map() };

/**
 * What changed in meaning from each copy to the next: entries added, removed, changed or moved, logging, pools and
 * sites. White space, comments and the order of attributes mean nothing; names are compared case-sensitively. A copy
 * that could not be read whole is passed over, because what is missing in it was not removed.
 */
export function diffCopies(copies: readonly SavedCopy[]): readonly ConfigChange[] {
  const changes: ConfigChange[] = [];
  const whole = copies.filter((copy) => copy.file.document.complete).toSorted((a, b) => a.order - b.order);
  let before = whole[0];
  let facts = before ? factsOf(before.file) : new Map<string, FactList>();
  for (const after of whole.slice(1)) {
    if (!before) break;
    const next = factsOf(after.file);
    if (after.file.sha256 === '' || after.file.sha256 !== before.file.sha256) {
      for (const id of new Set([...facts.keys(), ...next.keys()])) {
        for (const change of diffLists(facts.get(id) ?? EMPTY, next.get(id) ?? EMPTY, before.id, after.id)) changes.push(change);
      }
    }
    before = after;
    facts = next;
  }
  return changes;
}

function diffLists(before: FactList, after: FactList, from: string, to: string): ConfigChange[] {
  const changes: ConfigChange[] = [];
  const change = (what: ConfigChange['what'], old: ConfigFact | null, now: ConfigFact | null, texts?: readonly [string, string]): void => {
    const fact = now ?? old;
    if (!fact) return;
    const { kind, section, scope, name } = fact;
    const refs = [old, now].flatMap((f) => (f ? [f.ref] : []));
    changes.push({ what, kind, section, scope, name, before: texts?.[0] ?? old?.text ?? null, after: texts?.[1] ?? now?.text ?? null, from, to, refs });
  };
  for (const [key, old] of before.facts) {
    const now = after.facts.get(key);
    if (!now) change('removed', old, null);
    else if (now.text !== old.text) change('changed', old, now);
  }
  for (const [key, now] of after.facts) if (!before.facts.has(key)) change('added', null, now);
  if (!before.ordered || !after.ordered) return changes;
  const oldOrder = [...before.facts.keys()].filter((key) => after.facts.has(key));
  const newOrder = [...after.facts.keys()].filter((key) => before.facts.has(key));
  const places = [oldOrder, newOrder].map((order) => new Map(order.map((key, i) => [key, `place ${i + 1} of ${order.length}`])));
  for (const key of movedKeys(oldOrder, newOrder)) {
    change('reordered', before.facts.get(key) ?? null, after.facts.get(key) ?? null, [places[0]?.get(key) ?? '', places[1]?.get(key) ?? '']);
  }
  return changes;
}
