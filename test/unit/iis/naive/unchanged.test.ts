import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeCase } from './change-case.ts';
import { engineLists, explain, targetsOf } from './compare.ts';
import { print, type Writing } from './print.ts';
import { randomTree } from './random-tree.ts';
import { LIST_NAMES, type Tree } from './tree.ts';

const TREES = Math.ceil(Number(process.env['IISIGHT_NAIVE_TREES'] ?? 400) / 8);

/** Answers without positions: the number of the directive in the tree stands for the line that set the entry. */
function answers(tree: Tree, writing: Writing): string[] {
  const printed = print(tree, writing);
  const numbers = new Map([...printed.positions].map(([directive, { path, line }]) => [`${path.toLowerCase()}:${line}`, idOf(directive)]));
  return engineLists(tree, writing, printed).flatMap(({ target, lists }) => LIST_NAMES.map((name) => {
    const { outcome, entries, missing } = lists[name];
    const shown = entries.map((e) => `${e.name}#${numbers.get(`${(e.from.path ?? '').toLowerCase()}:${e.from.line}`) ?? '?'} ${e.state}`);
    return `${target.site}${target.application} ${target.url} ${name}: ${outcome} ${missing.map((m) => m.path).join()} ${shown.join(', ')}`.toLowerCase();
  }));
}

const ids = new WeakMap<object, number>();
let last = 0;

function idOf(directive: object): number {
  let id = ids.get(directive);
  if (id === undefined) ids.set(directive, (id = ++last));
  return id;
}

function unchanged(writing: Writing, change: (tree: Tree) => Tree = (tree) => tree): void {
  fc.assert(fc.property(randomTree, (tree) => {
    const before = answers(tree, {});
    const after = answers(change(tree), writing);
    const at = before.findIndex((line, index) => line !== after[index]);
    if (at >= 0) throw new Error(`${before[at]}\n${after[at]}\n${explain(tree, targetsOf(tree)[Math.floor(at / LIST_NAMES.length)])}`);
    expect(after).toHaveLength(before.length);
  }), { numRuns: TREES });
}

const slow = 20_000 + TREES * 400;

test('sections and location tags of a file in another order change nothing', () => unchanged({ reverseSections: true }), slow);
test('comments, white space and other sections change nothing', () => unchanged({ noise: true }), slow);
test('attributes in another order change nothing', () => unchanged({ reverseAttributes: true }), slow);
test('sites and pools in another order change nothing', () => unchanged({ reverseServer: true }), slow);
test('a group of sections written in several pieces changes nothing', () => unchanged({ splitGroups: true }), slow);
test('letter case of paths of sites, applications, directories and location tags changes nothing', () => unchanged({}, changeCase), slow);
