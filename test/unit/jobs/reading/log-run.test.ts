import { afterEach, describe, expect, it } from 'vitest';
import { heldLoader } from '../../../../electron/jobs/reading/logs/held-loader.ts';
import { type ListedLog, LogRun } from '../../../../electron/jobs/reading/logs/run.ts';
import type { Pivot } from '../../../../electron/jobs/reading/logs/order.ts';
import { logFiles } from '../../../../electron/timeline/log-files.ts';
import { bench, type Bench, listed, PIECE, sourceOf, standInLoader } from './stand-in.ts';

const DAY = 864_000_000_000n;
const at = (day: number): bigint => 20_000n * DAY + BigInt(day) * DAY;
const open: Bench[] = [];
afterEach(async () => {
  for (const made of open.splice(0).reverse()) await made.close();
});

/** Ten days, a log each of two segments; day 5 has six. */
const LOGS = Array.from({ length: 10 }, (_, day) => listed(`d${day}.log`, day === 5 ? 6 * PIECE : 2 * PIECE, at(day), at(day + 1) - 1n));
const TOTAL = 24 * PIECE;
const dayOf = new Map(LOGS.map(({ toRead }, day) => [toRead.fileId, day]));
const sizes = new Map(LOGS.map(({ toRead }) => [toRead.fileId, toRead.size]));

interface Ran { readonly begun: number[]; readonly segments: string[]; readonly pivots: string[] }

/** @param on called before each segment, with its day and the segment's number in the log */
function start(made: Bench, on: (day: number, piece: number) => void | Promise<void> = () => undefined, pivots: readonly Pivot[] = [], logs: readonly ListedLog[] = LOGS): { readonly ran: Ran; readonly run: LogRun; read(): Promise<void> } {
  const ran: Ran = { begun: [], segments: [], pivots: [] };
  const { context } = made;
  const loader = standInLoader(sizes, (fileId, offset) => {
    const day = dayOf.get(fileId) ?? -1;
    if (ran.begun.at(-1) !== day) ran.begun.push(day);
    ran.segments.push(`${day}.${offset / PIECE}`);
    return on(day, offset / PIECE);
  });
  const run = new LogRun(context, heldLoader(loader, context.steering, context.signal), logs, pivots, new Map());
  return { ran, run, read: () => run.read(async () => void ran.pivots.push(ran.begun.join())) };
}

async function fresh(over?: Bench): Promise<Bench> {
  const made = await bench(sourceOf({}), over);
  if (over === undefined) open.push(made);
  return made;
}

async function bytesIn(made: Bench): Promise<number> {
  return (await logFiles(made.context.connection)).reduce((n, log) => n + log.done, 0);
}

describe('one run over the logs', () => {
  it('reads the days around a pivot, tells it, then the rest from the newest on; counts what it read', async () => {
    const made = await fresh();
    const { ran, run, read } = start(made, undefined, [{ time: at(2), tier: 0 }]);
    await read();
    expect(new Set(ran.begun.slice(0, 5))).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(ran.begun.slice(5)).toEqual([9, 8, 7, 6, 5]);
    expect(ran.pivots).toEqual([ran.begun.slice(0, 5).join()]);
    expect(run.results.every((r) => r?.file.done === r?.file.size)).toBe(true);
    expect(made.context.read).toEqual({ files: 10, bytes: TOTAL });
    expect(made.context.board.jobs[0]).toMatchObject({ done: TOTAL, total: TOTAL });
  });

  it('tells nothing of pivots where there are none, or nothing beside them', async () => {
    for (const pivots of [[], Array.from({ length: 10 }, (_, d) => ({ time: at(d), tier: 0 }))]) {
      const { ran, read } = start(await fresh(), undefined, pivots);
      await read();
      expect(ran.pivots).toEqual([]);
    }
  });

  it('held: nothing more comes into the store until it goes on, and then all of it', async () => {
    const made = await fresh();
    const { steering } = made.context;
    const held: number[] = [];
    const { read } = start(made, async (day, piece) => {
      if (day !== 9 || piece !== 1) return;
      steering.pause(true);
      // The segment that was under way is not given out while it is held: the store stands still.
      queueMicrotask(async () => {
        held.push(await bytesIn(made), await bytesIn(made));
        steering.pause(false);
      });
    });
    await read();
    expect(held).toEqual([PIECE, PIECE]);
    expect(await bytesIn(made)).toBe(TOTAL);
  });

  it('a range that is asked for comes at once: the long log that is being read is left and gone on with later', async () => {
    const made = await fresh();
    const { steering } = made.context;
    const { ran, read } = start(made, (day, piece) => {
      if (day === 5 && piece === 1) steering.moveToFront({ from: at(1), to: at(1) });
    });
    await read();
    expect(ran.begun).toEqual([9, 8, 7, 6, 5, 1, 5, 4, 3, 2, 0]);
    // Left before its second segment was loaded, and read on from exactly there.
    expect(ran.segments.filter((s) => s.startsWith('5.'))).toEqual(['5.0', '5.1', '5.1', '5.2', '5.3', '5.4', '5.5']);
    expect(await bytesIn(made)).toBe(TOTAL);
  });

  it('a range with nothing left to read disturbs nobody; a short log is finished first', async () => {
    const made = await fresh();
    const { steering } = made.context;
    const { ran, read } = start(made, (day, piece) => {
      if (day === 5 && piece === 1) steering.moveToFront({ from: at(90), to: at(91) });
      if (day === 3 && piece === 0) steering.moveToFront({ from: at(0), to: at(0) });
    });
    await read();
    expect(ran.begun).toEqual([9, 8, 7, 6, 5, 4, 3, 0, 2, 1]);
    expect(ran.segments.filter((s) => s.startsWith('5.')).length).toBe(6);
  });

  it('a cancelled run leaves whole segments, also when it is held; the next one goes on where it stood', async () => {
    const first = await fresh();
    const { read, run } = start(first, (day, piece) => {
      if (day !== 7 || piece !== 1) return;
      first.context.steering.pause(true);
      first.abort.abort();
    });
    await read();
    expect(run.results.filter((r) => r !== null).length).toBe(2);
    expect(await bytesIn(first)).toBe(5 * PIECE);
    const second = await fresh(first);
    const again = start(second);
    await again.read();
    expect(again.ran.segments.slice(0, 1)).toEqual(['7.1']);
    expect(await bytesIn(second)).toBe(TOTAL);
    expect(second.context.read.files).toBe(8);
  });

  it('a failure of the store ends the run with its reason, after what was under way', async () => {
    const made = await fresh();
    const { read } = start(made, (day) => {
      if (day === 8) throw new Error('no space left');
    });
    await expect(read()).rejects.toThrow('no space left');
    expect(await bytesIn(made)).toBe(2 * PIECE);
  });
});
