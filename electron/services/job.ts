import { cpus } from 'node:os';
import { RequestError } from '../../shared/base/result.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import { listRuns } from '../case/runs.ts';
import type { TickRange } from '../jobs/reading/steering.ts';
import type { Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';

/** Workers that read at once where the caller does not say: more than the cores only make each other slower. */
export function defaultWorkers(): number {
  return Math.max(1, Math.min(4, cpus().length));
}

export function jobService(workspace: Workspace): HandlersOf<'job'> {
  return {
    'job.list': async () => {
      const open = workspace.current;
      if (open === null) return { jobs: [], history: [] };
      const runs = await listRuns(open.file.connection);
      return {
        jobs: [...(open.reading?.jobs ?? []), ...(open.renewal?.jobs ?? [])],
        history: runs.map((r) => ({ started: r.started, ended: r.finished, outcome: outcome(r.state, open.reading?.running ?? false), files: r.files ?? 0, bytes: r.bytes ?? 0 })),
      };
    },
    'job.cancel': () => {
      workspace.cancel();
      return {};
    },
    'job.pause': ({ paused }) => {
      workspace.pause(paused);
      return {};
    },
    'job.front': ({ range }) => {
      workspace.moveToFront(range === null ? null : ticksOf(range));
      return {};
    },
    'job.resume': async ({ evidence, workers, serverZone }) => {
      await workspace.resume(evidence, { workers: workers ?? defaultWorkers(), scope: 'all', serverZone: serverZone ?? null });
      return {};
    },
    'job.wait': () => workspace.wait(),
  };
}

/** @throws RequestError for what is no range of time */
function ticksOf({ from, to }: { readonly from: string; readonly to: string }): TickRange {
  const range = { from: parseInstant(from), to: parseInstant(to) };
  if (range.from === null || range.to === null || range.from > range.to) throw new RequestError('usage', `${from} to ${to} is no range of time (UTC, as 2026-03-02T14:00:00Z).`);
  return { from: range.from, to: range.to };
}

/** A run that never recorded its end and does not run now was cut off. */
function outcome(state: string, running: boolean): string {
  return state === 'running' && !running ? 'cut off' : state;
}
