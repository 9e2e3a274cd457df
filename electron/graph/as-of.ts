import { foldCase } from '../../shared/base/compare.ts';
import { mainLine, type Component, type ConfigChange, type ConfigCopy, type EvidenceRef, type Registration } from '../../shared/model/index.ts';
import { parseInstant } from '../../shared/time/instant.ts';

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

/** What tells the entries of two files apart: '' for applicationHost.config, the folded path for another. */
const HOST_FILE = '';

/** Registrations name their scope `site:X`, changes name it `X`; letter case means nothing in either. */
const entryKey = (file: string, section: string, scope: string, name: string): string => `${file}\u0000${section}\u0000${foldCase(scope)}\u0000${name}`;

/** What a change may call the entry: its name, or its key of path and verb. */
function keysOf(r: Registration, host: string | null): string[] {
  const value = (name: string): string | undefined => r.attributes.find((a) => a.name === name)?.value;
  const path = value('path') ?? '';
  const file = r.evidencePath === host ? HOST_FILE : foldCase(r.path ?? '');
  return [value('name') ?? path, path, `${value('verb') ?? ''} ${path}`].map((name) => entryKey(file, r.section, r.scope.slice(r.scope.indexOf(':') + 1), name));
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
 * Folds the changes backwards from the files in force to one copy of applicationHost.config. Other files are folded to
 * their own copies of that time, where both are dated; what has no copies stays. What pools were started with is no state
 * of the server and moves nothing.
 * @param asOf id of a copy, or null for now
 * @param host evidence path of the applicationHost.config in force
 */
export function standingAt(components: readonly Component[], changes: readonly ConfigChange[], copies: readonly ConfigCopy[], asOf: string | null, host: string | null): Standing {
  const line = mainLine(copies);
  const places = new Map(line.map((c, i) => [c.id, i]));
  const byId = new Map(copies.map((c) => [c.id, c]));
  const fileOf = (c: ConfigChange): string | null => {
    const copy = byId.get(c.from);
    if (copy === undefined || places.has(copy.id)) return HOST_FILE;
    return copy.series === 'pool' ? null : foldCase(copy.of ?? '');
  };
  const entries: Entry[] = changes.filter((c) => SECTIONS.test(c.section) && !c.name.startsWith('<')).flatMap((change) => {
    const file = fileOf(change);
    return file === null ? [] : [{ change, file, key: entryKey(file, change.section, change.scope, change.name) }];
  });
  const at = asOf === null ? undefined : places.get(asOf);
  if (at === undefined) return { components, past: removedSince(entries) };
  const moment = timeOf(line[at]);
  const isLater = ({ change, file }: Entry): boolean => {
    if (file === HOST_FILE) return (places.get(change.to) ?? Number.MAX_SAFE_INTEGER) > at;
    const after = byId.get(change.to);
    // When a file went that is gone is not known; it was there in the shadow copy that has it.
    if (after === undefined) return shadowOf(change.from) !== null && shadowOf(change.from) === shadowOf(asOf ?? '');
    const to = timeOf(after);
    return moment !== null && to !== null && to > moment;
  };
  const gone = new Set<string>();
  const past = new Map<string, PastEntry>();
  for (const { change, key } of entries.filter(isLater).reverse()) {
    if (change.what === 'added') {
      gone.add(key);
      past.delete(key);
    } else if (change.what === 'removed') {
      gone.delete(key);
      if (addsCode(change)) past.set(key, pastEntry(change));
    }
  }
  const kept = components.flatMap((c) => {
    if (c.registrations.length === 0) return [c];
    const registrations = c.registrations.filter((r) => !keysOf(r, host).some((key) => gone.has(key)));
    return registrations.length === 0 ? [] : [{ ...c, registrations }];
  });
  return { components: kept, past: [...past.values()] };
}

interface Entry {
  readonly change: ConfigChange;
  readonly file: string;
  readonly key: string;
}

const shadowOf = (id: string): string | null => /^shadow:[^/:]+/.exec(id)?.[0] ?? null;
const timeOf = (copy: ConfigCopy | undefined): bigint | null => (copy === undefined || copy.moment.time === null ? null : parseInstant(copy.moment.time));

function removedSince(entries: readonly Entry[]): PastEntry[] {
  const past = new Map<string, PastEntry>();
  for (const { change, key } of entries) {
    if (change.what === 'removed' && addsCode(change)) past.set(key, pastEntry(change));
    else if (change.what === 'added') past.delete(key);
  }
  return [...past.values()];
}

function pastEntry(c: ConfigChange): PastEntry {
  return { section: c.section, scope: c.scope, name: c.name, kind: c.kind, text: c.before ?? '', from: c.from, to: c.to, refs: c.refs };
}
