import { z } from 'zod';
import { AnalystList, Authenticode, Component, ComponentLooks, ConfigChange, ConfigCopy, Finding, LogFile, Missing, PeFacts, Problem, Server, TraitHit, YaraMatch } from '../../shared/model/index.ts';
import type { Connection } from '../store/store.ts';
import { canonicalJson, TextsDigest } from './canonical.ts';
import { journaled, type CaseFile } from './case.ts';
import { documentSteps } from './document-steps.ts';
import { count, parsed, text } from './rows.ts';

/**
 * The facts of one PE file, kept once per content, the verdict on its signature beside the catalogs of the evidence, and the
 * traits of known families in it. `traitsAsOf` is the day of the list that it was searched for; null: it was not searched,
 * as in cases of earlier versions.
 */
export const PeDocument = z.object({
  sha256: z.string(), facts: PeFacts, authenticode: Authenticode.nullable().default(null), traits: z.array(TraitHit).default([]), traitsAsOf: z.string().nullable().default(null),
});
export type PeDocument = z.infer<typeof PeDocument>;

interface Kind<T> {
  readonly schema: z.ZodType<T, unknown>;
  /** By what one is asked for; '' where nobody asks for one. */
  readonly id: (document: T) => string;
}

function kind<T>(schema: z.ZodType<T, unknown>, id: (document: T) => string): Kind<T> {
  return { schema, id };
}

/** Each kind is a table of the same name (schema.ts). */
export const DOCUMENTS = {
  server: kind(Server, (server) => server.id),
  component: kind(Component, (component) => component.id),
  finding: kind(Finding, (finding) => finding.id),
  // Every server has its own CFGHISTORY_0000000001.
  config_copy: kind(ConfigCopy, (copy) => `${copy.server} ${copy.id}`),
  config_change: kind(ConfigChange, () => ''),
  problem: kind(Problem, (problem) => problem.id),
  missing: kind(Missing, (missing) => missing.evidencePath),
  pe: kind(PeDocument, (pe) => pe.sha256),
  log_file: kind(LogFile, (log) => log.evidencePath),
  look: kind(ComponentLooks, (look) => look.component),
  analyst_list: kind(AnalystList, (list) => list.id),
  yara_match: kind(YaraMatch, (match) => `${match.list} ${match.sha256}`),
};
export type DocumentKind = keyof typeof DOCUMENTS;
export type DocumentOf<K extends DocumentKind> = (typeof DOCUMENTS)[K] extends Kind<infer T> ? T : never;
export const DOCUMENT_KINDS = Object.keys(DOCUMENTS) as readonly DocumentKind[];

/**
 * Puts `documents` in the place of all of that kind, in this order, and records their digest in the journal: a later
 * change of any of them is found by `verifyCase`. Durable when it resolves.
 * @throws ZodError when one does not have the form of its kind: that is a mistake of ours, found before it is stored.
 */
export async function replaceDocuments<K extends DocumentKind>(caseFile: CaseFile, name: K, documents: readonly DocumentOf<K>[]): Promise<void> {
  const { schema, id } = kindOf(name);
  const digest = new TextsDigest();
  const positions: bigint[] = [];
  const ids: string[] = [];
  const texts: string[] = [];
  for (const document of documents) {
    const json = canonicalJson(schema.parse(document));
    digest.add(json);
    positions.push(BigInt(positions.length));
    ids.push(id(document));
    texts.push(json);
    // Thousands of program files take seconds; other requests are answered in between.
    if (texts.length % 32 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await journaled(caseFile, async () => {
    await caseFile.connection.run(`delete from ${name}`);
    await caseFile.connection.append(name, new Map<string, readonly (string | bigint)[]>([['position', positions], ['id', ids], ['doc', texts]]));
    return { action: `replace.${name}`, detail: canonicalJson(digest.end()) };
  });
}

/** All of a kind in the order in which they were put, or one page of them. */
export async function listDocuments<K extends DocumentKind>(
  connection: Connection, name: K, page: { limit: number; offset: number } | null = null,
): Promise<DocumentOf<K>[]> {
  const limit = page === null ? '' : ` limit ${Math.trunc(page.limit)} offset ${Math.trunc(page.offset)}`;
  const rows = await connection.all(`select id, doc from ${name} order by position${limit}`);
  return rows.map((row) => parsed(kindOf(name).schema, text(row, 'doc'), `${name} ${text(row, 'id')}`));
}

/** The first with that id, or null. */
export async function getDocument<K extends DocumentKind>(connection: Connection, name: K, id: string): Promise<DocumentOf<K> | null> {
  const [row] = await connection.all(`select doc from ${name} where id = $1 order by position limit 1`, [id]);
  return row ? parsed(kindOf(name).schema, text(row, 'doc'), `${name} ${id}`) : null;
}

export async function countDocuments(connection: Connection, name: DocumentKind): Promise<number> {
  const [row] = await connection.all(`select count(*) as n from ${name}`);
  return row ? count(row, 'n') : 0;
}

/** The digest of what is stored now, made as `replaceDocuments` makes it. */
export async function digestDocuments(connection: Connection, name: DocumentKind): Promise<string> {
  const digest = new TextsDigest();
  for await (const rows of documentSteps(connection, name, 'doc')) for (const row of rows) digest.add(text(row, 'doc'));
  return canonicalJson(digest.end());
}

/** The table above with the type of one kind: TypeScript does not see that index and value belong together. */
function kindOf<K extends DocumentKind>(name: K): Kind<DocumentOf<K>> {
  return DOCUMENTS[name] as unknown as Kind<DocumentOf<K>>;
}
