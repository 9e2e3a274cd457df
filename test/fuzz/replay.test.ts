import { describe, expect, it, test } from 'vitest';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfig } from '../../electron/artifacts/iis-config/index.ts';
import { mutant } from './mutant.ts';
import { TARGETS } from './targets.ts';

test('the first attribute of a damaged start tag stands where it is written', () => {
  const text = '<a>\n  <site\u0001!name="Default" id="1" />\n</a>';
  const { document, problems } = parseConfig(new TextEncoder().encode(text));
  expect(problems.length).toBeGreaterThan(0);
  expect(document.root?.children[0]?.attributes.map((a) => [a.name, a.line, a.column])).toEqual([['name', 2, 10], ['id', 2, 25]]);
});

/** Milliseconds of new mutants for each reader; `npm run fuzz` runs for as long as somebody wants. */
const SHORT = 2500;
const LEAST = 30;

describe.each([...TARGETS])('%s', (id, make) => {
  const target = make();
  const folder = path.join(import.meta.dirname, 'inputs', id);
  const saved = existsSync(folder) ? readdirSync(folder).sort() : [];

  it.runIf(saved.length > 0)('holds on every input that once broke it', async () => {
    for (const name of saved) {
      const start = performance.now();
      // The name ends with the number that chose the variant of the check: SEED-INDEX.bin.
      await target.check(new Uint8Array(readFileSync(path.join(folder, name))), Number(/-(\d+)\.bin$/.exec(name)?.[1] ?? 0));
      expect(performance.now() - start, name).toBeLessThan(5000);
    }
  });

  it('holds on mutants of known seeds', async () => {
    expect(target.material.seeds.length).toBeGreaterThan(0);
    const end = performance.now() + SHORT;
    for (let index = 0; index < LEAST || (index < 4000 && performance.now() < end); index++) {
      const bytes = mutant(target.material, 20_260_302, index);
      try {
        await target.check(bytes, index);
      } catch (error) {
        throw new Error(`mutant ${index}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
  }, 60_000);
});
