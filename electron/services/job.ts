import { cpus } from 'node:os';
import { listEvidence } from '../case/evidence.ts';
import { listRuns } from '../case/runs.ts';
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
      const [evidence] = await listEvidence(open.file.connection);
      const runs = await listRuns(open.file.connection);
      return {
        jobs: [...(open.reading?.jobs ?? [])],
        history: runs.map((r) => ({ started: r.started, ended: r.finished, outcome: outcome(r.state, open.reading?.running ?? false), files: evidence?.files ?? 0, bytes: evidence?.bytes ?? 0 })),
      };
    },
    'job.cancel': () => {
      workspace.cancel();
      return {};
    },
    'job.pause': () => ({}),
    'job.front': () => ({}),
    'job.resume': async ({ evidence, workers, serverZone }) => {
      await workspace.resume(evidence, { workers: workers ?? defaultWorkers(), scope: 'all', serverZone: serverZone ?? null });
      return {};
    },
    'job.wait': () => workspace.wait(),
  };
}

/** A run that never recorded its end and does not run now was cut off. */
function outcome(state: string, running: boolean): string {
  return state === 'running' && !running ? 'cut off' : state;
}
