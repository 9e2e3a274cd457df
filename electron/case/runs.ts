import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Connection } from '../store/store.ts';
import { canonicalJson } from './canonical.ts';
import { journaled, type CaseFile } from './case.ts';
import { parsed, text } from './rows.ts';

/** One reading of evidence into the case. */
export const IngestRun = z.object({
  id: z.string(),
  evidence: z.string(),
  tool: z.string(),
  started: z.string(),
  /** Null while it runs, and for good when the process died. */
  finished: z.string().nullable(),
  state: z.enum(['running', 'finished', 'stopped', 'failed']),
  /** Why it stopped or failed; '' otherwise. */
  message: z.string(),
  /** Options it ran with, as text, for repeating it. */
  options: z.string(),
  /** False when it ended before it changed anything that the case holds: refused, or all was read before. */
  touched: z.boolean().optional(),
  /** Logs that this run read to their end, and the bytes of logs that it took in. */
  files: z.number().int().nonnegative().optional(),
  bytes: z.number().int().nonnegative().optional(),
});
export type IngestRun = z.infer<typeof IngestRun>;

export async function beginRun(caseFile: CaseFile, evidence: string, options: string): Promise<IngestRun> {
  const run: IngestRun = { id: randomUUID(), evidence, tool: caseFile.tool, started: caseFile.now(), finished: null, state: 'running', message: '', options, touched: false };
  await put(caseFile, run, 'run.begin');
  return run;
}

/** Recorded before the first change, so that a run that died later is known to have left the case unfinished. */
export async function touchRun(caseFile: CaseFile, run: IngestRun): Promise<IngestRun> {
  const touched: IngestRun = { ...run, touched: true };
  await put(caseFile, touched, 'run.touch');
  return touched;
}

/** The run that left the case as it is: the last one that changed it, or null. */
export function lastChange(runs: readonly IngestRun[]): IngestRun | null {
  return runs.findLast((run) => run.touched !== false) ?? null;
}

export async function endRun(caseFile: CaseFile, run: IngestRun, state: 'finished' | 'stopped' | 'failed', message = '', read: Pick<IngestRun, 'files' | 'bytes'> = {}): Promise<IngestRun> {
  const ended: IngestRun = { ...run, ...read, finished: caseFile.now(), state, message };
  await put(caseFile, ended, 'run.end');
  return ended;
}

/** Oldest first. */
export async function listRuns(connection: Connection): Promise<IngestRun[]> {
  const rows = await connection.all('select id, doc from run');
  const runs = rows.map((row) => parsed(IngestRun, text(row, 'doc'), `run ${text(row, 'id')}`));
  return runs.sort((a, b) => (a.started < b.started ? -1 : a.started > b.started ? 1 : 0));
}

async function put(caseFile: CaseFile, run: IngestRun, action: string): Promise<void> {
  const json = canonicalJson(IngestRun.parse(run));
  await journaled(caseFile, async () => {
    await caseFile.connection.run('delete from run where id = $1', [run.id]);
    await caseFile.connection.run('insert into run values ($1, $2)', [run.id, json]);
    return { action, detail: json };
  });
}
