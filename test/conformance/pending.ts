/** Cases that the engine does not conform to yet, and what it says instead. Each must still fail. */
export const PENDING: ReadonlyMap<string, string> = new Map([
  ['lock-conflict', 'effective'],
  ['include-other-root', 'not evaluable'],
  ['empty-path', 'effective'],
  ['schema-default', 'the default of the known schema is used'],
  ['schema-damaged', 'effective as expected, but without owning up to the assumption'],
]);
