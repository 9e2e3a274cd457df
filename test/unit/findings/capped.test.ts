import { describe, expect, test } from 'vitest';
import { capped } from '../../../electron/findings/capped.ts';
import type { FindingDraft } from '../../../electron/findings/rule.ts';
import { UNKNOWN_MOMENT, type Severity } from '../../../shared/model/index.ts';

const rule = { text: { rule: 'unknown-component', title: 'Unknown component', condition: '', severityHow: '', reference: '' } } as const;
const draft = (i: number, severity: Severity, file = 'C:\\web.config'): FindingDraft => ({
  severity, title: `draft ${i}`, component: null, subject: String(i), supports: ['x'], refutes: ['y'], first: UNKNOWN_MOMENT,
  refs: [{ path: file, evidencePath: file.replace(':\\', '/'), line: i, column: 1, sha256: '0'.repeat(64) }],
});

describe('findings of one rule', () => {
  test('as many as are listed stay as they are', () => {
    const drafts = [draft(1, 'low'), draft(2, 'high')];
    expect(capped(rule, drafts, 2)).toBe(drafts);
  });

  test('of more, the severe ones stay and the rest is counted, with its files and lines', () => {
    const drafts = [draft(1, 'low'), draft(2, 'low'), draft(3, 'medium'), draft(4, 'low', 'D:\\other.config'), draft(5, 'high'), draft(6, 'info')];
    const found = capped(rule, drafts, 3);
    expect(found.slice(0, 3).map((d) => d.subject)).toEqual(['5', '3', '1']);
    expect(found).toHaveLength(4);
    expect(found[3]).toMatchObject({ severity: 'low', title: '3 more of the same: Unknown component', component: null });
    expect(found[3]?.supports.slice(0, 3)).toEqual([
      'The rule speaks 6 times; 3 findings are listed one by one, the severe ones first. Of the rest: 2 low, 1 info.',
      '2 of them in C:\\web.config.',
      '1 of them in D:\\other.config.',
    ]);
    expect(found[3]?.refs.map((r) => r.line)).toEqual([2, 4, 6]);
  });
});
