import type { Connection } from '../../../electron/store/store.ts';

const DAYS = 400;
const SITES = 8;
const PATHS = 60_000;
const QUERIES = 400_000;
const AGENTS = 5000;
const CLIENTS = 100_000;
const REFERERS = 20_000;
/** Ticks of 2026-01-01. */
const BEGIN = 17_672_256_000_000_000n;

/** First ids of the texts of each kind. */
const IDS = { method: 1, uri: 100, query: 100 + PATHS, ua: 100 + PATHS + QUERIES, referer: 100 + PATHS + QUERIES + AGENTS };

/**
 * Fills the tables of logs in SQL: eight sites, 400 days, newest first, as a reading leaves them. The same rows for the
 * same number of them.
 */
export async function fill(connection: Connection, rows: number): Promise<void> {
  const files = DAYS * SITES;
  const perFile = Math.floor(rows / files);
  const texts = (kind: number, first: number, count: number, value: string): string => `insert into log_text select ${first} + i, ${kind}, ${value} from range(0, ${count}) t(i)`;
  await connection.run(`insert into log_text values (${IDS.method}, 2, 'GET'), (${IDS.method + 1}, 2, 'POST'), (${IDS.method + 2}, 2, 'HEAD')`);
  await connection.run(texts(3, IDS.uri, PATHS, `'/section' || (i % 97) || '/page' || i || case i % 3 when 0 then '.aspx' when 1 then '.png' else '' end`));
  await connection.run(texts(4, IDS.query, QUERIES, `'id=' || i || '&session=' || md5(i::VARCHAR)`));
  await connection.run(texts(7, IDS.ua, AGENTS, `'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+Build/' || i`));
  await connection.run(texts(8, IDS.referer, REFERERS, `'https://www.example.org/from/' || i`));
  await connection.run(
    `insert into event_layout values (77, 'date' || chr(31) || 'time' || chr(31) || 'cs-method' || chr(31) || 'cs-uri-stem', 'date,clock,method,uri', '')`,
  );
  await connection.run(
    `insert into event_file (file_id, evidence_path, path, server, site, sha256, format, size, rows, rejected, row_bytes, header_bytes, padding_bytes, rejected_bytes, first, last, finished, source, zone_assumed)
     select 1000000 + f, 'logs/W3SVC' || (f % ${SITES}) || '/' || (f // ${SITES}), null, 'WEB01', 'Site ' || (f % ${SITES}), '', 'w3c', ${perFile * 220}, ${perFile}, 0, ${perFile * 220}, 0, 0, 0,
       ${BEGIN} + (${DAYS - 1} - f // ${SITES}) * 864000000000, ${BEGIN} + (${DAYS} - f // ${SITES}) * 864000000000 - 10000000, true, 0, false from range(0, ${files}) t(f)`,
  );
  // A tenth of the files at a time keeps memory flat; the hash stands for a reader's random order of values.
  for (let part = 0; part < 10; part++) {
    const from = Math.floor((files * part) / 10);
    const to = Math.floor((files * (part + 1)) / 10);
    await connection.run(
      `insert into request (file_id, off, line, length, time, source, method, uri, query, ua, referer, ip4, status, substatus, win32, bytes_sent, bytes_recv, taken, port, layout)
       select 1000000 + f, r * 220, r + 5, 220, ${BEGIN} + (${DAYS - 1} - f // ${SITES}) * 864000000000 + (r * 86400 // ${perFile}) * 10000000, 0,
         ${IDS.method} + case when h % 20 = 0 then 1 when h % 41 = 0 then 2 else 0 end,
         ${IDS.uri} + (h // 64 % ${PATHS}) * (h // 8192 % 1000) // 1000, case when h % 3 = 0 then ${IDS.query} + h // 4096 % ${QUERIES} end,
         ${IDS.ua} + h // 128 % ${AGENTS}, case when h % 2 = 0 then ${IDS.referer} + h // 256 % ${REFERERS} end, 167772160 + h // 512 % ${CLIENTS},
         case when h % 19 = 0 then 404 when h % 101 = 0 then 500 else 200 end, 0, 0, h // 1024 % 50000, h // 2048 % 2000, h // 32 % 3000, 443, 77
       from (select f, r, hash(f, r) // 4 as h from range(${from}, ${to}) t(f), range(0, ${perFile}) u(r))`,
    );
  }
}
