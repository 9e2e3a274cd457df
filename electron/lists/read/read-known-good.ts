import { z } from 'zod';
import { compareBy } from '../../../shared/base/compare.ts';
import { type Component, KnownGood } from '../../../shared/model/index.ts';
import { imagesOf } from '../images-of.ts';
import { ListProblems, MAX_INDICATORS } from '../limits.ts';

const SCHEMA = 'iisight.known-good/1';
const Text = z.string().max(4096);
const Entry = z.object({ kind: Text, name: Text.nullable(), image: Text.nullable(), type: Text.nullable(), sha256: z.string().regex(/^[0-9a-f]{64}$/).nullable() });

/** Reads a known-good list. Never throws for what is in it: entries that have another form are told and left out. */
export function readKnownGood(bytes: Uint8Array): { readonly knownGood: KnownGood[]; readonly problems: string[] } {
  const problems = new ListProblems();
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8').decode(bytes));
  } catch {
    problems.add('The file is no JSON: it ends too early or is damaged.');
    return { knownGood: [], problems: problems.list() };
  }
  const list = z.object({ schema: z.literal(SCHEMA), entries: z.array(z.unknown()) }).safeParse(value);
  if (!list.success) {
    problems.add(`The file is no known-good list: it needs "schema": "${SCHEMA}" and a list "entries"; iisight knowngood makes one.`);
    return { knownGood: [], problems: problems.list() };
  }
  const knownGood: KnownGood[] = [];
  if (list.data.entries.length > MAX_INDICATORS) problems.add(`The list has ${list.data.entries.length} entries; the first ${MAX_INDICATORS} were read.`);
  for (const [i, entry] of list.data.entries.slice(0, MAX_INDICATORS).entries()) {
    const read = Entry.safeParse(entry);
    if (read.success) knownGood.push(read.data);
    else problems.add(`Entry ${i + 1} does not have the form of one and is left out.`);
  }
  if (knownGood.length === 0) problems.add('The list has no entries: nothing is known to be good by it.');
  return { knownGood, problems: problems.list() };
}

/**
 * The registrations of a server and the hashes of their files; one entry for each file where 32-bit processes load another. What is
 * not registered, or whose file is not in the evidence, says nothing of what is good and is left out.
 */
export function knownGoodOf(components: readonly Component[]): KnownGood[] {
  const entries = new Map<string, KnownGood>();
  for (const component of components) {
    const { kind, name, type, file, file32, registrations } = component;
    if (registrations.length === 0) continue;
    for (const one of [file, file32]) {
      if (one === null) continue;
      for (const image of imagesOf(component)) {
        const entry = { kind, name, image, type, sha256: one.sha256 };
        entries.set(JSON.stringify(Object.values(entry)), entry);
      }
    }
  }
  return [...entries.values()].sort(compareBy((e) => e.kind, (e) => e.name ?? '', (e) => e.image ?? '', (e) => e.type ?? '', (e) => e.sha256 ?? ''));
}

/** The text of a list file: the same for the same entries, whenever and wherever it is made. */
export function knownGoodText(entries: readonly KnownGood[], of: { readonly name: string | null; readonly iisVersion: string | null }): string {
  return `${JSON.stringify({ schema: SCHEMA, server: of.name, iisVersion: of.iisVersion, entries: entries.map(({ kind, name, image, type, sha256 }) => ({ kind, name, image, type, sha256 })) }, null, 1)}\n`;
}
