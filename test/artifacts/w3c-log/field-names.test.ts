import { describe, expect, it } from 'vitest';
import { readBytes } from './read-bytes.ts';

const FIELDS = ['#Fields: date time a\u001fb cs-uri-stem x', '2026-03-01 00:00:06 AB /one X', '#Fields: date time a b cs-uri-stem x', '2026-03-01 00:00:07 A B /two X', ''];

describe('names of fields', () => {
  it('are one name each, whatever control characters stand in them', async () => {
    const { rows } = await readBytes(Buffer.from(FIELDS.join('\n'), 'latin1'));
    expect(rows.map((row) => row.fields)).toEqual([
      [['date', '2026-03-01'], ['time', '00:00:06'], ['a\\x1Fb', 'AB'], ['cs-uri-stem', '/one'], ['x', 'X']],
      [['date', '2026-03-01'], ['time', '00:00:07'], ['a', 'A'], ['b', 'B'], ['cs-uri-stem', '/two'], ['x', 'X']],
    ]);
  });
});
