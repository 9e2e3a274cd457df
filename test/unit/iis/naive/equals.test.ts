import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Counts, differences, explain } from './compare.ts';
import { randomTree } from './random-tree.ts';

/** A long run: IISIGHT_NAIVE_TREES=5000, and IISIGHT_NAIVE_SEED to repeat one. */
const TREES = Number(process.env['IISIGHT_NAIVE_TREES'] ?? 400);
const SEED = process.env['IISIGHT_NAIVE_SEED'];

test(`the engine gives what the directives give one by one: ${TREES} trees`, () => {
  const counts: Counts = { effective: 0, invalid: 0, silent: 0, entries: 0 };
  fc.assert(
    fc.property(randomTree, (server) => {
      const found = differences(server, counts);
      if (found.length > 0) throw new Error(explain(server, found[0]));
    }),
    { numRuns: TREES, ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
  );
  const all = counts.effective + counts.invalid + counts.silent;
  if (TREES > 1000) console.log(JSON.stringify(counts));
  // The trees are worth something: most lists have an answer, and few are cases on which nothing is written.
  expect(counts.effective / all).toBeGreaterThan(0.4);
  expect(counts.invalid / all).toBeGreaterThan(0.05);
  expect(counts.silent / all).toBeLessThan(0.02);
}, 30_000 + TREES * 200);
