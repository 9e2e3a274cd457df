import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { logArtifact } from '../../electron/artifacts/logs.ts';
import { countedBytes, readLogBytes, type LogBytesOptions } from './log-bytes.ts';

/** What a case tells the reader beside the bytes: `options.json` in its folder. The name is that of the file. */
const Options = z.object({ zone: z.string().nullable().optional(), sites: z.array(z.tuple([z.number(), z.string()])).optional() });

/**
 * Golden logs of one format: every folder beside the test is a case with `input` and `expected.json`.
 * A new case is written down once with UPDATE_GOLDEN=1, to be read and checked by a person.
 */
export function goldenLogs(format: string, here: string): void {
  const cases = readdirSync(here, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort();

  describe(`golden logs: ${format}`, () => {
    it.each(cases)('%s', (name) => {
      const found = Object.fromEntries(inputs(here, name).map((file) => [file, summary(format, path.join(here, name), file)]));
      const expected = path.join(here, name, 'expected.json');
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(expected, `${JSON.stringify(found, null, 1)}\n`);
      expect(existsSync(expected), `${expected} is missing; make it with UPDATE_GOLDEN=1 and check it`).toBe(true);
      expect(found).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
    });

    it.each(cases)('%s: every byte is counted once, whatever the pieces', (name) => {
      for (const file of inputs(here, name)) {
        const bytes = readFileSync(path.join(here, name, 'input', file));
        const options = optionsOf(path.join(here, name), file);
        const whole = readLogBytes(format, bytes, options);
        expect(countedBytes(whole.counts)).toBe(bytes.length);
        expect(whole.state.offset).toBe(bytes.length);
        const pieces = readLogBytes(format, bytes, { ...options, chunk: 997, segments: true });
        expect({ ...pieces, rejects: 0 }).toEqual({ ...whole, rejects: 0 });
      }
    });
  });
}

function inputs(here: string, name: string): string[] {
  return readdirSync(path.join(here, name, 'input')).sort();
}

function optionsOf(folder: string, name: string): LogBytesOptions {
  const file = path.join(folder, 'options.json');
  if (!existsSync(file)) return { name };
  const { zone, sites } = Options.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { name, zone: zone ?? null, sites: sites === undefined ? null : new Map(sites) };
}

/** What a case says, in a form that a person can check by eye. */
function summary(format: string, folder: string, file: string): unknown {
  const bytes = readFileSync(path.join(folder, 'input', file));
  const { rows, counts, rejects, state } = readLogBytes(format, bytes, optionsOf(folder, file));
  return {
    sniffed: logArtifact(format)?.looksLike(bytes),
    counts,
    ...(state.dates === null ? {} : { dates: state.dates }),
    rejects: rejects.map((r) => `${r.offset}+${r.length} line ${r.line} (${r.count}) ${r.kind}: ${r.reason}`),
    rows: rows.map((r) => ({
      at: `${r.offset}+${r.length} line ${r.line}`, time: r.time, ...(r.site === null ? {} : { site: r.site }),
      fields: Object.fromEntries(r.fields.filter(([name, value]) => value !== '-' && (r.time === null || (name !== 'date' && name !== 'time')))
        .map(([name, value]) => [name, value.length > 300 ? `${value.slice(0, 20)}... ${value.length} characters` : value])),
    })),
  };
}
