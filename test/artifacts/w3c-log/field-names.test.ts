import { describe, expect, it } from 'vitest';
import { eventRow } from '../../../shared/contract/cli/event-lines.ts';
import type { TimelineEvent } from '../../../shared/model/index.ts';
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

  it('may stand twice: both values are shown, the first under the name', () => {
    const fields = [['c-ip', '9.9.9.9'], ['c-ip', '8.8.8.8'], ['c-ip (2)', 'x'], ['c-ip', '7.7.7.7'], ['__proto__', 'y'], ['toString', 'z']].map(([name = '', value = '']) => ({ name, value }));
    const event = { id: 'x', time: null, timeMeaning: 'request-finished', source: 'iis-log', what: '', message: '', server: null, site: null, fields, ref: { path: null, evidencePath: 'a', sha256: '' } };
    expect(JSON.stringify(eventRow(event as unknown as TimelineEvent).fields)).toBe(
      '{"c-ip":"9.9.9.9","c-ip (2)":"8.8.8.8","c-ip (2) (2)":"x","c-ip (3)":"7.7.7.7","__proto__":"y","toString":"z"}',
    );
  });
});
