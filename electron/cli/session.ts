import type { Client, Input, Output, RequestName } from '../../shared/contract/index.ts';
import { EngineClient } from '../../shared/contract/engine-client.ts';
import type { Failure } from '../../shared/base/result.ts';
import { forkLauncher } from '../serve/fork-engine.ts';
import { say } from './output.ts';

/** A request that the engine could not serve, on its way to an exit code. */
export class CommandFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export interface Session {
  readonly client: Client;
  /** The answer, or a CommandFailure thrown. */
  ask<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** True once the user has interrupted; reading was cancelled and what was done is kept. */
  readonly interrupted: boolean;
  /** Waits until the reading of the evidence has ended, saying how far it is on stderr. */
  waitForReading(): Promise<void>;
}

/** Runs `work` with an engine of its own, which is stopped whatever happens. */
export async function withEngine<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const client = new EngineClient(forkLauncher());
  const state = { interrupted: false, at: 0 };
  const ask: Session['ask'] = async (name, input) => {
    const result = await client.request(name, input);
    if (!result.ok) throw new CommandFailure(result.failure);
    return result.value;
  };
  const interrupt = (): void => {
    // One Ctrl-C may arrive twice: from the terminal and from the script that runs the command.
    if (state.interrupted && performance.now() - state.at < 1000) return;
    if (state.interrupted) process.exit(130);
    state.interrupted = true;
    state.at = performance.now();
    say('interrupted: keeping what was read (once more to leave at once)');
    void client.raw('job.cancel', {});
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await work({
      client, ask,
      get interrupted() {
        return state.interrupted;
      },
      waitForReading: async () => {
        const off = client.on('job.progress', progressLine());
        const outcome = await ask('job.wait', {});
        off();
        if (outcome.outcome === 'failed') throw new CommandFailure({ kind: 'unavailable', message: outcome.message });
      },
    });
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await client.stop();
  }
}

/** One line per job and per tenth of its way, so that a pipeline's log stays short. */
function progressLine(): (payload: { jobs: readonly { id: string; title: string; state: string; done: number; total: number | null }[] }) => void {
  const said = new Map<string, string>();
  return ({ jobs }) => {
    for (const job of jobs) {
      if (job.state !== 'running' && job.state !== 'done') continue;
      const tenth = job.total === null || job.total === 0 ? '' : `${Math.floor((10 * job.done) / job.total) * 10} %`;
      const line = job.state === 'done' ? `${job.title}: done` : `${job.title} ${tenth}`.trim();
      if (said.get(job.id) !== line) {
        said.set(job.id, line);
        say(line);
      }
    }
  };
}
