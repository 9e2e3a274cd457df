import { describe, expect, it } from 'vitest';
import { around, narrowed, type Choice } from '../../../../renderer/ui/narrow.ts';

const choices: readonly Choice[] = Array.from({ length: 3000 }, (_, i) => ({ value: String(i), words: `Site${Math.floor(i / 6)}/app${i % 6}`, ...(i === 2999 ? { more: 'the last one', group: 'WEB02' } : {}) }));

describe('a long list of choices', () => {
  it('shows a few at once and counts the rest', () => {
    expect(narrowed(choices, '')).toMatchObject({ fit: 3000 });
    expect(narrowed(choices, '').shown).toHaveLength(60);
    expect(narrowed(choices, 'app3').fit).toBe(500);
  });
  it('is narrowed by every typed word, in words, note and group, whatever the letter case', () => {
    expect(narrowed(choices, 'SITE499/ APP4').shown.map((c) => c.value)).toEqual(['2998']);
    expect(narrowed(choices, 'web02').shown.map((c) => c.value)).toEqual(['2999']);
    expect(narrowed(choices, 'last site1')).toEqual({ shown: [], fit: 0 });
  });
  it('opens around what is chosen', () => {
    const values = (value: string | null): readonly string[] => around(choices, value).shown.map((c) => c.value);
    expect(values('1500')[5]).toBe('1500');
    expect(values('2999').at(-1)).toBe('2999');
    expect(values('2999')).toHaveLength(60);
    expect(values(null)[0]).toBe('0');
  });
});
