import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { requests, type RequestName } from '../../../shared/contract/index.ts';
import { told } from '../../helpers/electron-stand-in.ts';
import { NO_CASE, runShell } from './run-shell.ts';

vi.mock('electron', () => import('../../helpers/electron-stand-in.ts'));

const NAMES = Object.keys(requests) as RequestName[];
const MESSAGES = 1000;

/** Values of every shape, with the contract's own field names mixed in so that some come close to being valid. */
const anything = fc.oneof(
  fc.anything({ maxDepth: 2, withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withSparseArray: true, withNullPrototype: true }),
  fc.dictionary(fc.constantFrom('path', 'evidence', 'filter', 'offset', 'limit', 'id', 'title', 'extensions', 'suggested', 'text', '__proto__', 'constructor', 'length'), fc.oneof(fc.string(), fc.double(), fc.constant(null), fc.array(fc.string()), fc.constant({}))),
  fc.constantFrom('x', '\0', '\u202e').map((c) => ({ path: c.repeat(4097), evidence: c.repeat(4097) })),
);
const VALUES = fc.sample(anything, { numRuns: MESSAGES * 2, seed: 7 });

describe('the channel between page and shell', () => {
  it('is one, for requests', async () => {
    await runShell();
    expect([...told.invokes.keys()]).toEqual(['iisight:request']);
  });

  it.each(NAMES)(`gives 1,000 malformed messages to %s a failure and nothing to the engine`, async (name) => {
    const { engine, invoke } = await runShell();
    const before = engine.sent.length;
    const { input } = requests[name];
    const malformed = VALUES.filter((value) => !input.safeParse(value).success).slice(0, MESSAGES);
    // Requests without fields take any object; what is left for them are the values that are none.
    const messages = Array.from({ length: MESSAGES }, (_, i) => malformed[i % malformed.length]);
    expect(malformed.length).toBeGreaterThan(0);
    for (const message of messages) {
      const result = await invoke(name, message);
      if (result.ok || result.failure.kind !== 'usage') throw new Error(`${name} took ${JSON.stringify(message)}: ${JSON.stringify(result)}`);
    }
    expect(engine.sent.length).toBe(before);
    expect(told.dialogs).toEqual([]);
  });

  it('knows no other name', async () => {
    const { engine, invoke } = await runShell();
    for (const name of ['', 'case.none', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 5, null, undefined, {}, ['case.info'], { toString: () => 'case.info' }, 'case.info\0']) {
      expect(await invoke(name, {})).toMatchObject({ ok: false, failure: { kind: 'usage' } });
    }
    expect(engine.sent).toEqual([]);
  });

  it('hears only the page itself, in the top frame of the window', async () => {
    const { engine, window, invoke } = await runShell();
    const { webContents } = window;
    const strangers: object[] = [
      { sender: webContents, senderFrame: null },
      { sender: {}, senderFrame: webContents.mainFrame },
      { sender: webContents, senderFrame: { url: 'app://iisight/' } },
      { sender: {}, senderFrame: { url: 'app://iisight/' } },
    ];
    for (const event of strangers) expect(await invoke('case.info', {}, event)).toEqual({ ok: false, failure: { kind: 'usage', message: 'This page may not ask.' } });
    for (const url of ['https://example.com/', 'app://iisight.example/', 'file:///x', 'about:blank', '']) {
      webContents.mainFrame.url = url;
      expect(await invoke('case.info', {})).toMatchObject({ ok: false, failure: { message: 'This page may not ask.' } });
    }
    webContents.mainFrame.url = 'app://iisight/#/findings';
    expect(await invoke('case.info', {})).toEqual({ ok: true, value: NO_CASE });
    expect(engine.names()).toEqual(['case.info']);
    window.destroyed = true;
    expect(await invoke('case.info', {})).toMatchObject({ ok: false });
  });

  it('passes events of the contract to the page, and only those', async () => {
    const { engine, window } = await runShell();
    engine.tell({ kind: 'event', name: 'case.changed', payload: { revision: 3 } });
    engine.tell({ kind: 'event', name: 'made.up', payload: {} });
    expect(window.webContents.sent).toEqual([['iisight:event', 'case.changed', { revision: 3 }]]);
    window.destroyed = true;
    engine.tell({ kind: 'event', name: 'case.changed', payload: { revision: 4 } });
    expect(window.webContents.sent.length).toBe(1);
  });
});
