import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCatalog, WantedDigests } from '../../../electron/artifacts/catalog/index.ts';

/** A case names a fixture and the damage done to it. */
const Case = z.object({
  what: z.string(), wanted: z.array(z.string()), from: z.string().optional(), text: z.string().optional(), cut: z.number().optional(),
  /** Text in UTF-16 that is put in the place of other text of the same length. */
  replace: z.object({ find: z.string(), put: z.string() }).optional(),
});

function read(folder: string): ReturnType<typeof readCatalog> {
  const recipe = Case.parse(JSON.parse(readFileSync(path.join(folder, 'case.json'), 'utf8')));
  const bytes = recipe.from === undefined ? Buffer.from(recipe.text ?? '') : readFileSync(path.join(import.meta.dirname, '../../fixtures/catalog', recipe.from));
  if (recipe.replace) bytes.write(recipe.replace.put, bytes.indexOf(Buffer.from(recipe.replace.find, 'utf16le')), 'utf16le');
  return readCatalog(bytes.subarray(0, recipe.cut ?? bytes.length), new WantedDigests(recipe.wanted));
}

const cases = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();

describe('catalog golden cases', () => {
  it('has the five kinds of input', () => {
    for (const kind of ['good', 'damaged', 'truncated', 'empty', 'wrong-type']) expect(cases.some((name) => name.startsWith(kind)), kind).toBe(true);
  });

  it.each(cases)('%s', (name) => {
    const folder = path.join(import.meta.dirname, name);
    const expected = path.join(folder, 'expected.json');
    const reading = read(folder);
    // A changed reader rewrites the expectation only when asked to; the difference is then read before it is committed.
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(expected, `${JSON.stringify(reading, null, 2)}\n`);
    expect(JSON.parse(JSON.stringify(reading))).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
  });
});
