import { expect, it } from 'vitest';
import { requests } from '../../../shared/contract/index.ts';
import { ComponentKind } from '../../../shared/model/index.ts';
import { knowledgeService } from '../../../electron/services/knowledge.ts';

it('tells every kind of component, the four documents that the technique cites, families and rules, in the form of the contract', async () => {
  const answer = requests['knowledge.get'].output.parse(await knowledgeService()['knowledge.get']({}));
  expect(answer.kinds.map((k) => k.kind).sort()).toEqual([...ComponentKind.options].sort());
  for (const kind of answer.kinds) for (const list of [kind.installed, kind.can, kind.hunted, kind.honest, kind.references]) expect(list.length, kind.kind).toBeGreaterThan(0);
  expect(answer.technique.cites.map((r) => [r.title, r.year])).toEqual([
    ['ISAPI Extension Overview', '2017'], ['ISAPI Filter Overview', '2017'], ['IIS Backdoor', '2011'], ['The Curious Case of the Malicious IIS Module', '2013'],
  ]);
  expect(answer.d3fend.chain.at(0)?.iri).toMatch(/#T1505\.004$/);
  expect(answer.d3fend.chain.at(-1)?.label).toBe('ExternalThing');
  expect(answer.families.length).toBeGreaterThan(20);
  expect(answer.rules.length).toBeGreaterThan(30);
});
