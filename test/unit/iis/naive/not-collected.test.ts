import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { listsWithoutHost } from '../../../../electron/iis/index.ts';
import type { EffectiveList } from '../../../../shared/model/index.ts';
import { engineLists, explain, targetsOf } from './compare.ts';
import { evaluate } from './naive.ts';
import { filesOf, print } from './print.ts';
import { randomTree } from './random-tree.ts';
import { LIST_NAMES, type ListName, lower, type Tree } from './tree.ts';

const TREES = Math.ceil(Number(process.env['IISIGHT_NAIVE_TREES'] ?? 400) / 16);

const shown = ({ outcome, reason, missing, entries }: EffectiveList): string => JSON.stringify({ outcome, reason, missing, entries });

const names = ({ missing }: EffectiveList, path: string): boolean => missing.some((m) => lower(m.path ?? '') === lower(path));

/** Lists that decide whether an entry of a list is used. */
const RESTS_ON: Readonly<Record<ListName, readonly ListName[]>> = {
  modules: ['globalModules'],
  handlers: ['modules', 'globalModules', 'isapiCgiRestriction'],
  isapiFilters: ['globalModules'],
  globalModules: [],
  isapiCgiRestriction: [],
  httpModules: [],
  httpHandlers: [],
};

/** Takes one file away and holds every list of every application against what it was. */
function withoutOne(tree: Tree, path: string): void {
  const before = engineLists(tree);
  const poorer: Tree = { ...tree, notCollected: [path] };
  for (const [index, { target, lists }] of engineLists(poorer).entries()) {
    for (const list of LIST_NAMES) {
      const was = before[index]?.lists[list];
      const is = lists[list];
      const fail = (why: string): never => {
        throw new Error(`${why} without ${path}\n${explain(tree, { target, list, expected: was, got: is })}`);
      };
      const answer = evaluate(poorer, list, target);
      if (answer.outcome !== 'not-evaluable' || !answer.missing.some((m) => lower(m) === lower(path))) {
        // Entries that rest on a list which is open, as handlers do on modules, leave their own list open.
        const open = RESTS_ON[list].some((other) => lists[other].outcome === 'not-evaluable');
        if (open && is.outcome === 'not-evaluable' && names(is, path)) continue;
        if (was && shown(is) !== shown(was)) fail('a list that the file does not concern changed');
        continue;
      }
      // What is refused whatever the file says may stay refused.
      if (is.outcome === 'invalid' && was?.outcome === 'invalid') continue;
      if (is.outcome !== 'not-evaluable') fail('the answer is not open');
      // An encrypted section had left the list open before.
      if (!names(is, path) && was?.outcome !== 'not-evaluable') fail('the missing file is not named');
    }
  }
}

const each = (of: (path: string) => boolean): void => {
  fc.assert(fc.property(randomTree, (tree) => {
    for (const path of Object.keys(print(tree).others).filter(of)) withoutOne(tree, path);
  }), { numRuns: TREES });
};

const slow = 20_000 + TREES * 1_500;
const isDotNet = (path: string): boolean => /\\Microsoft\.NET\\/i.test(path);
const isWebConfig = (path: string): boolean => !isDotNet(path) && /\\web\.config$/i.test(path);

test('a web.config that was not collected only leaves answers open', () => each(isWebConfig), slow);
test('a machine.config or root web.config that was not collected leaves only lists of system.web open', () => each(isDotNet), slow);
test('a target of configSource that was not collected only leaves its section open', () => each((path) => !isDotNet(path) && !isWebConfig(path)), slow);

/** Every list of every application is open, and says which file would tell. */
function allOpen(lists: readonly Readonly<Record<string, unknown>>[], path: string): void {
  for (const config of lists) {
    for (const list of LIST_NAMES) expect(config[list], list).toMatchObject({ outcome: 'not-evaluable', missing: expect.arrayContaining([expect.objectContaining({ path })]) });
  }
}

test('without applicationHost.config every answer is open', () => {
  fc.assert(fc.property(randomTree, (tree) => {
    const { path } = tree.host;
    allOpen(targetsOf(tree).map(({ site, application }) => listsWithoutHost('srv', site, application, { path, evidencePath: '' })), path);
  }), { numRuns: 5 });
});

test('where configuration redirection leads to a file that was not collected every answer is open', () => {
  const path = 'D:\\shared\\applicationHost.config';
  fc.assert(fc.property(randomTree, (tree) => {
    const files = { ...filesOf(print(tree)), notInForce: { path, evidencePath: '' } };
    allOpen(engineLists(tree, {}, print(tree), files).map(({ lists }) => lists), path);
  }), { numRuns: TREES });
}, slow);
