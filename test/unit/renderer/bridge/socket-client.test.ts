import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backOff, socketClient, type Socket } from '../../../../renderer/bridge/socket-client.ts';
import { preloadClient } from '../../../../renderer/bridge/preload-client.ts';
import { ok } from '../../../../shared/base/result.ts';

class FakeSocket implements Socket {
  readyState = 0;
  readonly sent: { id: number; name: string }[] = [];
  onopen: Socket['onopen'] = null;
  onclose: Socket['onclose'] = null;
  onmessage: Socket['onmessage'] = null;
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {}
  opens(): void {
    this.readyState = 1;
    this.onopen?.({} as Event);
  }
  breaks(): void {
    this.readyState = 3;
    this.onclose?.({} as CloseEvent);
  }
  says(message: unknown): void {
    this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) } as MessageEvent);
  }
}

const sockets: FakeSocket[] = [];
const open = (): FakeSocket => {
  const socket = new FakeSocket();
  sockets.push(socket);
  return socket;
};
const last = (): FakeSocket => sockets.at(-1) as FakeSocket;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  sockets.length = 0;
});

describe('the client over a socket', () => {
  it('sends when the socket is open and matches answers by id', async () => {
    const client = socketClient(open);
    const [a, b] = [client.request('note.list', {}), client.request('job.cancel', {})];
    expect(last().sent).toEqual([]);
    last().opens();
    const [first, second] = last().sent;
    last().says({ kind: 'result', id: second?.id, result: ok({}) });
    last().says({ kind: 'result', id: first?.id, result: ok({ notes: [] }) });
    expect(await a).toEqual(ok({ notes: [] }));
    expect(await b).toEqual(ok({}));
  });
  it('reconnects with back-off, keeps its listeners and says that it is lost', () => {
    const client = socketClient(open);
    const states: string[] = [];
    const seen: number[] = [];
    client.onConnection((s) => states.push(s));
    client.on('case.changed', ({ revision }) => seen.push(revision));
    last().opens();
    last().breaks();
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(backOff(0));
    expect(sockets).toHaveLength(2);
    last().opens();
    last().says({ kind: 'event', name: 'case.changed', payload: { revision: 7 } });
    expect(seen).toEqual([7]);
    expect(states).toEqual(['connecting', 'open', 'lost', 'open']);
  });
  it('fails what was under way when the connection broke, and sends later what was not', async () => {
    const client = socketClient(open);
    last().opens();
    const under = client.request('job.cancel', {});
    last().breaks();
    expect(await under).toMatchObject({ ok: false, failure: { kind: 'unavailable' } });
    const later = client.request('job.cancel', {});
    vi.advanceTimersByTime(backOff(0));
    last().opens();
    last().says({ kind: 'result', id: last().sent[0]?.id, result: ok({}) });
    expect(await later).toEqual(ok({}));
  });
  it('gives up on a request that cannot be sent', async () => {
    const request = socketClient(open).request('job.cancel', {});
    vi.advanceTimersByTime(20_000);
    expect(await request).toMatchObject({ ok: false, failure: { kind: 'unavailable' } });
  });
  it('refuses an answer that is not what the contract says', async () => {
    const client = socketClient(open);
    last().opens();
    const request = client.request('note.list', {});
    last().says({ kind: 'result', id: last().sent[0]?.id, result: ok({ notes: [{ id: 1 }] }) });
    expect(await request).toMatchObject({ ok: false, failure: { kind: 'bug' } });
  });
  it.each(['', 'not json', '{}', '{"kind":"other"}', '{"kind":"event","name":"case.changed","payload":{"revision":"x"}}'])('takes no notice of %j', (text) => {
    const client = socketClient(open);
    let told = 0;
    client.on('case.changed', () => { told += 1; });
    last().opens();
    last().says(text);
    expect(told).toBe(0);
  });
  it('waits longer each time, up to a limit', () => expect([0, 1, 2, 10].map(backOff)).toEqual([250, 500, 1000, 8000]));
});

describe('the client over the preload', () => {
  it('turns a rejected call into a failure', async () => {
    const client = preloadClient({ request: () => Promise.reject(new Error('gone')), on: () => () => {} });
    expect(await client.request('job.cancel', {})).toMatchObject({ ok: false, failure: { kind: 'unavailable' } });
  });
});
