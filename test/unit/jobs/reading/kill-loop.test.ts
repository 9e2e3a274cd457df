import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TriageDocument } from '../../../../shared/contract/cli/documents.ts';
import { bundleEntry } from '../../../helpers/bundle.ts';
import { everyFormat } from '../../../helpers/log-server.ts';
import { makeTree, type MadeTree } from '../../../helpers/tree.ts';

const KILLS = 10;
const here = import.meta.dirname;
const root = path.resolve(here, '../../../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-kill-'));
let child: string;
let workers: string[];
let evidence: MadeTree;

beforeAll(async () => {
  child = await bundleEntry(path.join(here, 'reading-child.ts'));
  workers = [await bundleEntry(path.join(root, 'electron/jobs/image-reader/worker.ts')), await bundleEntry(path.join(root, 'electron/jobs/spool/worker.ts'))].map((file) => pathToFileURL(file).href);
  evidence = await makeTree(everyFormat(4000));
}, 120_000);
afterAll(async () => {
  await evidence.cleanup();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer { readonly outcome: { readonly outcome: string }; readonly triage: unknown; readonly runs: { readonly history: readonly { readonly outcome: string; readonly bytes: number }[] } }

/** @returns how the process ended, and how long it ran in milliseconds */
function run(name: string, killAfter: number): Promise<{ readonly signal: string | null; readonly code: number | null; readonly took: number }> {
  const begun = performance.now();
  const args = [child, path.join(folder, `${name}.iiscase`), evidence.dir, ...workers, path.join(folder, `${name}.json`), String(killAfter)];
  return new Promise((resolve, reject) => {
    const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, IISIGHT_DATA: folder } });
    process_.on('error', reject);
    process_.on('exit', (code, signal) => resolve({ code, signal, took: performance.now() - begun }));
  });
}

function answer(name: string): Answer {
  return JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as Answer;
}

/** What the evidence says, without when and how it was read. */
function facts(name: string): unknown {
  const { logs, timeline, problems, findings, missing, partial } = TriageDocument.parse(answer(name).triage);
  return { logs, timeline, problems, findings, missing, partial };
}

describe('a reading of logs of every format that is killed again and again', () => {
  it(`kill -9 at ${KILLS} random moments: in the end no row is there twice and none is lost`, async () => {
    const whole = await run('whole', -1);
    expect(whole.code).toBe(0);
    let killed = 0;
    for (let i = 0; i < 3 * KILLS && killed < KILLS; i++) {
      const { signal } = await run('killed', Math.floor(Math.random() * whole.took));
      if (signal === 'SIGKILL') killed += 1;
      // It came to its end before: from the beginning, with a new case.
      else if (existsSync(path.join(folder, 'killed.json'))) {
        expect(facts('killed')).toEqual(facts('whole'));
        for (const file of ['killed.iiscase', 'killed.json']) rmSync(path.join(folder, file), { force: true });
      }
    }
    expect(killed).toBe(KILLS);
    expect((await run('killed', -1)).code).toBe(0);
    expect(answer('killed').outcome.outcome).toBe('done');
    expect(facts('killed')).toEqual(facts('whole'));
    const history = answer('killed').runs.history;
    expect(history.at(-1)?.outcome).toBe('finished');
    expect(answer('whole').runs.history.map((r) => r.bytes)).toEqual([TriageDocument.parse(answer('whole').triage).logs.reduce((n, l) => n + l.size, 0)]);
  }, 600_000);
});
