import { describe, expect, it } from 'vitest';
import { suggester } from '../../../../renderer/views/timeline/suggest.ts';
import { fakeClient } from '../../../helpers/fake-client.ts';

describe('suggestions of the filter bar', () => {
  it('offers fields that begin with what is typed, and puts one in', async () => {
    const found = await suggester(fakeClient())('a -st', 5, false);
    expect(found?.options.map((o) => o.words)).toEqual(['status:']);
    expect(found?.put('status')).toEqual({ text: 'a -status:', caret: 10 });
    expect((await suggester(fakeClient())('', 0, false))?.options).toEqual([]);
    expect((await suggester(fakeClient())('', 0, true))?.options).toHaveLength(24);
    expect(await suggester(fakeClient())('uri:~"a', 7, true)).toBeNull();
  });

  it('offers the values of a field that hold what is typed, with their counts', async () => {
    const client = fakeClient();
    const found = await suggester(client)('method:p', 8, false);
    expect(client.asked.filter((a) => a.name === 'timeline.stack').map((a) => a.input)).toEqual([{ filter: 'method:*"p"*', field: 'method', limit: 20 }]);
    expect(found?.title).toBe('values of method');
    expect(found?.put('a b')).toEqual({ text: 'method:"a b"', caret: 12 });
  });

  it('asks for one thing at a time, of what came meanwhile the last, and nothing twice', async () => {
    const client = fakeClient();
    const suggest = suggester(client);
    const answers = await Promise.all(['status:', 'status:4', 'status:40'].map((text) => suggest(text, text.length, false)));
    expect(answers.map((a) => a === null)).toEqual([true, true, false]);
    const asked = (): readonly unknown[] => client.asked.filter((a) => a.name === 'timeline.stack').map((a) => a.input);
    expect(asked()).toEqual([{ filter: 'status:40*', field: 'status', limit: 20 }]);
    await suggest('x status:40', 11, false);
    expect(asked()).toHaveLength(1);
  });
});
