import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../electron/store/duckdb.ts';
import { bundleEntry } from '../../helpers/bundle.ts';
import { HEADER } from './helpers.ts';

const NAMES = ['a.log', 'b.gz.log', 'c.gz.log'];

/** Two of them end in one bundle, and one goes on through several. */
const SMALL = Array.from({ length: 16 }, (_, n) => (n % 3 === 0 ? `s${n}.gz.log` : `s${n}.log`));

function writeLogs(folder: string, names: readonly string[], linesOf: (n: number) => number): void {
  for (const [n, name] of names.entries()) {
    const lines = Array.from({ length: linesOf(n) }, (_, i) => {
      if (i % 997 === 0) return `2026-03-02 14:00:00 damaged ${i}\r\n`;
      const at = new Date(Date.UTC(2026, 2, 2) + i * 250).toISOString();
      return `${at.slice(0, 10)} ${at.slice(11, 19)} www GET /p${i % 50} id=${i} 200 0 10.0.${i % 200}.1 - ua+${i % 3} - ${i} 12 t${n}\r\n`;
    });
    writeFileSync(path.join(folder, name), HEADER + lines.join(''));
  }
}

describe('an ingest that is killed again and again', () => {
  it('loses open segments only, and ends with what an undisturbed one has', async () => {
    const child = await bundleEntry(path.join(import.meta.dirname, 'ingest-child.ts'));
    const worker = pathToFileURL(await bundleEntry(path.resolve(import.meta.dirname, '../../../electron/jobs/spool/worker.ts'))).href;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-kill-'));
    writeLogs(folder, NAMES, (n) => (n === 0 ? 40_000 : 14_000));
    let kills = 0;
    // One message more or less decides whether the kill meets a load or a commit, and of which log.
    while ((await run(child, [folder, worker, String((kills % 3) + 1), ...NAMES], kills < 22 ? (kills * 7) % 5 : Number.POSITIVE_INFINITY)) === 'killed') kills += 1;
    expect(kills).toBeGreaterThanOrEqual(20);
    const killed = await told(path.join(folder, 'case.iiscase'), folder);

    const clean = mkdtempSync(path.join(os.tmpdir(), 'iisight-clean-'));
    writeLogs(clean, NAMES, (n) => (n === 0 ? 40_000 : 14_000));
    expect(await run(child, [clean, worker, '1', ...NAMES], Number.POSITIVE_INFINITY)).toBe('ended');
    expect(killed).toEqual(await told(path.join(clean, 'case.iiscase'), clean));
    rmSync(folder, { recursive: true });
    rmSync(clean, { recursive: true });
  }, 180_000);

  it('of small logs that are read together loses open bundles only', async () => {
    const child = await bundleEntry(path.join(import.meta.dirname, 'ingest-child.ts'));
    const worker = pathToFileURL(await bundleEntry(path.resolve(import.meta.dirname, '../../../electron/jobs/spool/worker.ts'))).href;
    const [folder, clean] = [mkdtempSync(path.join(os.tmpdir(), 'iisight-kill-')), mkdtempSync(path.join(os.tmpdir(), 'iisight-clean-'))];
    for (const place of [folder, clean]) writeLogs(place, SMALL, (n) => (n === 5 ? 9000 : 1500));
    let kills = 0;
    while ((await run(child, [folder, worker, '0', ...SMALL], kills < 8 ? (kills * 5) % 4 : Number.POSITIVE_INFINITY)) === 'killed') kills += 1;
    expect(kills).toBeGreaterThanOrEqual(5);
    expect(await run(child, [clean, worker, '1', ...SMALL], Number.POSITIVE_INFINITY)).toBe('ended');
    expect(await told(path.join(folder, 'case.iiscase'), folder)).toEqual(await told(path.join(clean, 'case.iiscase'), clean));
    rmSync(folder, { recursive: true });
    rmSync(clean, { recursive: true });
  }, 180_000);
});

/** Starts an ingest and kills it after so many messages more than one. */
function run(child: string, args: readonly string[], messages: number): Promise<'ended' | 'killed'> {
  return new Promise((resolve, reject) => {
    const process = fork(child, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    let seen = 0;
    process.on('message', () => {
      seen += 1;
      if (seen > messages) process.kill('SIGKILL');
    });
    process.on('error', reject);
    process.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve('ended');
      else reject(new Error(`the ingest ended with ${code ?? signal}`));
    });
  });
}

/** Rows with their texts, places where reading stands, and counts; whatever the ids. */
async function told(file: string, folder: string): Promise<unknown> {
  const store = await openStore(file, { tempDirectory: folder, allowedDirectories: [folder] });
  const connection = await store.connect();
  const text = (column: string): string => `(select value from texts where id = ${column})`;
  const answer = [
    await connection.all(
      `with texts as (select id, any_value(value) as value from log_text group by id)
       select count(*) as n, count(distinct (file_id, off)) as places,
         sum(hash(file_id, off, line, length, time, ip4, status, bytes_sent, layout, ${['host', 'method', 'uri', 'query', 'request."user"', 'ua', 'extra'].map(text).join(', ')}) % 1000000007)::VARCHAR as h from request`,
    ),
    await connection.all('select count(*) - count(distinct id) as twice from log_text'),
    await connection.all('select * from event_file order by file_id'),
    await connection.all('select * from event_reject order by all'),
    await connection.all('select * from event_layout order by all'),
  ];
  await store.close();
  return answer;
}
