import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { RequestError } from '../../shared/base/result.ts';
import { instantText, ticksFromMs } from '../../shared/time/instant.ts';
import type { Table } from '../store/ddl.ts';
import { openStore, STORAGE_VERSION, type StoreOptions } from '../store/duckdb.ts';
import type { Connection, Store } from '../store/store.ts';
import { refuseForeign, refuseOtherTables, spelled, tableColumns } from './admission.ts';
import { canonicalJson } from './canonical.ts';
import { journaled, type CaseFile } from './case.ts';
import { copyDurably, flushFolder, refuseLeftover } from './durable.ts';
import { appendJournal } from './journal.ts';
import { getMeta, setMeta } from './meta.ts';
import { stepsFrom, type Format, type Migration } from './migrations.ts';
import { refuseInside, resolvedPath } from './places.ts';
import { CASE_TABLES, createCaseTables, FORMAT, FORMAT_VERSION } from './schema.ts';

export interface CaseOptions extends StoreOptions {
  /** Name and version of this program. */
  readonly tool: string;
  /** Where evidence lies that is being read or was read; no case is made or opened inside it. */
  readonly evidenceRoots: readonly string[];
  /** Tables that other parts of the program keep in the case. */
  readonly tables?: readonly Table[];
  /** How those tables become what they are now in a case of an older format. */
  readonly migrations?: readonly Migration[];
  readonly now?: () => string;
  /** Replaced in tests only. */
  readonly format?: Format;
}

/**
 * Makes a new case file.
 * @throws RequestError when something is there already, or the place lies inside evidence; StoreError when it cannot be written.
 */
export async function createCase(file: string, options: CaseOptions): Promise<CaseFile> {
  refuseInside(file, options.evidenceRoots);
  const target = resolvedPath(file);
  if (existsSync(target)) throw new RequestError('conflict', `${file} exists already.`);
  refuseLeftover(target);
  const store = await openStore(target, options);
  return guarded(store, async (connection) => {
    const created = clock(options)();
    const id = randomUUID();
    const facts = { format: FORMAT, format_version: String(FORMAT_VERSION), storage_version: STORAGE_VERSION, created, tool: options.tool, id };
    await connection.transaction(async () => {
      await createCaseTables(connection, options.tables ?? []);
      for (const [key, value] of Object.entries(facts)) await setMeta(connection, key, value);
      await appendJournal(connection, { time: created, actor: options.tool, action: 'case.create', detail: canonicalJson(facts) });
    });
    await store.checkpoint();
    await flushFolder(path.dirname(target));
    return opened(store, connection, id, options);
  });
}

/**
 * Opens a case; an older format is brought up to date after a copy of the file was laid beside it.
 * @throws RequestError in one sentence when it is no case, of a newer format, holds what no case holds, or lies inside evidence.
 */
export async function openCase(file: string, options: CaseOptions): Promise<CaseFile> {
  refuseInside(file, options.evidenceRoots);
  const target = resolvedPath(file);
  const found = statSync(target, { throwIfNoEntry: false });
  if (!found) throw new RequestError('unavailable', `${file} does not exist.`);
  if (!found.isFile()) throw new RequestError('unavailable', `${file} is not a file.`);
  const format = options.format ?? { version: FORMAT_VERSION, migrations: options.migrations ?? [] };
  let store = await openStore(target, options);
  const version = await guarded(store, (connection) => formatVersion(connection, file, format));
  if (version < format.version) {
    // At rest, so that the copy is whole.
    await store.close();
    await copyDurably(target, `${target}.version-${version}.backup`);
    store = await openStore(target, options);
  }
  return guarded(store, async (connection) => {
    await refuseForeign(connection, file);
    const caseFile = opened(store, connection, (await getMeta(connection, 'id')) ?? '', options);
    if (version < format.version) await migrate(caseFile, version, format);
    await refuseOtherTables(connection, file, [...CASE_TABLES, ...(options.tables ?? [])]);
    return caseFile;
  });
}

/**
 * Reads `meta` only when it is a plain table, and with a statement that calls no function: so a newer format, which may
 * hold what ours never does, is told apart from a hostile file before anything else is read.
 */
async function formatVersion(connection: Connection, file: string, format: Format): Promise<number> {
  const columns = (await tableColumns(connection)).get('meta') ?? [];
  if (spelled(columns) !== 'key VARCHAR, value VARCHAR' || (await getMeta(connection, 'format')) !== FORMAT) {
    throw new RequestError('unavailable', `${file} is not an IISight case.`);
  }
  const version = Number(await getMeta(connection, 'format_version'));
  if (!Number.isSafeInteger(version) || version < 1) throw new RequestError('unavailable', `${file} is an IISight case without a readable format version.`);
  if (version > format.version) {
    throw new RequestError('unavailable', `${file} was made by a newer IISight (case format ${version}; this one reads up to ${format.version}).`);
  }
  if (stepsFrom(version, format) === null) throw new RequestError('unavailable', `${file} has the case format ${version}, which this IISight can no longer read.`);
  return version;
}

function migrate(caseFile: CaseFile, version: number, format: Format): Promise<void> {
  return journaled(caseFile, async () => {
    const steps = stepsFrom(version, format) ?? [];
    for (const step of steps) await step.run(caseFile.connection);
    await setMeta(caseFile.connection, 'format_version', String(format.version));
    return { action: 'case.migrate', detail: canonicalJson({ from: version, to: format.version, steps: steps.map((step) => step.what) }) };
  });
}

function opened(store: Store, connection: Connection, id: string, options: CaseOptions): CaseFile {
  return { path: store.path, store, connection, id, tool: options.tool, now: clock(options), close: () => store.close() };
}

/** A connection for `work`; when it fails, the store is closed and the file free again. */
async function guarded<T>(store: Store, work: (connection: Connection) => Promise<T>): Promise<T> {
  try {
    return await work(await store.connect());
  } catch (error) {
    await store.close().catch(() => undefined);
    throw error;
  }
}

function clock(options: CaseOptions): () => string {
  return options.now ?? (() => instantText(ticksFromMs(Date.now())));
}
