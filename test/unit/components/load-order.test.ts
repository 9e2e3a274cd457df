import { expect, test } from 'vitest';
import { LoadOrder } from '../../../electron/components/load-order.ts';

const by = (site: string, application: string, pool = 'P'): { site: string; application: string; pool: string } => ({ site, application, pool });

test('lists are merged in one order, each application once, equal ones that are two objects too', () => {
  const [a, b, c] = [by('Beta', '/'), by('Alpha', '/x'), by('Alpha', '/')];
  const again = by('Beta', '/');
  const other = by('Alpha', '/', 'Q');
  const order = new LoadOrder([[a, b], [c, again], [other], []]);
  expect(order.merge([[a, b], [c]])).toEqual([c, b, a]);
  expect(order.merge([[again, a], [a]])).toEqual([a]);
  expect(order.merge([[other, c]])).toEqual([c, other]);
  expect(order.merge([])).toEqual([]);
});

test('as many as an array takes at once and more', () => {
  const many = Array.from({ length: 200_000 }, (_, i) => by(`site ${i % 1000}`, `/${i}`));
  const merged = new LoadOrder([many]).merge([many, many]);
  expect(merged).toHaveLength(many.length);
  expect(merged.slice(0, 2).map((l) => l.application)).toEqual(['/0', '/1000']);
});
