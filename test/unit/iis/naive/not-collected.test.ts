import * as fc from 'fast-check';
import { test } from 'vitest';
import type { EffectiveList } from '../../../../shared/model/index.ts';
import { engineLists, explain } from './compare.ts';
import { evaluate } from './naive.ts';
import { print } from './print.ts';
import { randomTree } from './random-tree.ts';
import { LIST_NAMES, lower, type Tree } from './tree.ts';

const TREES = Math.ceil(Number(process.env['IISIGHT_NAIVE_TREES'] ?? 400) / 16);

const shown = ({ outcome, reason, missing, entries }: EffectiveList): string => JSON.stringify({ outcome, reason, missing, entries });

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
      if (evaluate(poorer, list, target).outcome !== 'not-evaluable') {
        if (was && shown(is) !== shown(was)) fail('a list that the file does not concern changed');
        continue;
      }
      // What is refused whatever the file says may stay refused.
      if (is.outcome === 'invalid' && was?.outcome === 'invalid') continue;
      if (is.outcome !== 'not-evaluable') fail('the answer is not open');
      if (!is.missing.some((m) => lower(m.path ?? '') === lower(path))) fail('the missing file is not named');
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
