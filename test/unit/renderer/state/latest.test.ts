import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../../shared/base/result.ts';
import type { Client } from '../../../../shared/contract/index.ts';
import { Latest } from '../../../../renderer/state/latest.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A host whose answers are given by hand. */
function slowHost(): { client: Client; asked: string[]; answer: (result: Result<unknown>) => Promise<void> } {
  const asked: string[] = [];
  const waiting: ((result: Result<unknown>) => void)[] = [];
  const request = (_name: string, input: { filter: string }): Promise<Result<unknown>> => new Promise((resolve) => {
    asked.push(input.filter);
    waiting.push(resolve);
  });
  return {
    client: { request, on: () => () => undefined } as unknown as Client, asked,
    answer: async (result) => {
      waiting.shift()?.(result);
      await settled();
    },
  };
}
const input = (filter: string) => ({ filter, offset: 0, limit: 1 });

describe('a question of which only the latest matters', () => {
  it('is asked one at a time, and what was asked in between is dropped', async () => {
    const { client, asked, answer } = slowHost();
    const latest = new Latest(client, 'timeline.page');
    for (const filter of ['a', 'b', 'c', 'd']) latest.ask(input(filter));
    expect(asked).toEqual(['a']);
    await answer(ok('of a'));
    expect(asked).toEqual(['a', 'd']);
    expect(latest.snapshot()).toMatchObject({ value: null, loading: true });
    await answer(ok('of d'));
    expect([latest.snapshot(), asked.length]).toEqual([{ value: 'of d', failure: null, loading: false }, 2]);
  });
  it('keeps the last answer on screen until the next one, also when that one fails', async () => {
    const { client, answer } = slowHost();
    const latest = new Latest(client, 'timeline.page');
    latest.ask(input('a'));
    await answer(ok('of a'));
    latest.ask(input('b'));
    expect(latest.snapshot()).toMatchObject({ value: 'of a', loading: true });
    await answer(fail('usage', 'Unknown field.'));
    expect(latest.snapshot()).toMatchObject({ value: 'of a', failure: { message: 'Unknown field.' }, loading: false });
  });
  it('that is no more wanted is not shown when its answer comes', async () => {
    const { client, answer } = slowHost();
    const latest = new Latest(client, 'timeline.page');
    let told = 0;
    latest.subscribe(() => { told += 1; });
    latest.ask(input('a'));
    latest.ask(null);
    await answer(ok('of a'));
    expect([latest.snapshot().value, told]).toEqual([null, 2]);
  });
});
