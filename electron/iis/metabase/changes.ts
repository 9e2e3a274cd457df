import { attribute, type ConfigChange, type ConfigCopy, type EvidenceRef } from '../../../shared/model/index.ts';
import type { RawRegistration } from '../registration.ts';
import { keysOf, type MetabaseFile } from './keys.ts';
import { metabaseEntryName, metabaseRegistrations, SECTIONS } from './registrations.ts';

interface Known { readonly line: Pick<RawRegistration, 'path' | 'evidencePath' | 'line' | 'column' | 'sha256' | 'section' | 'scope' | 'kind'>; readonly name: string; readonly text: string }

/** What was added, removed or changed between neighbouring copies of a metabase, oldest first: registrations by list, scope and name. */
export function metabaseChanges(copies: readonly { readonly copy: ConfigCopy; readonly file: MetabaseFile }[]): ConfigChange[] {
  const changes: ConfigChange[] = [];
  let before: ReadonlyMap<string, Known> | null = null;
  let from = '';
  for (const { copy, file } of copies) {
    const now = entriesOf(file);
    if (before !== null) for (const change of compared(before, now)) changes.push({ ...change, from, to: copy.id });
    before = now;
    from = copy.id;
  }
  return changes;
}

function entriesOf(file: MetabaseFile): ReadonlyMap<string, Known> {
  const found = new Map<string, Known>();
  for (const line of metabaseRegistrations(file, { id: '' })) {
    const name = metabaseEntryName(line.section, line.attributes) ?? '';
    const key = [line.section, line.scope, name].join('\0');
    // What the server notes of a filter while it runs is no change of the configuration.
    const text = line.attributes.filter((a) => a.name !== 'FilterState').map((a) => `${a.name}="${a.value}"`).join(' ');
    if (!found.has(key)) found.set(key, { line, name, text });
  }
  for (const known of orders(file)) found.set([known.line.section, known.line.scope, known.name].join('\0'), known);
  return found;
}

/** What is loaded hangs on FilterLoadOrder as much as on the filters themselves. */
function orders(file: MetabaseFile): Known[] {
  return keysOf(file.metabase).all.flatMap((key): Known[] => {
    const order = key.keyClass === 'IIsFilters' ? attribute(key.element, 'FilterLoadOrder') : undefined;
    if (order === undefined) return [];
    const { line, column } = order;
    const place = { path: file.path, evidencePath: file.evidencePath, line, column };
    return [{
      name: '<FilterLoadOrder>', text: `Location="${key.location}" FilterLoadOrder="${order.value}"`,
      line: { ...place, section: SECTIONS.filters, scope: key.location, sha256: file.sha256, kind: 'isapi-filter' },
    }];
  });
}

type Change = Omit<ConfigChange, 'from' | 'to'>;

function* compared(before: ReadonlyMap<string, Known>, now: ReadonlyMap<string, Known>): Generator<Change> {
  for (const [key, known] of now) {
    const old = before.get(key);
    if (old === undefined) yield change('added', known, null, known.text, [known]);
    else if (old.text !== known.text) yield change('changed', known, old.text, known.text, [old, known]);
  }
  for (const [key, old] of before) if (!now.has(key)) yield change('removed', old, old.text, null, [old]);
}

function change(what: ConfigChange['what'], { line, name }: Known, before: string | null, after: string | null, places: readonly Known[]): Change {
  const refs = places.map(({ line: l }): EvidenceRef => ({ path: l.path, evidencePath: l.evidencePath, line: l.line, column: l.column, sha256: l.sha256 }));
  return { what, kind: line.kind, section: line.section, scope: line.scope, name, before, after, refs };
}
