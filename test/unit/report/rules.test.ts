import { describe, expect, it } from 'vitest';
import type { Material } from '../../../electron/report/material.ts';
import { rulesSection } from '../../../electron/report/sections/rules.ts';
import type { ComponentLooks } from '../../../shared/model/index.ts';
import { componentOf, materialOf } from './material.ts';

const SHA = 'ab'.repeat(32);
const linesOf = (more: Partial<Material>): string[] => rulesSection(materialOf(more)).blocks.flatMap((b) => (b.kind === 'text' ? [JSON.stringify(b)] : []));
const lineWith = (lines: readonly string[], words: string): string => lines.find((l) => l.includes(words)) ?? '';

describe('rules without a finding', () => {
  it('that rest on lists did not look where there is none', () => {
    const without = linesOf({});
    for (const rule of ['indicator-match', 'yara-match', 'differs-from-known-good']) expect(lineWith(without, 'did not look')).toContain(rule);
    expect(lineWith(without, 'found nothing')).not.toContain('indicator-match');
    const given = linesOf({ lists: [{ id: 'l1', kind: 'indicators', name: 'mine', from: 'x', sha256: SHA, added: '' }] });
    expect(lineWith(given, 'found nothing')).toContain('indicator-match');
    expect(lineWith(given, 'did not look')).not.toContain('indicator-match');
  });
  it('that could decide nowhere are not said to have found nothing', () => {
    const once: ComponentLooks = { component: 'c1', looks: [{ rule: 'signature-tampered', outcome: 'not-evaluable', saw: ['No file.'] }] };
    const twice: ComponentLooks = { component: 'c2', looks: [{ rule: 'signature-tampered', outcome: 'not-found', saw: ['It holds.'] }] };
    expect(lineWith(linesOf({ looks: new Map([['c1', once]]) }), 'could not decide')).toContain('signature-tampered');
    expect(lineWith(linesOf({ looks: new Map([['c1', once], ['c2', twice]]) }), 'found nothing')).toContain('signature-tampered');
  });
  it('are not said to have looked where the case was read by a version that had fewer', () => {
    const lines = linesOf({ looks: new Map(), components: { items: [componentOf('c1')], total: 1 } });
    expect(lineWith(lines, 'is not known')).toContain('family-traits');
    expect(lineWith(lines, 'found nothing')).toBe('');
  });
  it('found nothing so far while a reading goes on', () => {
    expect(lineWith(linesOf({ partial: true }), 'found nothing so far')).not.toBe('');
  });
});
