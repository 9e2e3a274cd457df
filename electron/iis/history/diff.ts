import type { ConfigChange } from '../../../shared/model/index.ts';
import type { ConfigurationFile } from '../configuration-files.ts';
import type { ConfigPath } from '../paths.ts';
import { type ConfigFact, type CopyFacts, type FactList, factsOf } from './facts.ts';
import { movedKeys } from './moved.ts';

/** One copy of a file, with the id that changes name it by. */
export interface SavedCopy {
  readonly id: string;
  readonly file: ConfigurationFile;
}

/** What was changed is masked in both texts. */
const OTHER_SECRET = '(another value, which is not shown)';
const EMPTY: FactList = { ordered: false, facts: new Map() };

/**
 * What changed in meaning from each copy to the next: entries added, removed, changed or moved, settings, locks, logging,
 * pools and sites. White space, comments and the order of attributes mean nothing; names are compared case-sensitively.
 * A copy that could not be read whole is passed over, because what is missing in it was not removed.
 * @param copies oldest first
 * @param level configuration path at which the file stands
 */
export function diffCopies(copies: readonly SavedCopy[], level: ConfigPath = ''): readonly ConfigChange[] {
  const changes: ConfigChange[] = [];
  let before: SavedCopy | null = null;
  let facts: CopyFacts | null = null;
  for (const after of copies.filter((copy) => copy.file.document.complete)) {
    let next: CopyFacts | null = null;
    if (before !== null && (after.file.sha256 === '' || after.file.sha256 !== before.file.sha256)) {
      next = factsOf(after.file, level);
      // One by one: a hostile file gives more changes than one call takes arguments.
      for (const change of diffFacts(before.id, facts ?? factsOf(before.file, level), after.id, next)) changes.push(change);
    }
    before = after;
    facts = next;
  }
  return changes;
}

/** Two files compared, whatever they are. What one of them lost to damage is no change. */
export function diffFiles(before: SavedCopy, after: SavedCopy): readonly ConfigChange[] {
  return diffFacts(before.id, factsOf(before.file), after.id, factsOf(after.file)).filter((change) =>
    (change.what !== 'removed' || after.file.document.complete) && (change.what !== 'added' || before.file.document.complete));
}

/** The differences of two sets of facts, list by list in the order of the files. */
export function diffFacts(from: string, before: CopyFacts, to: string, after: CopyFacts): ConfigChange[] {
  const changes: ConfigChange[] = [];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    for (const change of diffLists(before.get(id) ?? EMPTY, after.get(id) ?? EMPTY, from, to)) changes.push(change);
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
    else if (now.meaning !== old.meaning) change('changed', old, now, old.text === now.text ? [old.text, `${now.text} ${OTHER_SECRET}`] : undefined);
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
