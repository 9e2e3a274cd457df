import { describe, expect, it } from 'vitest';
import { collectLooks, judge } from '../../../electron/findings/index.ts';
import type { ComponentLooks } from '../../../shared/model/index.ts';
import { TestServer, verdict, nativeModulePe } from '../../helpers/model.ts';

async function looksOf(server: TestServer, all = true): Promise<Map<string, ComponentLooks['looks']>> {
  const facts = server.facts();
  const looks = collectLooks(facts, await judge(facts), all);
  const names = new Map(facts.components.map((c) => [c.id, c.name ?? c.image ?? '']));
  return new Map(looks.map((l) => [names.get(l.component) ?? '', l.looks]));
}

const lines = (looks: ComponentLooks['looks'] = []): string[] => looks.map((l) => `${l.rule}: ${l.outcome}`);

describe('what rules saw of a component', () => {
  it('says of a stock module why nothing is said of it', async () => {
    const looks = (await looksOf(new TestServer().stock())).get('HttpCacheModule');
    expect(looks?.find((l) => l.rule === 'unknown-component')).toMatchObject({ outcome: 'not-found', saw: [expect.stringContaining('part of IIS')] });
    expect(looks?.find((l) => l.rule === 'enabled-not-global')?.saw).toEqual([expect.stringMatching(/A globalModules entry loads it \(applicationHost\.config line \d+\)\./)]);
    expect(looks?.find((l) => l.rule === 'stock-image-not-microsoft')).toMatchObject({ outcome: 'not-evaluable', saw: [expect.stringContaining('was not collected')] });
    expect(lines(looks)).not.toContain('code-loading-setting: not-found');
  });

  it('says of an unknown one what was found, what was not, and what cannot be told', async () => {
    const server = new TestServer().stock().globalModule('Zeta', 'C:\\Program Files\\Z\\zeta.dll').module('Zeta').file('C:\\Program Files\\Z\\zeta.dll', nativeModulePe(), null, verdict('valid', { signer: 'CN=Zeta Ltd' }));
    const looks = (await looksOf(server)).get('Zeta');
    expect(lines(looks)).toEqual(expect.arrayContaining([
      'unknown-component: found', 'look-alike-name: not-found', 'outside-trusted-folder: not-found', 'global-not-enabled: not-found', 'appeared-in-history: not-evaluable',
      'requests-near-arrival: not-evaluable', 'signature-tampered: not-found', 'untrusted-signer: not-found', 'case-only-clone: not-found', 'image-absent: not-found',
    ]));
    expect(looks?.every((l) => l.saw.length > 0 && l.saw.every((s) => s.endsWith('.')))).toBe(true);
    expect(new Set(looks?.map((l) => l.rule)).size).toBe(looks?.length);
  });

  it('with very many components keeps those of others than stock ones, and of what has findings', async () => {
    const server = new TestServer().stock().globalModule('Zeta', 'C:\\Program Files\\Z\\zeta.dll').module('Zeta');
    const few = await looksOf(server, false);
    expect([...few.keys()]).toEqual(['Zeta']);
    expect((await looksOf(server)).size).toBeGreaterThan(5);
  });

  it('does not say of a component whose finding is only counted that nothing was found', async () => {
    const server = new TestServer().stock().globalModule('Zeta', 'C:\\Program Files\\Z\\zeta.dll').module('Zeta');
    const facts = server.facts();
    const zeta = facts.components.find((c) => c.name === 'Zeta');
    const verdictOf = await judge(facts);
    const counted = { ...verdictOf, findings: verdictOf.findings.filter((f) => f.component !== zeta?.id) };
    const looks = collectLooks(facts, counted, true).find((l) => l.component === zeta?.id)?.looks;
    expect(looks?.find((l) => l.rule === 'unknown-component')).toMatchObject({ outcome: 'found', saw: [expect.stringContaining('counted together')] });
  });
});
