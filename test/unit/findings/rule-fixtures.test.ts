import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RULES } from '../../../electron/findings/index.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { startEngine, triage, type TestEngine } from '../../helpers/engine.ts';
import { ruleCases, type RuleCase } from '../../helpers/rule-cases/cases.ts';
import { addCaseLists } from '../../helpers/rule-cases/lists-of.ts';
import { treeOf } from '../../helpers/rule-cases/tree-of.ts';
import { makeTree, type MadeTree, type Tree } from '../../helpers/tree.ts';

type Document = Output<'run.triage'>;

const CASES = ruleCases();
/** Lists of the analyst are about a whole case. */
const isAlone = (one: RuleCase): boolean => one.expected.alone || existsSync(path.join(one.folder, 'lists'));
const ALONE = CASES.filter(isAlone);
const TOGETHER = CASES.filter((c) => !isAlone(c));
/** Folder of a case among the others: a host of its own. */
const folderOf = (one: RuleCase): string => `${one.rule}.${one.kind}.${one.name}`;

describe('every rule has cases', () => {
  it.each(RULES.map((r) => [r.id] as const))('%s: one that it finds and one in which it is silent', (id) => {
    const own = CASES.filter((c) => c.rule === id);
    expect(own.filter((c) => c.kind === 'positive' && c.expected.findings.length > 0).map((c) => c.name), `test/fixtures/rules/${id}/positive`).not.toEqual([]);
    expect(own.filter((c) => c.kind === 'negative').map((c) => c.name), `test/fixtures/rules/${id}/negative`).not.toEqual([]);
  });

  it('and no case belongs to a rule that is not there', () => {
    const known = new Set<string>(RULES.map((r) => r.id));
    expect(CASES.filter((c) => !known.has(c.rule)).map((c) => `${c.rule}/${c.name}`)).toEqual([]);
  });
});

const named = (c: Document['components'][number]): string => c.name ?? c.image ?? c.type ?? '';

/** What the answer about all hosts says of one of them. */
function partOf({ components, findings }: Document, prefix: string): Pick<Document, 'components' | 'findings'> {
  const within = (at: string | undefined): boolean => at?.startsWith(prefix) ?? false;
  return {
    components: components.filter((c) => within(c.registrations[0]?.evidencePath ?? c.file?.evidencePath)),
    findings: findings.filter((f) => f.refs.some((r) => within(r.evidencePath))),
  };
}

async function check(one: RuleCase, document: Document, engine: TestEngine, dir: string, prefix: string): Promise<void> {
  expect(one.problem).toBeNull();
  const part = partOf(document, prefix);
  judge(one, part, dir);
  for (const look of one.expected.looks) {
    const component = part.components.find((c) => named(c) === look.component);
    const { looks } = await engine.ask('finding.explain', { component: component?.id ?? '' });
    const own = looks.find((l) => l.rule === one.rule);
    expect(own?.outcome, `how ${one.rule} looked at ${look.component}: ${own?.saw.join(' ') ?? 'not at all'}`).toBe(look.outcome);
    expect(own?.saw.join('\n')).toContain(look.saw);
  }
}

/** Logs are asked many questions for each server; cases without any are read in a moment. */
const hasLogs = (one: RuleCase): boolean => Object.keys(TREES.get(one) ?? {}).some((name) => /\.log$/i.test(name));
const TREES = new Map(TOGETHER.filter((c) => c.problem === null).map((c) => [c, treeOf(c.folder)]));
const BATCHES = [['without logs', TOGETHER.filter((c) => !hasLogs(c))], ['with logs', TOGETHER.filter(hasLogs)]] as const;

/** The cases of a batch are hosts of one evidence: a reading for each would take minutes. */
describe.each(BATCHES)('cases %s', (_, cases) => {
  let engine: TestEngine;
  let tree: MadeTree;
  let document: Document;
  beforeAll(async () => {
    engine = await startEngine();
    const all = cases.flatMap((c) => Object.entries(TREES.get(c) ?? {}).map(([name, node]): [string, Tree[string]] => [`${folderOf(c)}/${name}`, node]));
    tree = await makeTree(Object.fromEntries(all));
    document = await triage(engine, tree.dir, 2);
  }, 300_000);
  afterAll(async () => {
    await engine.close();
    await tree.cleanup();
  });

  it.each(cases.map((c) => [`${c.rule}/${c.kind}/${c.name}`, c] as const))('%s', (__, one) => check(one, document, engine, tree.dir, `${folderOf(one)}/`));
});

describe('cases that are read by themselves', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.close());

  it.each(ALONE.map((c) => [`${c.rule}/${c.kind}/${c.name}`, c] as const))('%s', async (_, one) => {
    const tree = await makeTree(treeOf(one.folder));
    try {
      const read = await triage(engine, tree.dir, 1);
      const document = (await addCaseLists(engine, one.folder)) ? await engine.ask('run.triage', {}) : read;
      await check(one, document, engine, tree.dir, '');
    } finally {
      await engine.ask('case.close', {});
      await tree.cleanup();
    }
  }, 120_000);
});

function judge({ rule, kind, expected }: RuleCase, { components, findings }: Pick<Document, 'components' | 'findings'>, dir: string): void {
  const names = new Map(components.map((c) => [c.id, named(c)]));
  const own = findings.filter((f) => f.rule === rule);
  const told = own.map((f) => `${f.severity} ${f.component === null ? '-' : (names.get(f.component) ?? '?')}`).sort();
  const wanted = expected.findings.map((f) => `${f.severity} ${f.component ?? '-'}`).sort();
  if (expected.others) expect(told).toEqual(expect.arrayContaining(wanted));
  else expect(told, own.map((f) => f.title).join('\n')).toEqual(wanted);
  if (kind === 'negative') expect(expected.findings.filter((f) => f.severity === 'high' || f.severity === 'medium')).toEqual([]);
  for (const { component, severity, title = '', supports, ref = '' } of expected.findings) {
    const fit = own.filter((f) => f.severity === severity && (f.component === null ? null : names.get(f.component)) === component && f.title.includes(title));
    expect(fit.map((f) => f.title), own.map((f) => f.title).join('\n')).not.toEqual([]);
    expect(fit.some((f) => f.refs.some((r) => r.evidencePath.includes(ref))), fit.flatMap((f) => f.refs.map((r) => r.evidencePath)).join('\n')).toBe(true);
    for (const sentence of supports) expect(fit.flatMap((f) => f.supports).join('\n')).toContain(sentence);
  }
  for (const f of own) for (const r of f.refs) expect(existsSync(path.join(dir, r.evidencePath)), r.evidencePath).toBe(true);
  const all = new Set(findings.map((f) => `${f.rule} ${f.severity}`));
  for (const beside of expected.beside) expect([...all]).toContain(beside);
}
