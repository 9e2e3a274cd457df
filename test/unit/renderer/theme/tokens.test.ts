import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROW_HEIGHT } from '../../../../renderer/theme/names.ts';

const renderer = path.resolve(import.meta.dirname, '../../../../renderer');
const css = readFileSync(path.join(renderer, 'theme/tokens.css'), 'utf8');

/** The tokens of one block, by name. */
function tokens(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('\n}', start));
  return new Map([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));
}

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const SURFACES = ['surface-0', 'surface-1', 'surface-2'];
const TEXTS = ['text-1', 'text-2', 'text-3', 'accent', 'add', 'remove', 'warn', 'good', 'bad', 'high', 'medium', 'low', 'info'];
const PAIRS: readonly (readonly [string, string, number])[] = [
  ...TEXTS.flatMap((t) => SURFACES.map((s) => [t, s, 4.5] as const)),
  ['on-accent', 'accent', 4.5], ['text-1', 'surface-3', 4.5], ['text-1', 'selected', 4.5], ['text-2', 'selected', 4.5], ['high', 'selected', 4.5], ['medium', 'selected', 4.5], ['low', 'selected', 4.5],
  ['warn', 'tint-warn', 4.5], ['bad', 'tint-bad', 4.5], ['good', 'tint-good', 4.5], ['text-2', 'tint-warn', 4.5], ['text-2', 'tint-bad', 4.5], ['text-3', 'selected-quiet', 4.5],
  ['focus', 'surface-0', 3], ['focus', 'surface-1', 3], ['focus', 'selected', 3], ['line-strong', 'surface-0', 3], ['line-strong', 'surface-1', 3], ['line-strong', 'surface-2', 3],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`lane-${n}`, 'surface-0', 3] as const),
];

describe.each(['dark', 'light', 'contrast'])('the theme %s', (theme) => {
  const values = tokens(`:root[data-theme='${theme}']`);
  it.each(PAIRS)('shows %s on %s at %d:1 or better', (text, surface, least) => {
    expect(contrast(values.get(text) ?? '', values.get(surface) ?? '')).toBeGreaterThanOrEqual(least);
  });
});

describe('colours and sizes', () => {
  it('stand in the theme alone', () => {
    const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(css|tsx?)$/.test(f) && !f.startsWith(`theme${path.sep}`));
    // A colour function or a hexadecimal number after a colon in CSS, a string that is one in a script.
    const raw = files.filter((f) => {
      const text = readFileSync(path.join(renderer, f), 'utf8');
      return f.endsWith('.css') ? /\b(rgb|hsl|lab|lch)a?\(|:[^;{]*#[0-9a-f]{3,8}\b/i.test(text) : /['"`]#[0-9a-f]{3,8}['"`]|['"`](rgb|hsl)a?\(/i.test(text);
    });
    expect(files.length).toBeGreaterThan(60);
    expect(raw).toEqual([]);
  });
  it('has the row heights that the lists reckon with', () => {
    expect(tokens(':root').get('row')).toBe(`${ROW_HEIGHT.dense}px`);
    expect(tokens(":root[data-density='comfortable']").get('row')).toBe(`${ROW_HEIGHT.comfortable}px`);
  });
});
