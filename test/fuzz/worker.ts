import { workerData } from 'node:worker_threads';
import { mutant } from './mutant.ts';
import { TARGETS } from './targets.ts';

/** What a run of `build/scripts/fuzz.mjs` is told; `at` and `slowest` are its shared memory. */
interface Order {
  readonly target: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** [0] number of the mutant in work, [1] the slowest one, [2] its milliseconds, [3] 1 once the first is begun. */
  readonly at: SharedArrayBuffer;
}

/** Checks mutant after mutant; the first that breaks a promise ends the worker with an error. Who watches sees which. */
async function run({ target: id, seed, from, to, at }: Order): Promise<void> {
  const target = TARGETS.get(id)?.();
  if (target === undefined) throw new Error(`no target ${id}`);
  const shared = new Int32Array(at);
  for (let index = from; index < to; index++) {
    Atomics.store(shared, 0, index);
    shared[3] = 1;
    const bytes = mutant(target.material, seed, index);
    const start = performance.now();
    const before = process.cpuUsage();
    await target.check(bytes, index);
    const { user, system } = process.cpuUsage(before);
    // On a busy machine the clock says too much; with the collector beside, the processor does.
    const ms = Math.round(Math.min(performance.now() - start, (user + system) / 1000));
    if (ms > (shared[2] ?? 0)) {
      shared[1] = index;
      shared[2] = ms;
    }
  }
  Atomics.store(shared, 0, to);
}

/** For saving what broke a promise. */
export function inputOf(id: string, seed: number, index: number): Uint8Array {
  const target = TARGETS.get(id)?.();
  return target === undefined ? new Uint8Array() : mutant(target.material, seed, index);
}

if (workerData !== null && typeof workerData === 'object' && 'target' in workerData) await run(workerData as Order);
