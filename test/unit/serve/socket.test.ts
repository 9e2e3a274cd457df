import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dial, loopback, signIn, type Line, type Loopback } from './loopback.ts';

async function open({ server }: Loopback, Cookie?: string): Promise<Line> {
  return dial(server.port, { Cookie: Cookie ?? (await signIn(server)), Origin: `http://127.0.0.1:${server.port}` });
}

describe('the contract over WebSocket', () => {
  it('passes requests to the engine and answers by id', async () => {
    const host = await loopback();
    const line = await open(host);
    line.socket.send(JSON.stringify({ id: 7, name: 'timeline.page', input: { filter: 'status:500', offset: 0, limit: 10 } }));
    const input = { filter: 'status:500', offset: 0, limit: 10 };
    expect(await line.next()).toEqual({ kind: 'result', id: 7, result: { ok: true, value: { name: 'timeline.page', input } } });
    expect(host.engine.asked).toEqual([{ name: 'timeline.page', input }]);
  });

  it('answers host requests itself, checked against the contract', async () => {
    const host = await loopback();
    const line = await open(host);
    const ask = async (name: string, input: unknown): Promise<unknown> => {
      line.socket.send(JSON.stringify({ id: 1, name, input }));
      return line.next();
    };
    expect(await ask('host.info', {})).toEqual({ kind: 'result', id: 1, result: { ok: true, value: { kind: 'loopback', version: '1.2.3', platform: process.platform } } });
    expect(await ask('host.pickFolder', { title: 'Evidence' })).toMatchObject({ result: { ok: true, value: { path: null, inPage: true } } });
    expect(await ask('host.pickFile', { title: 'Case', extensions: ['iiscase'] })).toMatchObject({ result: { value: { path: null, inPage: true } } });
    expect(await ask('host.pickSave', { title: 'Save', suggested: 'x' })).toMatchObject({ result: { value: { path: null, inPage: true } } });
    expect(await ask('host.pickFolder', { title: 5 })).toMatchObject({ result: { ok: false, failure: { kind: 'usage' } } });
    expect(await ask('host.listFolder', { path: '/nowhere/at/all' })).toMatchObject({ result: { ok: false, failure: { kind: 'unavailable', message: 'There is no folder /nowhere/at/all.' } } });
    expect(host.engine.asked).toEqual([]);
  });

  it('tells every tab of events', async () => {
    const host = await loopback();
    const Cookie = await signIn(host.server);
    const tabs = [await open(host, Cookie), await open(host, Cookie), await open(host, Cookie)];
    host.engine.tell('case.changed', { revision: 4 });
    for (const tab of tabs) expect(await tab.next()).toEqual({ kind: 'event', name: 'case.changed', payload: { revision: 4 } });
  });

  it('refuses a connection without session, with another origin, without origin or under another name', async () => {
    const { server } = await loopback();
    const Cookie = await signIn(server);
    const Origin = `http://127.0.0.1:${server.port}`;
    await expect(dial(server.port, { Origin })).rejects.toThrow('403');
    await expect(dial(server.port, { Cookie })).rejects.toThrow('403');
    await expect(dial(server.port, { Cookie, Origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(dial(server.port, { Cookie, Origin: 'null' })).rejects.toThrow('403');
    await expect(dial(server.port, { Cookie, Origin: `http://localhost:${server.port}` })).rejects.toThrow('403');
    await expect(dial(server.port, { Cookie, Origin: 'http://evil.example', Host: 'evil.example' })).rejects.toThrow('403');
  });

  const MALFORMED = ['', 'x', '[]', 'null', '1', '{}', '{"id":1}', '{"id":"1","name":"case.info"}', '{"id":1.5,"name":"case.info"}', '{"id":1,"name":7}', `{"id":1,"name":"${'x'.repeat(200)}"}`];
  it.each(MALFORMED)('closes on the malformed message %j', async (message) => {
    const host = await loopback();
    const line = await open(host);
    line.socket.send(message);
    expect(await line.closed).toBe(1007);
    expect(host.engine.asked).toEqual([]);
  });

  it('closes on binary messages and on messages that are too large', async () => {
    const host = await loopback();
    const Cookie = await signIn(host.server);
    const binary = await open(host, Cookie);
    binary.socket.send(Buffer.from('{"id":1,"name":"case.info","input":{}}'));
    expect(await binary.closed).toBe(1007);
    const large = await open(host, Cookie);
    large.socket.on('error', () => undefined);
    large.socket.send(JSON.stringify({ id: 1, name: 'case.info', input: 'x'.repeat(5 * 1024 * 1024) }));
    // The host drops the line at the frame's header; the close code may be lost with it.
    expect([1006, 1009]).toContain(await large.closed);
    expect(host.engine.asked).toEqual([]);
  });

  it('keeps serving whatever text comes in', async () => {
    const host = await loopback();
    const Cookie = await signIn(host.server);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        const line = await open(host, Cookie);
        line.socket.send(text);
        line.socket.send('{}');
        return (await line.closed) === 1007;
      }),
      { numRuns: 100 },
    );
    const line = await open(host, Cookie);
    line.socket.send('{"id":1,"name":"host.info","input":{}}');
    expect(await line.next()).toMatchObject({ result: { ok: true } });
  });
});
