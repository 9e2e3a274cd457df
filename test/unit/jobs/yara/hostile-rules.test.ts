import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { YaraScanner } from '../../../../electron/jobs/yara/scanner.ts';
import { bundleEntry } from '../../../helpers/bundle.ts';

let child: URL;
beforeAll(async () => {
  child = pathToFileURL(await bundleEntry(path.resolve(import.meta.dirname, '../../../../electron/jobs/yara/child.ts')));
});

let scanner: YaraScanner | null = null;
const scannerOf = (rules: readonly string[], seconds?: number, as?: 'process' | 'thread'): YaraScanner => (scanner = new YaraScanner(child, rules, seconds, as));
afterEach(() => scanner?.close());

/** Loops longer than any patience, whatever the file. */
const ENDLESS = 'rule Endless { condition: for all i in (0..2000000000) : (for all j in (0..2000000000) : (i + j >= 0)) }';

describe('rules of strangers', () => {
  it.each(['process', 'thread'] as const)('are ended when one file takes too long, and the next file is searched by another child (%s)', async (as) => {
    const slow = scannerOf([`${ENDLESS.replace('condition:', 'condition: uint8(0) == 0x61 and')}\nrule B { strings: $b = "bb" condition: $b }`], 2, as);
    expect(await slow.scan(Buffer.from('aaaa'))).toEqual({ ok: false, why: 'took longer than 2 s' });
    expect(await slow.scan(Buffer.from('xxbb'))).toMatchObject({ ok: true, value: [[{ rule: 'B', strings: [{ id: '$b', offset: 2, length: 2 }] }]] });
  });

  it('with nested repetition over 20 KB end in time or are ended', async () => {
    const answer = await scannerOf(['rule A { strings: $a = /(a+)+$/ condition: $a }'], 5).scan(Buffer.from(`${'a'.repeat(20_000)}b`));
    if (!answer.ok) expect(answer.why).toMatch(/took longer than 5 s|needs more memory/);
    else expect(answer.value.flat().length).toBeLessThanOrEqual(1);
  });

  it('that match everywhere in 2 MB are bounded in what they tell', async () => {
    const answer = await scannerOf(['rule A { strings: $a = { ?? } condition: $a }'], 60).scan(Buffer.alloc(2 << 20, 1));
    if (!answer.ok) expect(answer.why).toMatch(/took longer|needs more memory/);
    else expect(answer.value[0]?.[0]).toMatchObject({ capped: true, strings: { length: 100 } });
  });

  it('cannot read files: an include ends in an error without any of its text', async () => {
    const answer = await scannerOf([]).check('include "/etc/passwd"\nrule A { condition: true }');
    expect(answer).toMatchObject({ ok: true, value: [{ line: 1, message: expect.stringContaining('include') }] });
    expect(JSON.stringify(answer)).not.toContain('root:');
  });

  it('search large files one after the other, in children that are replaced when they have grown', async () => {
    const big = scannerOf(['rule A { strings: $a = "none of these" condition: $a }'], 60);
    const many = Buffer.alloc(60 * 1024 * 1024, 1);
    for (let i = 0; i < 3; i += 1) expect(await big.scan(many)).toMatchObject({ ok: true });
  });
});
