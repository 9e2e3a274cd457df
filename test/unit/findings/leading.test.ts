import { describe, expect, it } from 'vitest';
import { meetings } from '../../../electron/findings/facts-meet.ts';
import { withLeaders, type Judged } from '../../../electron/findings/leading.ts';
import { RULES } from '../../../electron/findings/rules.ts';
import type { Points, Weighed } from '../../../electron/findings/rule.ts';
import type { Finding, RuleId, Severity } from '../../../shared/model/index.ts';
import { TestServer } from '../../helpers/model.ts';

const of = (rule: RuleId, severity: Severity, component: string | null = 'c-1'): Finding => ({
  id: `f-${rule}`, server: 's1', rule, severity, title: `Title of ${rule}`, component, supports: ['x'], refutes: ['y'], refs: [], attack: [], d3fend: [], first: { time: null, from: 'none', fidelity: 'order-only' },
});
/** Weighed as evaluation does it: by the rule's text, nothing at info. */
const weightOf = (rule: RuleId, severity: Severity): Points => (severity === 'info' ? 0 : (RULES.find((r) => r.id === rule)?.text.weight ?? 0));
const judged = (rule: RuleId, severity: Severity, component: string | null = 'c-1', weighed?: Weighed): Judged => ({ finding: of(rule, severity, component), weight: weightOf(rule, severity), weighed });
/** A leader that is `severity` by itself, and one step more for every two points. */
const leader = (severity: Severity, facts: Weighed['facts'] = []): Judged =>
  judged('unknown-component', severity, 'c-1', { facts, scale: { words: 'the scale', severity: (sum) => (sum >= 2 ? 'high' : severity) } });
const levels = (...all: Judged[]): string[] => withLeaders(all).map((f) => `${f.rule} ${f.severity}`);

describe('the leading finding of a component', () => {
  it('is the most severe, the others stand a step below', () => {
    expect(levels(judged('look-alike-name', 'high'), leader('medium'), judged('requests-near-arrival', 'medium'), judged('managed-runs-for-all', 'info')))
      .toEqual(['unknown-component high', 'look-alike-name medium', 'requests-near-arrival medium', 'managed-runs-for-all info']);
    expect(levels(leader('low', [{ sentence: 'It came.', weight: 1, rule: 'appeared-in-history' }]), judged('appeared-in-history', 'medium'))).toEqual(['unknown-component low', 'appeared-in-history info']);
  });

  it('lets a missing file stand as severe as the leader', () => {
    expect(levels(leader('info'), judged('image-absent', 'medium'))).toEqual(['unknown-component medium', 'image-absent medium']);
  });

  it('adds up what several rules say, and shows every point of the sum', () => {
    const [first] = withLeaders([leader('medium', [{ sentence: 'It lies there.', weight: 1 }, { sentence: 'It has no lock.', weight: 0 }]), judged('global-not-enabled', 'medium'), judged('managed-runs-for-all', 'info')]);
    expect(first).toMatchObject({ rule: 'unknown-component', severity: 'high' });
    expect(first?.supports).toEqual([
      'x', '1 point: It lies there.', '1 point: Title of global-not-enabled (global-not-enabled).', 'It has no lock.', 'Title of managed-runs-for-all (managed-runs-for-all).', 'Together 2 points, so high (the scale).',
    ]);
  });

  it('counts one fact once, whoever tells it, and one rule once, however often it speaks', () => {
    const tells = leader('medium', [{ sentence: 'It came.', weight: 1, rule: 'appeared-in-history' }]);
    expect(levels(tells, judged('appeared-in-history', 'medium'))[0]).toBe('unknown-component medium');
    const twice = [judged('untrusted-signer', 'low'), { ...judged('untrusted-signer', 'low'), finding: { ...of('untrusted-signer', 'low'), id: 'f-other' } }];
    expect(levels(leader('medium'), ...twice)[0]).toBe('unknown-component medium');
  });

  it('says which rule lifts it where the sum does not', () => {
    const [first] = withLeaders([leader('info'), judged('image-absent', 'medium')]);
    expect(first?.supports.at(-1)).toBe('Together 1 point, so info (the scale). As severe as image-absent is by itself: medium.');
  });

  it('leaves findings alone that nothing leads', () => {
    expect(levels(judged('logging-switched-off', 'medium', null), judged('unknown-component', 'low', null), judged('image-absent', 'high', null)))
      .toEqual(['logging-switched-off medium', 'unknown-component low', 'image-absent high']);
    expect(levels(judged('stock-name-other-image', 'low'))).toEqual(['stock-name-other-image low']);
  });

  it('says what the others say', async () => {
    const { findings } = await new TestServer().stock().globalModule('HttpLoggingModule ', 'C:\\ProgramData\\loghttp.dll').evaluate();
    const [first, ...rest] = findings.filter((f) => f.component === findings[0]?.component);
    expect(first).toMatchObject({ rule: 'unknown-component', severity: 'high' });
    expect(rest.filter((f) => f.severity === 'high')).toEqual([]);
    expect(first?.supports.join(' ')).toContain('without being on a modules list (global-not-enabled)');
  });
});

describe('facts that meet on a component that nothing leads', () => {
  const meet = (...all: Judged[]): string[] => meetings(all, (f) => ({ ...f, id: 'f-meet' })).map((f) => `${f.severity} ${f.supports.at(-1) ?? ''}`);

  it('are added up: low with two points, medium with three, high from four', () => {
    expect(meet(judged('image-absent', 'low'), judged('code-loading-setting', 'low'))).toEqual(['low Together 2 points, so low (low with 2, medium with 3, high from 4).']);
    expect(meet(judged('image-absent', 'low'), judged('code-loading-setting', 'low'), judged('untrusted-signer', 'low'))[0]).toContain('medium Together 3 points');
    expect(meet(judged('image-absent', 'low'), judged('stock-image-not-microsoft', 'medium'), judged('untrusted-signer', 'low'))[0]).toContain('high Together 4 points');
  });

  it('say nothing where one alone says more, one rule speaks twice, or a finding leads', () => {
    expect(meet(judged('image-absent', 'low'), judged('code-loading-setting', 'high'))).toEqual([]);
    expect(meet(judged('image-absent', 'low'), judged('image-absent', 'low'))).toEqual([]);
    expect(meet(judged('untrusted-signer', 'info'), judged('code-loading-setting', 'low'))).toEqual([]);
    expect(meet(leader('medium'), judged('image-absent', 'low'), judged('untrusted-signer', 'low'))).toEqual([]);
    expect(meet(judged('image-absent', 'low', null), judged('code-loading-setting', 'low', null))).toEqual([]);
  });
});
