import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LOG_ARTIFACTS } from '../../electron/artifacts/logs.ts';
import { readBytes } from '../artifacts/w3c-log/read-bytes.ts';
import { countedBytes, readLogBytes } from '../helpers/log-bytes.ts';
import type { Material } from './mutant.ts';
import type { Target } from './targets.ts';

/** Pieces that mean something in any log: line ends, padding, what breaks UTF-8, what the store uses itself. */
const ANY = ['\r\n', '\r', '\n', ' ', '  ', '\t', '"', '-', '+', ',', ', ', '\0', '\0'.repeat(9), '\0'.repeat(700), '%', '\u001f', '\\', Buffer.from([0xff, 0xfe]), Buffer.from([0xe9]), Buffer.from([0xc3]), 'x'.repeat(2000), '::ffff:1.2.3.4', '9'.repeat(30)];
const W3C = ['#Fields: date time cs-method\r\n', '#Fields: ', '#Date: 2026-03-02 00:00:00\r\n', '2026-03-02 14:00:01 ', '9999-99-99'];
const TOKENS: Readonly<Record<string, Material['tokens']>> = {
  'w3c-log': W3C,
  'ftp-log': [...W3C, 'x-session', 'x-fullpath'],
  'iis-log': ['03/20/26, ', '13/13/26', '20.03.2026', '2026-03-20', ', 12:00:00 AM, ', '24:00:00', 'W3SVC1, ', '-,', ',,,,', '1, 2, 3, 200, 0, '],
  'ncsa-log': [' - - [', '[08/Apr/2026:17:39:04 -0800] "', '] "', '" 200 5', '" - -', 'HTTP/1.1', '+1459', '31/Feb/2026', '\\"'],
  'httperr-log': ['#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri streamid sc-status s-siteid s-reason s-queuename\r\n', '503 1 AppOffline ', '- - Timer_ConnectionIdle -', 'HTTP/?.? ', 'N/A', '?', '2026-03-02 14:00:01 '],
};

/** Every so many mutants the workers' own way is asked too: it makes files. */
const EVERY = 40;

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

function seedsOf(format: string): Uint8Array[] {
  const folder = `test/artifacts/${format}`;
  return readdirSync(folder, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => path.join(folder, e.name, 'input')).sort()
    .flatMap((input) => readdirSync(input).sort().map((name) => new Uint8Array(readFileSync(path.join(input, name))))).filter((bytes) => bytes.length <= 64_000);
}

/** A reader of one log format: whatever the bytes, each is counted once, and pieces make no difference. */
function logTarget(format: string): Target {
  return {
    id: format,
    material: { seeds: seedsOf(format), tokens: [...ANY, ...(TOKENS[format] ?? [])] },
    async check(bytes, index) {
      for (const artifact of LOG_ARTIFACTS) artifact.looksLike(bytes.subarray(0, artifact.headBytes));
      const options = index % 3 === 0 ? { zone: 'Europe/Berlin', name: 'in260320.log', sites: new Map([[1, 'Main']]) } : {};
      const whole = readLogBytes(format, bytes, options);
      must(countedBytes(whole.counts) === bytes.length, 'bytes in are not bytes told');
      must(whole.rows.length === whole.counts.rows && whole.rejects.reduce((n, r) => n + r.count, 0) === whole.counts.rejected, 'rows or rejected lines are miscounted');
      must(whole.rejects.reduce((n, r) => n + r.length, 0) === whole.counts.rejectedBytes, 'rejected bytes are miscounted');
      must(whole.rows.every((r, i) => r.offset >= (i === 0 ? 0 : (whole.rows[i - 1]?.offset ?? 0) + (whole.rows[i - 1]?.length ?? 0))), 'rows overlap');
      const parts = readLogBytes(format, bytes, { ...options, chunk: 1 + (index % 977), segments: true });
      must(JSON.stringify({ ...parts, rejects: 0 }) === JSON.stringify({ ...whole, rejects: 0 }), 'pieces make a difference');
      if (format !== 'w3c-log' || index % EVERY !== 0) return;
      // Plain lines are copied by the workers without the exact reader: both must say the same.
      const exact = readLogBytes(format, bytes);
      const spooled = await readBytes(bytes, { chunk: 1 + (index % 977), segmentBytes: 1 + (index % 331) });
      must(JSON.stringify(spooled.rows.map((r) => [r.offset, r.length, r.line, r.time, r.fields])) === JSON.stringify(exact.rows.map((r) => [r.offset, r.length, r.line, r.time, r.fields])), 'the two readers differ');
      must(JSON.stringify(spooled.counts) === JSON.stringify(exact.counts), 'the two readers count otherwise');
    },
  };
}

/** By the id of the format. */
export const LOG_TARGETS: readonly (readonly [string, () => Target])[] = Object.keys(TOKENS).map((format) => [format, () => logTarget(format)] as const);
