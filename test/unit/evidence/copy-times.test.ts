import { describe, expect, it } from 'vitest';
import { timesAreOfTheCopy } from '../../../electron/evidence/copy-times.ts';

const MINUTE = 600_000_000n;
const at = (minutes: readonly number[]): Parameters<typeof timesAreOfTheCopy>[0] =>
  minutes.map((m, i) => ({ evidencePath: `f${i}`, type: 'file' as const, size: 1, modified: BigInt(m) * MINUTE, created: null, problem: null }));

describe('times of the copy', () => {
  it('are those of files that were all written within minutes', () => expect(timesAreOfTheCopy(at(Array.from({ length: 40 }, (_, i) => i / 10 | 0)))).toBe(true));
  it('may have a few strangers among them', () => expect(timesAreOfTheCopy(at([...Array.from({ length: 40 }, () => 5), 900_000, 7_000_000]))).toBe(true));
  it('are not those of a server, whose files come from years', () => expect(timesAreOfTheCopy(at([...Array.from({ length: 30 }, () => 5), ...Array.from({ length: 10 }, (_, i) => i * 50_000)]))).toBe(false));
  it('are not told from a handful of files', () => expect(timesAreOfTheCopy(at([1, 1, 1, 1, 1]))).toBe(false));
});
