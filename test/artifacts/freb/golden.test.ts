import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseFreb } from '../../../electron/artifacts/freb/index.ts';

const cases = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

describe('traces of requests as they should read', () => {
  test('every kind of case is here', () => {
    for (const kind of ['good', 'damaged', 'truncated', 'empty', 'wrong']) expect(cases.some((name) => name.startsWith(kind)), kind).toBe(true);
  });
  test.each(cases)('%s', (name) => {
    const folder = path.join(import.meta.dirname, name);
    const bytes = readFileSync(path.join(folder, 'input', 'fr000001.xml'));
    const { events, ...rest } = parseFreb(bytes);
    const read = JSON.parse(JSON.stringify({ ...rest, events: events.map(({ data, shown, ...e }) => ({ ...e, data: data.length, shown: shown.length })) })) as unknown;
    expect(read).toEqual(JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')));
    expect(rest.bytes.rows + rest.bytes.headers + rest.bytes.padding + rest.bytes.rejected).toBe(bytes.length);
    for (const { offset, length } of events) if (offset !== null && length !== null) {
      expect(bytes.subarray(offset, offset + length).toString(name === 'good-utf16' ? 'utf16le' : 'utf8')).toMatch(/^<Event[\s>][^]*<\/Event>$/);
    }
  });
});
