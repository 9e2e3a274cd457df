import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sniff } from '../../../electron/artifacts/w3c-log/sniff.ts';
import { readBytes } from './read-bytes.ts';

const here = import.meta.dirname;
const cases = readdirSync(here, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort();

/** What a case says, in a form that a person can check by eye. */
async function summary(file: string): Promise<unknown> {
  const bytes = readFileSync(file);
  const { rows, counts, rejects } = await readBytes(bytes);
  return {
    sniffed: sniff(bytes),
    counts,
    rejects,
    rows: rows.map((r) => ({
      at: `${r.offset}+${r.length} line ${r.line}`, time: r.time, address: r.ip4 === '' ? '' : Number(r.ip4),
      fields: Object.fromEntries(r.fields.filter(([name, value]) => value !== '-' && !['date', 'time', 's-ip', 's-port'].includes(name))
        .map(([name, value]) => [name, value.length > 300 ? `${value.slice(0, 20)}... ${value.length} characters` : value])),
    })),
  };
}

describe('golden logs', () => {
  it.each(cases)('%s', async (name) => {
    const folder = path.join(here, name);
    const files = readdirSync(path.join(folder, 'input')).sort();
    const found = Object.fromEntries(await Promise.all(files.map(async (file) => [file, await summary(path.join(folder, 'input', file))] as const)));
    const expected = path.join(folder, 'expected.json');
    if (process.env['UPDATE_GOLDEN'] === '1' || !existsSync(expected)) {
      // A new case is written down once, to be read and checked by a person; without the variable that is a failure.
      if (process.env['UPDATE_GOLDEN'] !== '1') expect.fail(`${expected} is missing; make it with UPDATE_GOLDEN=1 and check it`);
      writeFileSync(expected, `${JSON.stringify(found, null, 1)}\n`);
    }
    expect(found).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
  });

  it.each(cases)('%s: every byte is counted once, whatever the chunks and segments', async (name) => {
    for (const file of readdirSync(path.join(here, name, 'input'))) {
      const bytes = readFileSync(path.join(here, name, 'input', file));
      const whole = await readBytes(bytes);
      const { rowBytes, headerBytes, paddingBytes, rejectedBytes } = whole.counts;
      expect(rowBytes + headerBytes + paddingBytes + rejectedBytes).toBe(bytes.length);
      expect(whole.state.offset).toBe(bytes.length);
      const pieces = await readBytes(bytes, { chunk: 997, segmentBytes: 1 });
      expect(pieces.rows).toEqual(whole.rows);
      expect(pieces.counts).toEqual(whole.counts);
      expect(pieces.sha256).toBe(whole.sha256);
    }
  });
});
