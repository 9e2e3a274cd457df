// The programs that the reading of logs is held against, each in a process of its own: null where one is not installed,
// `refused` with what it says where it does not read these logs.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

function timed(command, args, options = {}) {
  const begun = performance.now();
  const run = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...('input' in options ? {} : { stdio: ['ignore', 'pipe', 'pipe'] }), ...options });
  if (run.error) return null;
  if (run.status !== 0) return { seconds: Number.NaN, out: '', refused: run.stderr };
  return { seconds: (performance.now() - begun) / 1000, out: run.stdout };
}

/** @param data the logs without their header lines, which the shell would take for data */
export function sqlite(data, fields, folder) {
  const file = path.join(folder, 'peer.db');
  rmSync(file, { force: true });
  const columns = fields.split(' ').map((_, i) => `c${i}`).join(',');
  const run = timed('sqlite3', [file], { input: `.mode list\n.separator " "\ncreate table t(${columns});\n${data.map((name) => `.import ${name} t\n`).join('')}` });
  if (run === null || run.refused) return run;
  const lines = Number(timed('sqlite3', [file, 'select count(*) from t'])?.out);
  rmSync(file);
  return { seconds: run.seconds, lines };
}

export function readCsv(data, fields, folder) {
  const file = path.join(folder, 'peer.duckdb');
  rmSync(file, { force: true });
  const run = timed(process.execPath, [path.join(import.meta.dirname, 'read-csv.mjs'), data.join('\n'), file, fields]);
  rmSync(file, { force: true });
  return run === null || run.refused ? run : JSON.parse(run.out);
}

/** Without its screen: it opens the logs, indexes them and counts the rows of its table. */
export function lnav(logs, folder) {
  const run = timed('lnav', ['-n', '-c', ';SELECT count(*) FROM w3c_log', ...logs], { env: { ...process.env, HOME: folder, TERM: 'dumb' } });
  return run === null || run.refused ? run : { seconds: run.seconds, lines: Number(/^\s*(\d+)\s*$/m.exec(run.out)?.[1] ?? 0) };
}

/** Fields in its words; its own W3C format is one fixed list of fields, and refuses every other. */
const GOACCESS = {
  'date': '%d', 'time': '%t', 'cs-method': '%m', 'cs-uri-stem': '%U', 'cs-uri-query': '%q', 'c-ip': '%h', 'cs(User-Agent)': '%u', 'cs(Referer)': '%R', 'sc-status': '%s',
  'sc-bytes': '%b', 'time-taken': '%L', 'cs-username': '%e', 'cs-version': '%H', 'cs-host': '%v',
};

export function goaccess(logs, fields, folder) {
  const report = path.join(folder, 'goaccess.json');
  const format = fields.split(' ').map((name) => GOACCESS[name] ?? '%^').join(' ');
  const run = timed('goaccess', [...logs, `--log-format=${format}`, '--date-format=%Y-%m-%d', '--time-format=%H:%M:%S', '--no-progress', '-o', report]);
  return run === null || run.refused ? run : { seconds: run.seconds, lines: JSON.parse(readFileSync(report, 'utf8')).general.valid_requests };
}

/** Requests by path, and those with status 404 by hour, from the bytes of the logs. */
export function mawk(logs, fields) {
  const at = (name) => fields.split(' ').indexOf(name) + 1;
  const group = timed('mawk', [`!/^#/ { n[$${at('cs-uri-stem')}]++ } END { for (k in n) print n[k], k }`, ...logs]);
  const histogram = timed('mawk', [`!/^#/ && $${at('sc-status')} == 404 { n[$1 " " substr($2, 1, 2)]++ } END { for (k in n) print n[k], k }`, ...logs]);
  return group === null || histogram === null ? null : { group: group.seconds, histogram: histogram.seconds };
}
