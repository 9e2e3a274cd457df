import { describe, expect, it } from 'vitest';
import { JobBoard } from '../../../../electron/jobs/job-board.ts';
import { Steering } from '../../../../electron/jobs/reading/steering.ts';

describe('steering a reading', () => {
  it('holds while it is paused and goes on afterwards', async () => {
    const steering = new Steering();
    const { signal } = new AbortController();
    await steering.held(signal);
    steering.pause(true);
    const order: string[] = [];
    const held = steering.held(signal).then(() => order.push('on'));
    steering.moveToFront({ from: 1n, to: 2n });
    await Promise.resolve();
    order.push('still held');
    steering.pause(false);
    await held;
    expect(order).toEqual(['still held', 'on']);
    expect(steering.front).toEqual({ from: 1n, to: 2n });
  });

  it('a paused reading can be cancelled', async () => {
    const steering = new Steering();
    const abort = new AbortController();
    steering.pause(true);
    const held = steering.held(abort.signal);
    abort.abort();
    await held;
    expect(steering.paused).toBe(true);
  });

  it('tells changes until nobody listens', () => {
    const steering = new Steering();
    let heard = 0;
    const off = steering.onChange(() => (heard += 1));
    steering.pause(true);
    steering.pause(true);
    steering.moveToFront(null);
    off();
    steering.pause(false);
    expect(heard).toBe(2);
  });
});

describe('the board of a paused reading', () => {
  it('says paused, also when work that was under way still comes in, and running again', () => {
    const told: string[] = [];
    const board = new JobBoard((jobs) => told.push(jobs.map((j) => j.state).join()));
    board.plan('logs', 'Logs', 'bytes');
    board.hold('logs', true);
    expect(board.jobs[0]?.state).toBe('waiting');
    board.progress('logs', 1, 10);
    expect(board.jobs[0]?.state).toBe('paused');
    board.progress('logs', 2, 10);
    board.hold('logs', false);
    expect(board.jobs[0]).toMatchObject({ state: 'running', done: 2 });
    board.hold('logs', true);
    board.stopAll('cancelled', 'stopped');
    expect(board.jobs[0]?.state).toBe('cancelled');
    board.hold('logs', false);
    expect(board.jobs[0]?.state).toBe('cancelled');
    expect(told.at(-1)).toBe('cancelled');
  });
});
