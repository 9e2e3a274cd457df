import * as fc from 'fast-check';
import { RuleText } from '../../../shared/contract/finding.ts';
import { describe, expect, it } from 'vitest';
import { RULES, RULES_VERSION, RULE_TEXTS, evaluateRules } from '../../../electron/findings/index.ts';
import { RuleId, SEVERITIES } from '../../../shared/model/index.ts';
import { TestServer, ref } from '../../helpers/model.ts';
import { randomEntries, serverOf } from '../../helpers/random-server.ts';

describe('evaluateRules', () => {
  it('has every rule of the model, each with its words', () => {
    expect(RULES.map((r) => r.id).sort()).toEqual([...RuleId.options].sort());
  });

  it.each(RULE_TEXTS.map((text) => [text.rule, text] as const))('%s: no part of its text is empty', (_, text) => {
    const sentences = [text.title, text.condition, text.meaning, text.severityHow, text.rarity, text.relevance, text.reference];
    for (const part of sentences) expect(part.length).toBeGreaterThan(5);
    for (const list of [text.attack, text.d3fend, text.references, text.falsePositives, text.supportedBy, text.refutedBy]) {
      expect(list).not.toEqual([]);
      expect(list.filter((part) => part.trim() === '')).toEqual([]);
    }
    expect(text.attack.filter((id) => !/^T\d{4}(?:\.\d{3})?$/.test(id))).toEqual([]);
    expect(text.d3fend.filter((id) => !/^D3-[A-Z]{2,5}$/.test(id))).toEqual([]);
    expect(text.title.toLowerCase()).not.toContain('malicious');
  });

  it('names the state of the rules', () => {
    expect(RULES_VERSION).toMatch(new RegExp(`^${RULES.length} rules, [0-9a-f]{12}$`));
  });

  it('never makes a claim without evidence, support and refutation; is ordered and repeatable', async () => {
    await fc.assert(
      fc.asyncProperty(randomEntries, async (entries) => {
        const { findings, components } = await serverOf(entries).evaluate();
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
        expect((await serverOf(entries).evaluate()).findings).toEqual(findings);
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
    const rule = (part: object) => ({ id: 'unknown-component' as const, text: RuleText.parse({ rule: 'x', title: '', condition: '', severityHow: '', reference: '' }), evaluate: () => [{ ...draft, ...part }] });
    expect(await evaluateRules(facts, [rule({})])).toHaveLength(1);
    expect(await evaluateRules(facts, [rule({ refs: [] })])).toEqual([]);
    expect(await evaluateRules(facts, [rule({ refutes: [] })])).toEqual([]);
    expect(await evaluateRules(facts, [rule({ supports: [] })])).toEqual([]);
  });
});
