import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inspectPe } from '../../../electron/artifacts/pe/index.ts';
import { fixture } from '../../unit/artifacts/pe/fixtures.ts';

/** A case names a fixture component and the damage done to it, so that no second copy of a binary is needed. */
const Case = z.object({
  what: z.string(), from: z.string().optional(), text: z.string().optional(), cut: z.number().optional(),
  set: z.object({ offset: z.number(), hex: z.string() }).optional(),
});

function input(folder: string): Uint8Array {
  const recipe = Case.parse(JSON.parse(readFileSync(path.join(folder, 'case.json'), 'utf8')));
  const bytes = recipe.from === undefined ? new TextEncoder().encode(recipe.text ?? '') : fixture(recipe.from);
  if (recipe.set) bytes.set(Buffer.from(recipe.set.hex, 'hex'), recipe.set.offset);
  return bytes.subarray(0, recipe.cut ?? bytes.length);
}

const cases = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();

describe('PE golden cases', () => {
  it('has the five kinds of input', () => {
    for (const kind of ['good', 'damaged', 'truncated', 'empty', 'wrong-type']) expect(cases.some((name) => name.startsWith(kind)), kind).toBe(true);
  });

  it.each(cases)('%s', (name) => {
    const folder = path.join(import.meta.dirname, name);
    const expected = path.join(folder, 'expected.json');
    const document = inspectPe(input(folder));
    // A changed reader rewrites the expectation only when asked to; the difference is then read before it is committed.
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(expected, `${JSON.stringify(document, null, 2)}\n`);
    expect(JSON.parse(JSON.stringify(document))).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
  });
});
