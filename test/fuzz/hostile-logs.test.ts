import { describe, expect, it } from 'vitest';
import { LOG_ARTIFACTS } from '../../electron/artifacts/logs.ts';
import { NO_OPTIONS, READER_START } from '../../electron/artifacts/kit/log-lines.ts';
import { LogScanner } from '../../electron/jobs/spool/scanner.ts';
import { Tally } from '../../electron/jobs/spool/tally.ts';
import { SPOOL_START } from '../../electron/timeline/spool-format.ts';
import { readLogBytes } from '../helpers/log-bytes.ts';

const MIB = 1024 * 1024;
const HEAD: Readonly<Record<string, string>> = {
  'w3c-log': '#Fields: date time cs-method cs-uri-stem sc-status\r\n',
  'ftp-log': '#Fields: date time cs-method cs-uri-stem x-session\r\n',
  'httperr-log': '#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename\r\n',
};
const ROW: Readonly<Record<string, string>> = {
  'w3c-log': '2026-03-02 14:00:01 GET / 200\r\n',
  'ftp-log': '2026-03-02 14:00:01 USER - 1\r\n',
  'httperr-log': '2026-03-02 14:00:01 203.0.113.9 51000 10.0.0.5 443 HTTP/1.1 GET / 503 1 AppOffline -\r\n',
  'iis-log': '10.0.0.9, -, 03/20/26, 7:55:20, W3SVC2, WEB1, 10.0.0.5, 4502, 163, 3223, 200, 0, GET, /a.gif, -,\r\n',
  'ncsa-log': '10.0.0.9 - - [08/Apr/2026:17:39:04 -0800] "GET /a HTTP/1.0" 200 3401\r\n',
};
/** What a line of nothing but separators, or of what a reader looks for, is made of. */
const FILLINGS = [' ', ', ', ',', ' [', ' [08/Apr/2026:17:39:04 -0800] "', '" 200 5 ', ', 03/20/26, 7:55:20, 1', ' 503 1 AppOffline', ' - - A', '"', '\u00e9', '\\', '?', '0'];

/** Counts a log that comes in pieces and never stands in memory. */
function counted(format: string, pieces: Iterable<Uint8Array>): ReturnType<Tally['counts']> {
  const artifact = LOG_ARTIFACTS.find((a) => a.id === format);
  if (artifact === undefined) throw new Error(format);
  const tally = new Tally();
  const scanner = new LogScanner(SPOOL_START, artifact.lines(NO_OPTIONS, READER_START), { useLayout: () => undefined, renameLayout: () => undefined, writeClean: () => false, writeExact: () => undefined }, tally);
  for (const piece of pieces) scanner.push(piece);
  scanner.finish();
  return tally.counts();
}

function* repeated(piece: Uint8Array, times: number, before: string, after: string): Generator<Uint8Array> {
  yield Buffer.from(before);
  for (let i = 0; i < times; i++) yield piece;
  yield Buffer.from(after);
}

describe.each(Object.keys(ROW))('hostile sizes: %s', (format) => {
  const row = ROW[format] ?? '';
  const head = HEAD[format] ?? '';

  it('a line of 200 MB is one rejected line, and the rows around it are read', () => {
    const counts = counted(format, repeated(Buffer.alloc(MIB, 'x'), 200, head + row, `\r\n${row}`));
    expect(counts).toMatchObject({ rows: 2, rejected: 1, rejectedBytes: 200 * MIB + 2, headerBytes: head.length });
  }, 60_000);

  it('100 MB of NULs are padding', () => {
    const counts = counted(format, repeated(Buffer.alloc(MIB), 100, head + row, row));
    expect(counts).toMatchObject({ rows: 2, rejected: 0, paddingBytes: 100 * MIB });
  }, 60_000);

  it('50,000 lines that begin with # are headers where the format has them, else rejected', () => {
    const block = Buffer.from('#Fields: date time a b c\r\n#Software: x\r\n'.repeat(500));
    const counts = counted(format, repeated(block, 50, '', head + row));
    expect(counts).toMatchObject({ rows: 1, rejected: head === '' ? 50_000 : 0, [head === '' ? 'rejectedBytes' : 'headerBytes']: 50 * block.length + head.length });
  });

  it('UTF-16 of either order, and lines of one separator up to the limit, are counted to the byte', () => {
    for (const order of ['le', 'be']) {
      const text = Buffer.from(`\ufeff${head}${row.repeat(2000)}`, 'utf16le');
      const { counts } = readLogBytes(format, order === 'le' ? text : Buffer.from(text).swap16(), { chunk: 9973 });
      expect(counts).toMatchObject({ rows: 2000, rejected: 0, headerBytes: 2 + 2 * head.length, rowBytes: 4000 * row.length });
    }
    for (const filling of FILLINGS) {
      const line = filling.repeat(Math.floor((MIB - row.length) / Buffer.byteLength(filling)));
      const bytes = Buffer.from(`${head}${row}${line}\r\n${row.trimEnd()}${line}\r\n${row}`);
      const { counts } = readLogBytes(format, bytes);
      expect(counts.rows, filling).toBeGreaterThanOrEqual(2);
      expect(counts.rows + counts.rejected, filling).toBeLessThanOrEqual(4);
      expect(counts.rowBytes + counts.headerBytes + counts.paddingBytes + counts.rejectedBytes, filling).toBe(bytes.length);
    }
  }, 60_000);
});
