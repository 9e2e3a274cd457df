import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { scenarios } from './build/scenario.ts';
import { RESULTS } from './results.ts';

const README = readFileSync(path.resolve(import.meta.dirname, '../../README.md'), 'utf8');
const results = readFileSync(RESULTS, 'utf8');

it('README shows the sentences of RESULTS.md (npm run eval -- --readme)', () => {
  const shown = /<!-- eval -->([\s\S]*)<!-- \/eval -->/.exec(README)?.[1] ?? '';
  const sums = [...results.matchAll(/^## (.+)\n\n(.+)$/gm)].map((m) => `| ${m[1] ?? ''} | ${m[2] ?? ''} |`);
  expect(sums.length).toBe(3);
  expect(shown.trim().split('\n').slice(2)).toEqual(sums);
});

it('there are enough scenarios, and each intrusion says what is to be found', () => {
  const all = scenarios();
  expect(all.filter((s) => s.kind === 'intrusion').length).toBeGreaterThanOrEqual(32);
  expect(all.filter((s) => s.kind === 'clean').length).toBeGreaterThanOrEqual(16);
  for (const s of all) expect([s.id, s.expected.length > 0]).toEqual([s.id, s.kind === 'intrusion']);
  expect(new Set(all.map((s) => s.title)).size).toBe(all.length);
});
