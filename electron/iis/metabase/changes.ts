import type { ConfigChange, ConfigCopy, EvidenceRef } from '../../../shared/model/index.ts';
import type { RawRegistration } from '../registration.ts';
import type { MetabaseFile } from './keys.ts';
import { metabaseRegistrations } from './registrations.ts';

interface Known { readonly line: RawRegistration; readonly text: string }

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
    // Restrictions and in-process lists have no names of their own.
    const name = line.section === 'MetaBase/ScriptMaps' || line.section === 'MetaBase/Filters' ? (line.name ?? '') : (line.image ?? '');
    const key = [line.section, line.scope, name].join('\0');
    // What the server notes of a filter while it runs is no change of the configuration.
    const text = line.attributes.filter((a) => a.name !== 'FilterState').map((a) => `${a.name}="${a.value}"`).join(' ');
    if (!found.has(key)) found.set(key, { line, text });
  }
  return found;
}

type Change = Omit<ConfigChange, 'from' | 'to'>;

function* compared(before: ReadonlyMap<string, Known>, now: ReadonlyMap<string, Known>): Generator<Change> {
  for (const [key, { line, text }] of now) {
    const old = before.get(key);
    if (old === undefined) yield change('added', line, null, text, [line]);
    else if (old.text !== text) yield change('changed', line, old.text, text, [old.line, line]);
  }
  for (const [key, { line, text }] of before) if (!now.has(key)) yield change('removed', line, text, null, [line]);
}

function change(what: ConfigChange['what'], line: RawRegistration, before: string | null, after: string | null, lines: readonly RawRegistration[]): Change {
  const refs = lines.map((l): EvidenceRef => ({ path: l.path, evidencePath: l.evidencePath, line: l.line, column: l.column, sha256: l.sha256 }));
  return { what, kind: line.kind, section: line.section, scope: line.scope, name: line.name ?? line.image ?? '', before, after, refs };
}
