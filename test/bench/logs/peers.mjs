// The programs that the reading of logs is held against, each in a process of its own; null where one is not installed.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

function timed(command, args, options = {}) {
  const begun = performance.now();
  const run = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (run.error || run.status !== 0) return null;
  return { seconds: (performance.now() - begun) / 1000, out: run.stdout };
}

/** @param data the log without its header lines, which the shell would take for data */
export function sqlite(data, fields, folder) {
  const file = path.join(folder, 'peer.db');
  rmSync(file, { force: true });
  const columns = fields.split(' ').map((_, i) => `c${i}`).join(',');
  const run = timed('sqlite3', [file], { input: `.mode list\n.separator " "\ncreate table t(${columns});\n.import ${data} t\n` });
  if (run === null) return null;
  const lines = Number(timed('sqlite3', [file, 'select count(*) from t'])?.out);
  rmSync(file);
  return { seconds: run.seconds, lines };
}

export function readCsv(data, fields, folder) {
  const file = path.join(folder, 'peer.duckdb');
  rmSync(file, { force: true });
  const run = timed(process.execPath, [path.join(import.meta.dirname, 'read-csv.mjs'), data, file, fields]);
  rmSync(file, { force: true });
  return run === null ? null : JSON.parse(run.out);
}

/** Without its screen: it opens the log, indexes it and counts the rows of its table. */
export function lnav(log, folder) {
  const run = timed('lnav', ['-n', '-c', ';SELECT count(*) FROM w3c_log', log], { env: { ...process.env, HOME: folder, TERM: 'dumb' } });
  return run === null ? null : { seconds: run.seconds, lines: Number(/^\s*(\d+)\s*$/m.exec(run.out)?.[1] ?? 0) };
}

export function goaccess(log, folder) {
  const report = path.join(folder, 'goaccess.json');
  const run = timed('goaccess', [log, '--log-format=W3C', '--no-progress', '-o', report]);
  return run === null ? null : { seconds: run.seconds, lines: JSON.parse(readFileSync(report, 'utf8')).general.valid_requests };
}

/** Requests by path, and those with status 404 by hour, from the bytes of the log. */
export function mawk(log, fields) {
  const at = (name) => fields.split(' ').indexOf(name) + 1;
  const group = timed('mawk', [`!/^#/ { n[$${at('cs-uri-stem')}]++ } END { for (k in n) print n[k], k }`, log]);
  const histogram = timed('mawk', [`!/^#/ && $${at('sc-status')} == 404 { n[$1 " " substr($2, 1, 2)]++ } END { for (k in n) print n[k], k }`, log]);
  return group === null || histogram === null ? null : { group: group.seconds, histogram: histogram.seconds };
}
