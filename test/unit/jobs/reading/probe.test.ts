import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { NO_OPTIONS, READER_START } from '../../../../electron/artifacts/kit/log-lines.ts';
import { JobBoard } from '../../../../electron/jobs/job-board.ts';
import type { ReadingContext } from '../../../../electron/jobs/reading/context.ts';
import { stretchOf } from '../../../../electron/jobs/reading/logs/stretch.ts';
import { probeLogs, type Span } from '../../../../electron/jobs/reading/logs/probe-logs.ts';
import { parseInstant } from '../../../../shared/time/instant.ts';
import { ftpDay, httperrDay, iisDay, ncsaDay, W3C_FIELDS, w3cDay } from '../../../helpers/log-server.ts';
import { siteLog, sourceOf } from './stand-in.ts';

async function probe(bytes: Uint8Array, artifact = 'w3c-log'): Promise<Span> {
  const parts: Partial<ReadingContext> = { source: sourceOf({ 'a.log': bytes }), signal: new AbortController().signal, board: new JobBoard(() => undefined) };
  const [span] = await probeLogs(parts as ReadingContext, [siteLog('a.log', bytes.length, artifact)], () => NO_OPTIONS);
  return span ?? { head: null, tail: null };
}

/** Times of all rows, as the format's reader understands them line by line from the start. */
function timesOf(bytes: Uint8Array, artifact: string): bigint[] {
  const reader = siteLog('x', 0, artifact).artifact.lines(NO_OPTIONS, READER_START);
  reader.begin(bytes.subarray(0, 64 * 1024));
  const times: bigint[] = [];
  const buffer = Buffer.from(bytes);
  for (let from = 0; from < buffer.length; ) {
    const end = buffer.indexOf(10, from);
    if (end < 0) break;
    let line = buffer.subarray(from, end);
    from = end + 1;
    while (line[0] === 0) line = line.subarray(1);
    while (line.length > 0 && (line.at(-1) === 13 || line.at(-1) === 0)) line = line.subarray(0, -1);
    if (line.length === 0) continue;
    if (reader.directives && line[0] === 35) reader.directive(line);
    else if (reader.ready) {
      const row = reader.line(line, false);
      if (row.ok && row.row.time !== null) times.push(row.row.time);
    }
  }
  return times;
}

const at = (text: string): bigint => parseInstant(text) ?? 0n;
const FORMATS: readonly (readonly [string, (date: string, rows: number) => string])[] = [['w3c-log', w3cDay], ['iis-log', iisDay], ['ncsa-log', ncsaDay], ['httperr-log', httperrDay], ['ftp-log', ftpDay]];

