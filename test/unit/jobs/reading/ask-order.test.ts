import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareMissing } from '../../../../electron/jobs/reading/ask-order.ts';
import type { Missing } from '../../../../shared/model/index.ts';

const missing = (what: string, about: Missing['about'], path = 'C:\\x'): Missing => ({ what, about, path, evidencePath: '', why: 'w', server: 's' });

it('what decides about unknown components comes first, files of Windows last', () => {
  const list = [
    missing('image (64-bit view)', 'stock'), missing('catalogs', undefined), missing('configuration', 'server'), missing('change journal', 'unknown'),
    missing('something new', 'unknown'), missing('event log', 'unknown'), missing('image (32-bit view)', 'unknown'), missing('redirected configuration', undefined),
  ];
  expect(list.sort(compareMissing).map((m) => m.what)).toEqual([
    'image (32-bit view)', 'event log', 'change journal', 'something new', 'redirected configuration', 'configuration', 'catalogs', 'image (64-bit view)',
  ]);
});

it('gives one order whatever order the list came in', () => {
  const any = fc.record({ what: fc.constantFrom('event log', 'registry', 'x'), about: fc.constantFrom('unknown' as const, 'server' as const, 'stock' as const), path: fc.constantFrom('a', 'b') }).map((m) => missing(m.what, m.about, m.path));
  fc.assert(fc.property(fc.array(any), (list) => {
    expect(list.toReversed().sort(compareMissing)).toEqual(list.toSorted(compareMissing));
  }));
});
