import { createTables, type Table } from '../store/ddl.ts';
import type { Connection } from '../store/store.ts';

export const FORMAT = 'iisight-case';
/** Raised by one with every change of any table of a case; the owner of the tables then gives the step from the version before. */
export const FORMAT_VERSION = 3;

/** What was read from the evidence, as validated JSON texts. `position` is the order in which they were given. */
function documents(name: string): Table {
  return { name, columns: { position: 'BIGINT NOT NULL', id: 'VARCHAR NOT NULL', doc: 'VARCHAR NOT NULL' }, key: ['position'] };
}

/** What rules saw of each component, what the analyst brought (lists, rule folders) and found with it, and how the screens were left. */
export const SINCE_FORMAT_3: readonly Table[] = [
  documents('look'),
  documents('analyst_list'),
  documents('yara_match'),
  { name: 'arrangement', columns: { key: 'VARCHAR NOT NULL', value: 'VARCHAR NOT NULL' }, key: ['key'] },
];

/** The tables of a case besides those that other parts bring (the events). */
export const CASE_TABLES: readonly Table[] = [
  { name: 'meta', columns: { key: 'VARCHAR NOT NULL', value: 'VARCHAR NOT NULL' } },
  { name: 'journal', columns: { seq: 'BIGINT NOT NULL', time: 'VARCHAR NOT NULL', actor: 'VARCHAR NOT NULL', action: 'VARCHAR NOT NULL', detail: 'VARCHAR NOT NULL', prev: 'VARCHAR NOT NULL', hash: 'VARCHAR NOT NULL' }, key: ['seq'] },
  {
    name: 'evidence',
    columns: { id: 'VARCHAR NOT NULL', location: 'VARCHAR NOT NULL', kind: 'VARCHAR NOT NULL', layout: 'VARCHAR NOT NULL', files: 'BIGINT NOT NULL', bytes: 'BIGINT NOT NULL', server_zone: 'VARCHAR', fingerprint: 'VARCHAR NOT NULL' },
  },
  {
    name: 'evidence_file',
    columns: {
      evidence: 'VARCHAR NOT NULL', position: 'BIGINT NOT NULL', path: 'VARCHAR', evidence_path: 'VARCHAR NOT NULL', server: 'VARCHAR', size: 'BIGINT NOT NULL',
      modified: 'VARCHAR', created: 'VARCHAR', time_fidelity: 'VARCHAR NOT NULL', sha256: 'VARCHAR', artifact: 'VARCHAR',
    },
  },
  { name: 'blob', columns: { sha256: 'VARCHAR NOT NULL', size: 'BIGINT NOT NULL', bytes: 'BLOB NOT NULL' }, key: ['sha256'] },
  { name: 'excerpt', columns: { evidence_path: 'VARCHAR NOT NULL', offset: 'BIGINT NOT NULL', sha256: 'VARCHAR NOT NULL' }, key: ['evidence_path', 'offset'] },
  documents('server'),
  documents('component'),
  documents('finding'),
  documents('config_copy'),
  documents('config_change'),
  documents('problem'),
  documents('missing'),
  documents('pe'),
  documents('log_file'),
  ...SINCE_FORMAT_3,
  { name: 'note', columns: { id: 'VARCHAR NOT NULL', revision: 'BIGINT NOT NULL', doc: 'VARCHAR NOT NULL' }, key: ['id', 'revision'] },
  { name: 'decision', columns: { seq: 'BIGINT NOT NULL', finding: 'VARCHAR NOT NULL', doc: 'VARCHAR NOT NULL' }, key: ['seq'] },
  { name: 'run', columns: { id: 'VARCHAR NOT NULL', doc: 'VARCHAR NOT NULL' } },
];

export function createCaseTables(connection: Connection, more: readonly Table[]): Promise<void> {
  return createTables(connection, [...CASE_TABLES, ...more]);
}
