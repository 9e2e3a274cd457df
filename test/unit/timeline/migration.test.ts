import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCase, openCase, type CaseOptions } from '../../../electron/case/case-file.ts';
import type { Value } from '../../../electron/store/store.ts';
import { CASE_MIGRATIONS } from '../../../electron/case/case-steps.ts';
import { TIMELINE_MIGRATIONS } from '../../../electron/timeline/migration.ts';
import { TIMELINE_TABLES } from '../../../electron/timeline/schema.ts';

/** The tables of logs as format 1 had them. */
const FORMAT_1 = [
  `drop table look; drop table analyst_list; drop table yara_match; drop table arrangement`,
  `drop table request; drop table log_text; drop table event_stretch; drop table event_file`,
  `create table request (file_id BIGINT not null, off BIGINT not null, line INTEGER, length INTEGER, time BIGINT, server VARCHAR, site VARCHAR, extra VARCHAR,
     host VARCHAR, method VARCHAR, uri VARCHAR, query VARCHAR, status INTEGER, substatus INTEGER, win32 BIGINT, ip VARCHAR, ip4 BIGINT, ip6 VARCHAR, "user" VARCHAR,
     ua VARCHAR, referer VARCHAR, bytes_sent BIGINT, bytes_recv BIGINT, taken BIGINT, port INTEGER, layout BIGINT)`,
  `create table event_file (file_id BIGINT not null, evidence_path VARCHAR not null, path VARCHAR, server VARCHAR, site VARCHAR, sha256 VARCHAR not null, format VARCHAR,
     size BIGINT not null, rows BIGINT not null, rejected BIGINT not null, row_bytes BIGINT not null, header_bytes BIGINT not null, padding_bytes BIGINT not null,
     rejected_bytes BIGINT not null, first BIGINT, last BIGINT, finished BOOLEAN not null, state VARCHAR, primary key (file_id))`,
  `insert into event_file values (7, 'a.log', null, 'WEB01', 'Site', '', 'w3c', 10, 3, 0, 10, 0, 0, 0, 5, 9, true, null), (8, 'a.dll', null, 'WEB01', null, 'ab', null, 0, 0, 0, 0, 0, 0, 0, null, null, true, null)`,
];
const ROWS: readonly (readonly Value[])[] = [
  [7n, 0n, 1, 50, 5n, 'WEB01', 'Site', null, 'www', 'GET', '/a', null, 200, 0, 64n, '10.0.0.1', 167_772_161n, null, 'bob', 'ua 1', null, 1n, 2n, 3n, 443, 1n],
  [7n, 50n, 2, 50, null, 'WEB01', 'Other', 'x\u001fy', null, 'GET', '/a', '/a', 404, null, null, '::ffff:10.0.0.1', 167_772_161n, null, null, "ua ' \u{1F600}", null, null, null, null, null, 1n],
  [7n, 99n, 3, 50, 9n, 'WEB01', 'Site', null, null, null, null, null, null, null, null, '2001:db8::1', null, '20010db8000000000000000000000001', null, null, null, null, null, null, null, 1n],
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-migration-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const options = (): CaseOptions => ({ tool: 'test', evidenceRoots: [], tables: TIMELINE_TABLES, migrations: [...TIMELINE_MIGRATIONS, ...CASE_MIGRATIONS], tempDirectory: folder, allowedDirectories: [], memoryLimitMb: 256, threads: 1 });

describe('a case of format 1', () => {
  it('keeps every value and every id', async () => {
    const file = path.join(folder, 'old.iiscase');
    const old = await createCase(file, options());
    for (const statement of FORMAT_1) await old.connection.run(statement);
    for (const row of ROWS) await old.connection.run(`insert into request values (${row.map((_, i) => `$${i + 1}`).join(', ')})`, row);
    await old.connection.run(`update meta set value = '1' where key = 'format_version'`);
    await old.close();

    const now = await openCase(file, options());
    try {
      const text = (column: string): string => `(select t.kind || ':' || t.value from log_text t where t.id = r.${column}) as ${column}`;
      const rows = await now.connection.all(
        `select off, line, length, time, source, ${['host', 'method', 'uri', 'query', 'ip', '"user"', 'ua', 'referer', 'extra', 'site'].map(text).join(', ')},
           ip4, status, substatus, win32, bytes_sent, bytes_recv, taken, port, layout from request r order by off`,
      );
      expect(rows.map((row) => Object.values(row))).toEqual([
        [0n, 1, 50, 5n, 0, '1:www', '2:GET', '3:/a', null, null, '6:bob', '7:ua 1', null, null, null, 167_772_161, 200, 0, 64n, 1n, 2n, 3n, 443, 1n],
        [50n, 2, 50, null, 0, null, '2:GET', '3:/a', '4:/a', '5:::ffff:10.0.0.1', null, "7:ua ' \u{1F600}", null, '10:x\u001fy', '9:Other', null, 404, null, null, null, null, null, null, 1n],
        [99n, 3, 50, 9n, 0, null, null, null, null, '5:2001:db8::1', null, null, null, null, null, null, null, null, null, null, null, null, null, 1n],
      ]);
      expect(await now.connection.all('select count(*) as n, count(distinct id) as ids, count(distinct (kind, value)) as texts from log_text')).toEqual([{ n: 11n, ids: 11n, texts: 11n }]);
      expect(await now.connection.all('select file_id, source, zone_assumed, head_time, tail_time from event_file order by file_id')).toEqual([
        { file_id: 7n, source: 0, zone_assumed: false, head_time: 5n, tail_time: 9n }, { file_id: 8n, source: null, zone_assumed: null, head_time: null, tail_time: null },
      ]);
    } finally {
      await now.close();
    }
    // A second opening finds nothing to do and the same tables.
    await (await openCase(file, options())).close();
  });
});
