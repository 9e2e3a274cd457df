import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { utilityLauncher } from '../../../electron/shell/utility-engine.ts';
import { resetStandIn, told, type StandInChild } from '../../helpers/electron-stand-in.ts';

vi.mock('electron', () => import('../../helpers/electron-stand-in.ts'));

beforeEach(() => {
  resetStandIn('');
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

function launch(): { link: ReturnType<ReturnType<typeof utilityLauncher>['launch']>; child: StandInChild } {
  const link = utilityLauncher('/app/engine.js').launch();
  const child = told.children[0];
  if (child === undefined) throw new Error('nothing was started');
  return { link, child };
}

describe('the engine as a utility process', () => {
  it('is started from the built file, without input', () => {
    const { link, child } = launch();
    expect([child.file, child.options?.stdio, link.pid]).toEqual(['/app/engine.js', ['ignore', 'ignore', 'inherit'], 4711]);
  });

  it('carries messages both ways and tells of the end', () => {
    const { link, child } = launch();
    const heard = vi.fn();
    const ended = vi.fn();
    link.onMessage(heard);
    link.onExit(ended);
    link.send({ id: 1, name: 'case.info', input: {} });
    child.fire('message', { kind: 'result', id: 1, result: { ok: true, value: 5 } });
    child.fire('exit', 9);
    link.send({ id: 2, name: 'case.info', input: {} });
    expect(child.posted).toEqual([{ id: 1, name: 'case.info', input: {} }]);
    expect(heard.mock.calls).toEqual([[{ kind: 'result', id: 1, result: { ok: true, value: 5 } }]]);
    expect(ended.mock.calls).toEqual([[9, null]]);
  });

  it('is asked to close, and killed only when it does not', async () => {
    const { link, child } = launch();
    const stopped = link.stop();
    expect([child.posted, child.killed]).toEqual([['close'], false]);
    vi.advanceTimersByTime(20_001);
    expect(child.killed).toBe(true);
    child.fire('exit', 0);
    await stopped;
    await link.stop();
    expect(child.posted).toEqual(['close']);
  });
});
