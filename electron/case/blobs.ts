import { RequestError } from '../../shared/base/result.ts';
import type { Connection } from '../store/store.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import { journaled, type CaseFile } from './case.ts';
import { bytes, text } from './rows.ts';

/** The largest content that a case carries, in bytes: real configurations have a few megabytes at most. */
export const MAX_BLOB = 256 * 1024 * 1024;

/** Bytes at a place of an evidence file; `offset` is in bytes. */
export interface Excerpt {
  readonly evidencePath: string;
  readonly offset: number;
  readonly content: Uint8Array;
}

/**
 * Bytes of the evidence that the case carries along (configurations, history copies), kept once per content.
 * Durable when it resolves.
 * @returns the keys in the order given: lower-case hex SHA-256 of the bytes.
 */
export async function putBlobs(caseFile: CaseFile, contents: readonly Uint8Array[]): Promise<string[]> {
  const keys: string[] = [];
  if (contents.length === 0) return keys;
  await journaled(caseFile, async () => {
    for (const content of contents) keys.push(await insertBlob(caseFile.connection, content));
    return { action: 'blobs', detail: canonicalJson(keys) };
  });
  return keys;
}

/**
 * @returns null when the case does not carry that content.
 * @throws RequestError for more than MAX_BLOB bytes, which only a stranger's file holds: they never enter the process.
 */
export async function getBlob(connection: Connection, key: string): Promise<Uint8Array | null> {
  const [row] = await connection.all('select case when octet_length(bytes) <= $2 then bytes end as bytes from blob where sha256 = $1', [key, MAX_BLOB]);
  if (row?.['bytes'] === null) throw new RequestError('unavailable', `The case is damaged: the embedded file ${key} is larger than any that a case has.`);
  return row ? bytes(row, 'bytes') : null;
}

export async function hasBlob(connection: Connection, key: string): Promise<boolean> {
  return (await connection.all('select size from blob where sha256 = $1', [key])).length > 0;
}

/** The raw lines of cited events, so that a citation reads without the evidence. Durable when it resolves. */
export async function putExcerpts(caseFile: CaseFile, excerpts: readonly Excerpt[]): Promise<void> {
  if (excerpts.length === 0) return;
  const { connection } = caseFile;
  await journaled(caseFile, async () => {
    const details: string[] = [];
    for (const { evidencePath, offset, content } of excerpts) {
      const key = await insertBlob(connection, content);
      await connection.run('delete from excerpt where evidence_path = $1 and "offset" = $2', [evidencePath, offset]);
      await connection.run('insert into excerpt values ($1, $2, $3)', [evidencePath, offset, key]);
      details.push(excerptDetail(evidencePath, offset, key));
    }
    return { action: 'excerpts', detail: canonicalJson(details) };
  });
}

export async function getExcerpt(connection: Connection, evidencePath: string, offset: number): Promise<Uint8Array | null> {
  const [row] = await connection.all('select sha256 from excerpt where evidence_path = $1 and "offset" = $2', [evidencePath, offset]);
  return row ? getBlob(connection, text(row, 'sha256')) : null;
}

export function excerptDetail(evidencePath: string, offset: number, key: string): string {
  return canonicalJson([evidencePath, offset, key]);
}

async function insertBlob(connection: Connection, content: Uint8Array): Promise<string> {
  if (content.length > MAX_BLOB) throw new RequestError('unavailable', `A file of ${content.length} bytes is too large to be embedded in the case.`);
  const key = sha256(content);
  await connection.run('insert into blob values ($1, $2, $3) on conflict do nothing', [key, content.length, content]);
  return key;
}
