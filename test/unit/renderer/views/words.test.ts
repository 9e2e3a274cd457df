import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../shared/query/index.ts';
import { byteSize, count } from '../../../../renderer/ui/basic.tsx';
import { citation, refWords } from '../../../../renderer/ui/source-link.tsx';
import { lanesOf } from '../../../../renderer/views/overview/Coverage.tsx';
import { originWords } from '../../../../renderer/views/overview/ServerGlance.tsx';
import { around } from '../../../../renderer/views/timeline/ContextWindow.tsx';
import { columnValue, filterField } from '../../../../renderer/views/timeline/columns.ts';
import { cellTerm, nextContext } from '../../../../renderer/views/timeline/fields.ts';
import { components, events } from '../../../helpers/fake-data.ts';
import { logs } from '../../../helpers/fake-case.ts';

describe('places in words', () => {
  const ref = { path: 'C:\\Windows\\a\u202egpj.dll', evidencePath: 'C/Windows/a.dll', sha256: '' };
  it('name the line or the offset', () => {
    expect(refWords({ ...ref, line: 312 })).toBe('a\u2039U+202E\u203agpj.dll line 312');
    expect(refWords({ ...ref, offset: 255 })).toBe('a\u2039U+202E\u203agpj.dll at 0xFF');
  });
  it('cite the file, the position and the hash, or that there is none', () => {
    expect(citation({ ...ref, line: 3, column: 9 })).toContain('line 3, column 9; SHA-256 not computed');
  });
});

describe('numbers', () => {
  it('are grouped the same everywhere', () => expect(count(4_812_113)).toBe('4\u202f812\u202f113'));
  it.each([[9999, '9\u202f999 bytes'], [45_056, '44 KB'], [8_400_000, '8.0 MB'], [26_000_000_000, '24 GB']])('%i bytes are %s', (n, text) => expect(byteSize(n)).toBe(text));
});

describe('the overview', () => {
  it('counts components by origin', () => expect(originWords(components.filter((c) => c.kind === 'native-module'))).toBe('14 (13 stock, 1 unknown)'));
  it('shows what of the logs is covered and what is unread', () => {
    const lanes = lanesOf(logs);
    expect(lanes.map((l) => [l.name, l.spans.length, l.unread])).toEqual([['Shop', 2, 200_300], ['Default Web Site', 1, 0]]);
  });
});

describe('the timeline', () => {
  const request = events.find((e) => e.source === 'iis-log');
  it('knows what a cell is filtered by', () => {
    if (request === undefined) throw new Error('no request in the data');
    expect(cellTerm(request, 'source')).toEqual({ field: 'source', value: 'iis-log' });
    expect(cellTerm(request, 'message').field).toBe('ip');
    expect(['cs-uri-stem', 'SC-STATUS', 'message', 'x-odd'].map(filterField)).toEqual(['uri', 'status', 'message', null]);
  });
  it('shows added columns and filters by them', () => {
    if (request === undefined) throw new Error('no request in the data');
    const status = columnValue(request, 'status');
    expect(status).toMatch(/^\d{3}$/);
    expect(cellTerm(request, 'status')).toEqual({ field: 'status', value: status });
    expect(columnValue({ ...request, site: null, fields: [{ name: 'cs-username', value: '-' }] }, 'user')).toBe('');
    expect(cellTerm({ ...request, site: null }, 'site')).toEqual({ field: 'site', value: '' });
  });
  it('makes a window that the filter language reads, both ends inside', () => {
    const text = around('2026-03-02T14:12:03Z', 30);
    const parsed = parseFilter(text ?? '');
    expect(parsed.ok && parsed.filter.terms[0]?.test).toEqual({ kind: 'time', from: '2026-03-02T14:11:33Z', to: '2026-03-02T14:12:33.0000001Z' });
    expect(around(null, 30)).toBeNull();
  });
  it('steps the window and closes it again', () => expect([null, 30, 300, 3600].map(nextContext)).toEqual([30, 300, 3600, null]));
});
