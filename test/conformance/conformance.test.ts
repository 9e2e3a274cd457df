import { describe, expect, test } from 'vitest';
import { GROUPS } from './cases/index.ts';
import { differences } from './check.ts';
import { PENDING } from './pending.ts';

const all = GROUPS.flatMap(({ cases }) => cases);

describe('the suite', () => {
  test('has at least 150 cases', () => expect(all.length).toBeGreaterThanOrEqual(150));
  test('names each case once', () => {
    const ids = all.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
  test('has cases of every group', () => expect(GROUPS.filter(({ cases }) => cases.length < 3).map(({ group }) => group)).toEqual([]));
  test('gives a rule and a reference for each case', () => {
    const bare = all.filter(({ rule, reference }) => !/\w.{15}/.test(rule) || !/^https:\/\/|_schema\.xml, |^applicationHost\.config as installed/.test(reference));
    expect(bare.map(({ id }) => id)).toEqual([]);
  });
  test('asks something in each case', () => {
    const idle = all.filter((one) => !one.expect && !one.pool && !one.registered && !one.notRegistered && !one.sites && one.redirectedTo === undefined);
    expect(idle.map(({ id }) => id)).toEqual([]);
  });
  test('knows every pending case', () => expect([...PENDING.keys()].filter((id) => !all.some((one) => one.id === id))).toEqual([]));
  test('says for each assumed case what the answer must own up to, or that the engine cannot see it', () => {
    expect(all.filter(({ confidence, assumes }) => confidence === 'assumed' && assumes === undefined).map(({ id }) => id)).toEqual([]);
    expect(all.filter(({ confidence, assumes }) => confidence !== 'assumed' && assumes === null).map(({ id }) => id)).toEqual([]);
  });
});

describe.each(GROUPS.map(({ group, cases }) => [group, cases] as const))('%s', (_group, cases) => {
  test.each(cases.map((one) => [one.id, one.title, one] as const))('%s: %s', (_id, _title, one) => {
    const found = differences(one);
    // A pending case must be taken off the list as soon as the engine conforms.
    if (!PENDING.has(one.id) && found.length > 0) expect.fail(`${one.rule} (${one.confidence}: ${one.reference})\n${found.join('\n')}`);
    if (PENDING.has(one.id) && found.length === 0) expect.fail(`conforms now, so take it off the list of pending cases (it said: ${PENDING.get(one.id)})`);
  });
});
