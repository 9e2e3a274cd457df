import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../shared/query/index.ts';
import { columnChoices, columnValue, fieldOf, logFieldsOf } from '../../../../renderer/views/timeline/columns.ts';
import { cellTerm } from '../../../../renderer/views/timeline/fields.ts';
import { rowsWithout } from '../../../../renderer/views/timeline/NoneReason.tsx';
import { lineText } from '../../../../renderer/views/timeline/SourceLine.tsx';
import { sparkWords } from '../../../../renderer/views/timeline/Spark.tsx';
import { noteAt } from '../../../../renderer/views/timeline/Story.tsx';
import { keepLane, termText, withField } from '../../../../renderer/views/timeline/terms.ts';
import { fakeClient } from '../../../helpers/fake-client.ts';
import { events } from '../../../helpers/fake-data.ts';

const [model] = events.filter((e) => e.source === 'iis-log');
if (model === undefined) throw new Error('no request in the data');
const forwarded = { ...model, fields: [...model.fields, { name: 'X-Forwarded-For', value: '203.0.113.9' }, { name: 'cs(Cookie)', value: '-' }] };

describe("the logs' own columns", () => {
  it('are those that the language has no field of its own for', () => {
    expect(logFieldsOf([model, forwarded, forwarded])).toEqual(['X-Forwarded-For', 'cs(Cookie)']);
    expect([fieldOf(forwarded, 'date'), fieldOf(forwarded, 'c-ip'), fieldOf({ source: 'pe' }, 'X-Odd'), fieldOf(forwarded, 'a b')]).toEqual([null, 'ip', null, null]);
  });
  it('can be added, shown and filtered by', () => {
    expect(columnChoices(['X-Forwarded-For'], ['log.X-Old', 'ip']).slice(-2).map((c) => [c.id, c.title])).toEqual([['log.X-Forwarded-For', 'X-Forwarded-For'], ['log.X-Old', 'X-Old']]);
    expect(columnValue(forwarded, 'log.x-forwarded-for')).toBe('203.0.113.9');
    expect(columnValue(forwarded, 'log.cs(Cookie)')).toBe('');
    expect(cellTerm(forwarded, 'log.X-Forwarded-For')).toEqual({ field: 'log.X-Forwarded-For', value: '203.0.113.9' });
  });
  it('make terms that the language reads', () => {
    for (const text of [termText('log.X-Forwarded-For', 'a "b" c', true), withField('status:500', 'log.cs(Cookie)', 'x=1', false), termText('log.X-Odd', '', false)]) {
      expect(parseFilter(text), text).toMatchObject({ ok: true });
    }
    const text = withField('', 'log.X-Forwarded-For', '203.0.113.9', false);
    expect(withField(text, 'log.x-forwarded-for', '203.0.113.9', false)).toBe(text);
    expect(withField(text, 'log.X-Forwarded-For', '203.0.113.9', true)).toBe(`-${text}`);
  });
  it('and lanes make terms too', () => {
    expect(keepLane('status:500', { source: 'iis-log', site: 'Default Web Site' })).toBe('status:500 source:iis-log site:"Default Web Site"');
    expect(keepLane('status:500', { source: null, site: null })).toBe('status:500');
  });
});

describe('the line of a log', () => {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  it.each([['GET /caf\u00e9 200', 'utf8'], ['GET /caf\u00e9 200', 'latin1'], ['GET /caf\u00e9 200', 'utf16le']] as const)('%s as %s', (text, encoding) => expect(lineText(hex(Buffer.from(text, encoding)))).toBe(text));
  it('in UTF-16 of the other order', () => expect(lineText(hex(Buffer.from('GET /x', 'utf16le').swap16()))).toBe('GET /x'));
  it('of no bytes is empty', () => expect(lineText('')).toBe(''));
});

describe('values over time', () => {
  it('say where the most are', () => {
    const time = (text: string | null): string => text ?? '';
    expect(sparkWords([0, 3, 1, 0], '2026-03-01T00:00:00Z', '2026-03-05T00:00:00Z', time)).toBe('in 2 of 4 parts, most 3 from 2026-03-02T00:00:00Z');
    expect(sparkWords([1], null, null, time)).toBe('in 1 of 1 parts, most 1');
  });
});

describe('the story', () => {
  it('opens at the note of the moment, else at the last one before it', () => {
    const notes = [{ about: '2026-03-01T00:00:00Z' }, { about: '2026-03-02T00:00:00Z' }, { about: null }];
    expect(['2026-02-01T00:00:00Z', '2026-03-01T12:00:00Z', '2026-03-02T00:00:00Z', '2027-01-01T00:00:00Z', null].map((t) => noteAt(notes, t))).toEqual([0, 0, 1, 1, 0]);
  });
});

describe('what empties a list', () => {
  it('is each term without which rows would pass, the smallest step first, asked for one by one', async () => {
    const host = fakeClient();
    const found = await rowsWithout(host, 'source:iis-log status:500 method:NONE');
    expect(found.map((one) => [one.term, one.rest])).toEqual([['method:NONE', 'source:iis-log status:500']]);
    expect(host.asked.map((a) => a.name)).toEqual(['timeline.page', 'timeline.page', 'timeline.page']);
    expect(await rowsWithout(host, 'method:NONE uri:/none')).toEqual([]);
  });
  it('is not looked for any more when it is not wanted any more', async () => {
    const host = fakeClient();
    expect(await rowsWithout(host, 'method:NONE', () => false)).toEqual([]);
    expect(host.asked).toEqual([]);
  });
});
