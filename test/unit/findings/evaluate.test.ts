import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES, RULE_TEXTS, evaluateRules } from '../../../electron/findings/index.ts';
import { RuleId, SEVERITIES } from '../../../shared/model/index.ts';
import { TestServer, managedPe, ref } from '../../helpers/model.ts';

const name = fc.constantFrom('HttpCacheModule', 'HttpCacheExtModule', 'httpcachemodule', 'RewriteModule', 'X', '__proto__', 'Session', 'Zeta', '');
const image = fc.constantFrom('%windir%\\System32\\inetsrv\\cachhttp.dll', 'C:\\ProgramData\\a.dll', 'relative.dll', '\\\\?\\C:\\x\\y.dll', '\\\\s\\h\\y.dll', 'C:\\PROGRA~1\\V\\s.dll', '', 'C:/a/../b.dll', 'x.dll:y');
const type = fc.constantFrom('System.Web.SessionState.SessionStateModule', 'A.B, C', 'System.Evil.Type', 'Microsoft.Exchange.Evil, E', ', , ,', 'A`1[[B, C]], D');
const scope = fc.constantFrom('server', 'app:Shop/', 'app:Shop/api', 'site:Shop', 'dir:Nowhere/x', 'app:');

function build(entries: ReadonlyArray<readonly [string, string, string, string, number]>): TestServer {
  const server = new TestServer().copy('c1').copy('c2');
  entries.forEach(([n, i, t, s, pick], index) => {
    if (pick === 0) server.globalModule(n, i, { scope: s });
    else if (pick === 1) server.module(n, { scope: s });
    else if (pick === 2) server.module(n, { type: t, scope: s });
    else if (pick === 3) server.filter(n, i, { scope: s });
    else if (pick === 4) server.handler(n, { image: i, scope: s });
    else if (pick === 5) server.change('added', 'native-module', 'globalModules', n, 'c1', 'c2');
    else if (pick === 6) server.change('removed', 'native-module', 'globalModules', n, 'c1', 'c2', { before: `name="${n}" image="${i}"` });
    else server.file(`D:\\web\\${index}.dll`, managedPe(t, [[t, 'System.Web.IHttpModule']]));
  });
  return server;
}

describe('evaluateRules', () => {
  it('has every rule of the model, each with its words', () => {
    expect(RULES.map((r) => r.id).sort()).toEqual([...RuleId.options].sort());
    for (const text of RULE_TEXTS) for (const part of [text.title, text.condition, text.severityHow, text.reference]) expect(part.length).toBeGreaterThan(5);
  });

  it('never makes a claim without evidence, support and refutation; is ordered and repeatable', async () => {
    const entry = fc.tuple(name, image, type, scope, fc.nat(7));
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 12 }), async (entries) => {
        const { findings, components } = await build(entries).evaluate();
        for (const f of findings) {
          expect(f.refs.length).toBeGreaterThan(0);
          expect(f.supports.length).toBeGreaterThan(0);
          expect(f.refutes.length).toBeGreaterThan(0);
          expect(f.attack).toContain('T1505.004');
          expect(f.d3fend[0]).toBe('http://d3fend.mitre.org/ontologies/d3fend.owl#T1505.004');
          expect(f.title.toLowerCase()).not.toContain('malicious');
        }
        const keys = findings.map((f) => [SEVERITIES.indexOf(f.severity), f.rule, f.id].join(' '));
        expect(keys).toEqual([...keys].sort());
        expect(new Set(findings.map((f) => f.id)).size).toBe(findings.length);
        expect(new Set(components.map((c) => c.id)).size).toBe(components.length);
        expect((await build(entries).evaluate()).findings).toEqual(findings);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps ids when unrelated entries come', async () => {
    const small = await new TestServer().stock().globalModule('Z', 'C:\\ProgramData\\z.dll').evaluate();
    const large = await new TestServer().stock().globalModule('Y', 'C:\\ProgramData\\y.dll').globalModule('Z', 'C:\\ProgramData\\z.dll').evaluate();
    const ids = new Set(large.findings.map((f) => f.id));
    expect(small.findings.filter((f) => f.severity !== 'info').every((f) => ids.has(f.id))).toBe(true);
  });

  it('drops a draft that nobody could check', async () => {
    const facts = new TestServer().stock().facts();
    const draft = { severity: 'high' as const, title: 't', component: null, subject: 's', supports: ['x'], refutes: ['y'], refs: [ref(1)], first: { time: null, from: 'none' as const, fidelity: 'order-only' as const } };
    const rule = (part: object) => ({ id: 'unknown-component' as const, text: { rule: 'x', title: '', condition: '', severityHow: '', reference: '' }, evaluate: () => [{ ...draft, ...part }] });
    expect(await evaluateRules(facts, [rule({})])).toHaveLength(1);
    expect(await evaluateRules(facts, [rule({ refs: [] })])).toEqual([]);
    expect(await evaluateRules(facts, [rule({ refutes: [] })])).toEqual([]);
    expect(await evaluateRules(facts, [rule({ supports: [] })])).toEqual([]);
  });
});
