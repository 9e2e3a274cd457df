import { createTable, quoteName } from '../store/ddl.ts';
import type { Connection } from '../store/store.ts';
import { ip4TextSql } from './address.ts';
import { TEXT_COLUMNS, TEXT_KINDS, TIMELINE_TABLES } from './schema.ts';

/** Steps by which a case of an older format gets the tables of this one; they run inside the transaction of the case. */
export const TIMELINE_MIGRATIONS = [
  { from: 1, what: 'texts of log rows are kept once; logs tell their source, their zone and what their ends say', run: keepTextsOnce },
] as const;

/** Columns of `request` that format 1 has as well, under the same name and with the same meaning. */
const SAME = ['file_id', 'off', 'line', 'length', 'time', 'status', 'substatus', 'win32', 'bytes_sent', 'bytes_recv', 'taken', 'port', 'layout'];

/**
 * Format 1 kept every text in the row, IPv4 addresses as text and number, and server and site of the file in every row.
 * Ids follow kind and text, so that the same case always becomes the same tables.
 */
async function keepTextsOnce(connection: Connection): Promise<void> {
  await connection.run('alter table request rename to request_of_format_1');
  for (const table of TIMELINE_TABLES) if (['request', 'log_text', 'event_stretch'].includes(table.name)) await connection.run(createTable(table));
  for (const column of ['source UTINYINT', 'zone VARCHAR', 'zone_assumed BOOLEAN', 'head_time BIGINT', 'tail_time BIGINT']) {
    await connection.run(`alter table event_file add column ${column}`);
  }
  await connection.run('update event_file set source = 0, zone_assumed = false, head_time = first, tail_time = last where format is not null');
  const texts = TEXT_COLUMNS.map((name) => `select ${TEXT_KINDS[name]} as kind, ${textOf(name)} as value from request_of_format_1 r left join event_file f on f.file_id = r.file_id`);
  await connection.run(
    `insert into log_text select row_number() over (order by kind, value), kind, value
     from (${texts.join(' union ')}) where value is not null order by kind, value`,
  );
  const joins = TEXT_COLUMNS.map((name) => `left join log_text t_${name} on t_${name}.kind = ${TEXT_KINDS[name]} and t_${name}.value = ${textOf(name)}`);
  await connection.run(
    `insert into request (${[...SAME, 'source', 'ip4', ...TEXT_COLUMNS].map(quoteName).join(', ')})
     select ${SAME.map((name) => `r.${quoteName(name)}`).join(', ')}, 0, case when ${DOTTED} then r.ip4 end, ${TEXT_COLUMNS.map((name) => `t_${name}.id`).join(', ')}
     from request_of_format_1 r left join event_file f on f.file_id = r.file_id ${joins.join(' ')} order by r.rowid`,
  );
  await connection.run('drop table request_of_format_1');
}

const DOTTED = `coalesce(r.ip = ${ip4TextSql('r.ip4')}, false)`;

/** What goes into the dictionary: no canonical IPv4 address, and no site that is the file's. */
function textOf(name: (typeof TEXT_COLUMNS)[number]): string {
  if (name === 'ip') return `case when not ${DOTTED} then r.ip end`;
  if (name === 'site') return 'case when r.site is distinct from f.site then r.site end';
  return `r.${quoteName(name)}`;
}
