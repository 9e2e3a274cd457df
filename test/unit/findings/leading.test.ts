import { describe, expect, it } from 'vitest';
import { withLeaders } from '../../../electron/findings/leading.ts';
import type { Finding, RuleId, Severity } from '../../../shared/model/index.ts';
import { TestServer } from '../../helpers/model.ts';

const finding = (rule: RuleId, severity: Severity, component: string | null = 'c-1'): Finding => ({
  id: `f-${rule}`, server: 's1', rule, severity, title: `Title of ${rule}`, component, supports: ['x'], refutes: ['y'], refs: [], attack: [], d3fend: [], first: { time: null, from: 'none', fidelity: 'order-only' },
});
const levels = (...findings: Finding[]): string[] => withLeaders(findings).map((f) => `${f.rule} ${f.severity}`);

describe('the leading finding of a component', () => {
  it('is the most severe, the others stand a step below', () => {
    expect(levels(finding('look-alike-name', 'high'), finding('unknown-component', 'medium'), finding('requests-near-arrival', 'medium'), finding('managed-runs-for-all', 'info')))
      .toEqual(['unknown-component high', 'look-alike-name medium', 'requests-near-arrival medium', 'managed-runs-for-all info']);
    expect(levels(finding('unknown-component', 'low'), finding('appeared-in-history', 'medium'))).toEqual(['unknown-component low', 'appeared-in-history info']);
  });

  it('lets a missing file stand as severe as the leader', () => {
    expect(levels(finding('unknown-component', 'info'), finding('image-absent', 'medium'))).toEqual(['unknown-component medium', 'image-absent medium']);
  });

  it('leaves findings alone that nothing leads, and those of a file that nothing registers do not raise it', () => {
    expect(levels(finding('logging-switched-off', 'medium', null), finding('unknown-component', 'low', null), finding('image-absent', 'high', null)))
      .toEqual(['logging-switched-off medium', 'unknown-component low', 'image-absent high']);
    expect(levels(finding('stock-name-other-image', 'low'))).toEqual(['stock-name-other-image low']);
    expect(levels(finding('unregistered-component', 'info'), finding('look-alike-name', 'low'))).toEqual(['unregistered-component info', 'look-alike-name info']);
  });

  it('says what the others say', async () => {
    const { findings } = await new TestServer().stock().globalModule('HttpLoggingModule ', 'C:\\ProgramData\\loghttp.dll').evaluate();
    const [leader, ...rest] = findings.filter((f) => f.component === findings[0]?.component);
    expect(leader).toMatchObject({ rule: 'unknown-component', severity: 'high' });
    expect(rest.filter((f) => f.severity === 'high')).toEqual([]);
    expect(leader?.supports.join(' ')).toContain('without being on a modules list (global-not-enabled)');
    expect(withLeaders([finding('unknown-component', 'high'), finding('image-absent', 'medium')])[0]?.supports).toEqual(['x', 'Title of image-absent (image-absent).']);
  });
});
