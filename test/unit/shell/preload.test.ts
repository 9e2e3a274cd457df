import { beforeAll, describe, expect, it, vi } from 'vitest';
import { events, requests } from '../../../shared/contract/index.ts';
import { EVENT_NAMES, REQUEST_NAMES } from '../../../shared/contract/names.ts';
import { fireRenderer, told } from '../../helpers/electron-stand-in.ts';

vi.mock('electron', () => import('../../helpers/electron-stand-in.ts'));

interface Api {
  request(name: unknown, input: unknown): Promise<unknown>;
  on(name: unknown, listener: unknown): () => void;
}
let api: Api;
beforeAll(async () => {
  await import('../../../electron/preload/preload.ts');
  api = told.exposed.get('iisight') as unknown as Api;
});

describe('the preload', () => {
  it('knows exactly the names of the contract', () => {
    expect([...REQUEST_NAMES].sort()).toEqual(Object.keys(requests).sort());
    expect([...EVENT_NAMES].sort()).toEqual(Object.keys(events).sort());
  });

  it('exposes two functions under one name and nothing of Electron', () => {
    expect([...told.exposed.keys()]).toEqual(['iisight']);
    expect(Object.keys(api).sort()).toEqual(['on', 'request']);
    expect(Object.values(api).every((v) => typeof v === 'function')).toBe(true);
  });

  it('passes each request of the contract over the one channel', async () => {
    for (const name of REQUEST_NAMES) {
      told.asked.length = 0;
      await api.request(name, { a: 1 });
      expect(told.asked).toEqual([['iisight:request', name, { a: 1 }]]);
    }
  });

  it('sends nothing for any other name', async () => {
    told.asked.length = 0;
    for (const name of ['', 'made.up', '__proto__', 'constructor', 5, null, undefined, ['case.info'], { toString: () => 'case.info' }]) {
      expect(await api.request(name, {})).toMatchObject({ ok: false, failure: { kind: 'usage' } });
    }
    expect(told.asked).toEqual([]);
  });

  it('hands listeners the payload alone, until they stop', () => {
    const listener = vi.fn();
    const stop = api.on('case.changed', listener);
    fireRenderer('iisight:event', { sender: 'secret' }, 'case.changed', { revision: 1 });
    fireRenderer('iisight:event', { sender: 'secret' }, 'job.progress', { jobs: [] });
    fireRenderer('iisight:event', { sender: 'secret' }, 'made.up', {});
    expect(listener.mock.calls).toEqual([[{ revision: 1 }]]);
    stop();
    fireRenderer('iisight:event', {}, 'case.changed', { revision: 2 });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('takes no listener for another name, and none that is no function', () => {
    const listener = vi.fn();
    api.on('made.up', listener)();
    api.on('case.changed', { call: listener })();
    api.on('case.changed', null);
    expect(() => fireRenderer('iisight:event', {}, 'case.changed', {})).not.toThrow();
    expect(listener).not.toHaveBeenCalled();
  });
});