describe('when a log begins and ends, from its ends', () => {
  it.each(FORMATS)('%s: first and last row, of short and long files', async (artifact, write) => {
    for (const rows of [1, 3, 2000]) {
      const bytes = Buffer.from(write('2026-03-14', rows));
      const times = timesOf(bytes, artifact);
      expect(await probe(bytes, artifact)).toEqual({ head: times[0], tail: times.at(-1) });
    }
  });

  it('padding, half lines, UTF-16, other line ends, and a block in the middle', async () => {
    const day = w3cDay('2026-03-14', 2000);
    const span = { head: at('2026-03-14T00:00:00Z'), tail: at('2026-03-14T23:59:16Z') };
    expect(await probe(Buffer.from(`${day}${'\0'.repeat(40_000)}`))).toEqual(span);
    expect(await probe(Buffer.from(`${day}2026-03-15 00:00:0`))).toEqual(span);
    expect(await probe(Buffer.from(`\ufeff${day}`, 'utf16le'))).toEqual(span);
    expect(await probe(Buffer.from(`\ufeff${day}`, 'utf16le').swap16())).toEqual(span);
    expect(await probe(Buffer.from(day.replaceAll('\r\n', '\n')))).toEqual(span);
    const other = `#Fields: time date c-ip sc-status\r\n${Array.from({ length: 500 }, (_, i) => `01:00:00 2026-03-15 10.0.0.${i % 250} 200\r\n`).join('')}`;
    expect(await probe(Buffer.from(day + other))).toEqual({ head: span.head, tail: at('2026-03-15T01:00:00Z') });
  });

  it('says nothing where the ends say nothing', async () => {
    expect(await probe(new Uint8Array(0))).toEqual({ head: null, tail: null });
    expect(await probe(Buffer.from('#Fields: date time c-ip\r\n'))).toEqual({ head: null, tail: null });
    expect(await probe(Buffer.alloc(200_000))).toEqual({ head: null, tail: null });
    // The fields changed further up than the tail reaches, and no line fits those of the head.
    const day = w3cDay('2026-03-14', 100);
    const other = `#Fields: c-ip date time\r\n${'10.0.0.1 2026-03-15 01:00:00\r\n'.repeat(4000)}`;
    expect((await probe(Buffer.from(day + other))).tail).toBeNull();
  });

  it('says nothing of a line with a gap inside, nor of one that the file breaks off in', async () => {
    const [first = '', second = '', third = ''] = iisDay('2026-03-14', 3).split('\r\n');
    const gap = Buffer.from(`${first}\r\n${second}\r\n${third.slice(0, -2)}${'\0'.repeat(30)}${third.slice(-2)}\r\n`);
    expect((await probe(gap, 'iis-log')).tail).toBe(timesOf(gap, 'iis-log')[1]);
    expect(await probe(Buffer.from(`cut off\r\n${third}${'\0'.repeat(30)}`), 'iis-log')).toEqual({ head: null, tail: null });
  });

  it('never invents: whatever the damage, it is the time of a row that the whole reading has too', async () => {
    const damage = fc.array(fc.record({ where: fc.double({ min: 0, max: 1, noNaN: true }), with: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(Buffer.from('\r\n#Fields: c-ip date\r\n')), fc.constant(Buffer.alloc(30))), cut: fc.nat(300) }), { maxLength: 6 });
    await fc.assert(fc.asyncProperty(fc.constantFrom(...FORMATS), fc.integer({ min: 0, max: 900 }), damage, async ([artifact, write], rows, hits) => {
      let bytes = Buffer.from(write('2026-03-14', rows));
      for (const { where, with: put, cut } of hits) {
        const from = Math.floor(where * bytes.length);
        bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + cut)]);
      }
      const { head, tail } = await probe(bytes, artifact);
      const times = new Set(timesOf(bytes, artifact));
      if (head !== null) expect(times.has(head)).toBe(true);
      if (tail !== null && !bytes.includes('#Fields: c-ip date')) expect(times.has(tail)).toBe(true);
    }), { numRuns: 150 });
  });
});

describe('the stretch of a long log that has a range of time', () => {
  const FIVE = Array.from({ length: 5 }, (_, d) => w3cDay(`2026-03-${10 + d}`, 60_000));
  const looked = (bytes: Uint8Array): Parameters<typeof stretchOf>[0] => ({
    reader: { size: bytes.length, read: async (o, n) => bytes.subarray(o, o + n), async *stream() { /* not read */ }, close: async () => undefined },
    artifact: siteLog('x', 0).artifact, options: NO_OPTIONS, signal: new AbortController().signal,
  });

  it('holds every row of the range, little else, and the fields in force at its begin', async () => {
    const bytes = Buffer.from(FIVE.join(''));
    const range = { from: at('2026-03-12T06:00:00Z'), to: at('2026-03-12T12:00:00Z') };
    const stretch = await stretchOf(looked(bytes), range);
    if (stretch === null) throw new Error('no stretch');
    expect(stretch.from).toBeLessThan(bytes.indexOf('2026-03-12 06:00:0'));
    expect(stretch.to).toBeGreaterThan(bytes.lastIndexOf('2026-03-12 12:00:0'));
    expect(stretch.to - stretch.from).toBeLessThan(bytes.length / 4);
    expect(stretch.state).toMatchObject({ offset: stretch.from, fields: W3C_FIELDS.split(' '), day: bytes.toString('latin1', 0, stretch.from).match(/#Date: \S+/g)?.at(-1)?.slice(7), encoding: 'bytes', lineEnd: 10 });
  });

  it('uses the last block before it, and is not told where rows cannot be understood', async () => {
    const changed = FIVE.map((day, d) => (d < 2 ? day : day.replace('cs(User-Agent)', 'cs(Cookie)')));
    const stretch = await stretchOf(looked(Buffer.from(changed.join(''))), { from: at('2026-03-13T06:00:00Z'), to: at('2026-03-13T08:00:00Z') });
    expect(stretch?.state.fields).toContain('cs(Cookie)');
    const garbled = Buffer.from(FIVE.join(''));
    garbled.fill('x', 5_000_000, garbled.length - 1_000_000);
    expect(await stretchOf(looked(garbled), { from: at('2026-03-13T06:00:00Z'), to: at('2026-03-13T08:00:00Z') })).toBeNull();
    const wide = Buffer.from(`\ufeff${FIVE[0] ?? ''}`, 'utf16le');
    expect(await stretchOf(looked(wide), { from: at('2026-03-10T06:00:00Z'), to: at('2026-03-10T08:00:00Z') })).toBeNull();
  });
});
