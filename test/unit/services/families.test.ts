import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine, triage, type TestEngine } from '../../helpers/engine.ts';
import { ruleCases } from '../../helpers/rule-cases/cases.ts';
import { treeOf } from '../../helpers/rule-cases/tree-of.ts';
import { makeTree } from '../../helpers/tree.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

it('tells which traits of which families stand in the file of a component, each at its bytes', async () => {
  const one = ruleCases().find((c) => c.rule === 'family-traits' && c.name === 'three-strong');
  const tree = await makeTree(treeOf(one?.folder ?? ''));
  try {
    const { components } = await triage(engine, tree.dir, 1);
    const id = (name: string): string => components.find((c) => c.name === name)?.id ?? '';
    const { families, note } = await engine.ask('list.families', { component: id('TraceRequests') });
    expect([families.map((f) => f.id), note]).toEqual([['iis-raid'], null]);
    const [family] = families;
    expect(family?.hits.map((h) => h.trait).sort()).toEqual(['command-cmd', 'credential-file', 'default-password', 'ffe-header']);
    for (const { trait, offset, length, evidencePath } of family?.hits ?? []) {
      const bytes = readFileSync(path.join(tree.dir, evidencePath ?? '')).subarray(offset ?? 0, (offset ?? 0) + length);
      expect(bytes.toString('latin1').replaceAll('\0', '')).toBe(family?.traits.find((t) => t.id === trait)?.value);
    }
    const stock = await engine.ask('list.families', { component: id('HttpLoggingModule') });
    expect(stock.families).toEqual([]);
    expect(stock.note).toBe('No file of the component is in the evidence: nothing could be searched.');
    expect((await engine.refusal('list.families', { component: 'none' })).message).toBe('There is no such component in this case.');
  } finally {
    await engine.ask('case.close', {});
    await tree.cleanup();
  }
});
