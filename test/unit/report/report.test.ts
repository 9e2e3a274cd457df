import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../../electron/report/html.ts';
import { markdownReport } from '../../../electron/report/markdown.ts';
import { makeReport } from '../../../electron/report/report.ts';
import type { FindingDecision } from '../../../shared/model/index.ts';
import { CONFIG, componentOf, findingOf, materialOf, noteOf } from './material.ts';

const markdown = (material = materialOf()): string => [...markdownReport(makeReport(material))].join('');
const plain = (material = materialOf()): string => JSON.stringify(makeReport(material).sections);

describe('the report', () => {
  it('is what the golden file says, word for word', async () => {
    const report = makeReport(materialOf({
      notes: { items: [noteOf('n1'), noteOf('n2', { about: null, text: 'Asked for the event logs\nby mail', revision: 3 }), noteOf('n3', { about: '2026-03-02T14:12:41Z', text: 'Planted', refs: [{ ...CONFIG, line: 252, column: 13 }] })], total: 3 },
      stories: new Map([['c1', {
        component: 'c1', subject: '', facts: [], partial: false,
        steps: [
          { kind: 'file-written', moment: { time: '2026-03-02T14:10:00Z', from: 'file-time', fidelity: 'mtime-only' }, sentence: 'The file was written.', refs: [{ path: null, evidencePath: 'C/Ext/cache.dll', sha256: 'ab'.repeat(32) }], event: null, missing: null },
          { kind: 'pool-started', moment: { time: null, from: 'none', fidelity: 'order-only' }, sentence: '', refs: [], event: null, missing: 'the System event log would' },
        ],
        arrows: [], doubts: ['File times can be set.'],
      }]]),
    }));
    // Rules and methods name versions of the rules, which change with every rule.
    const stable = { ...report, sections: report.sections.filter((s) => s.id !== 'rules' && s.id !== 'methods') };
    await expect([...markdownReport(stable)].join('')).toMatchFileSnapshot(path.join(import.meta.dirname, 'golden/report.md'));
  });

  it('orders notes by the moment that they are about, those about none last', () => {
    const notes = [noteOf('a', { about: null, text: 'third' }), noteOf('b', { about: '2026-03-05T00:00:00Z', text: 'second' }), noteOf('c', { about: '2026-03-01T00:00:00Z', text: 'first' })];
    const text = markdown(materialOf({ notes: { items: notes, total: 3 } }));
    const places = ['first', 'second', 'third'].map((word) => text.indexOf(`| ${word} |`));
    expect(places.toSorted((x, y) => x - y)).toEqual(places);
    expect(text).toContain('| third |');
  });

  it('puts accepted findings first and tells ignored ones with reason, author and time', () => {
    const findings = [findingOf('f1'), findingOf('f2', { component: null, title: 'A log has a hole', severity: 'medium' }), findingOf('f3', { component: null, title: 'Ignored oddity' })];
    const decisions = new Map<string, FindingDecision>([
      ['f2', { finding: 'f2', decision: 'accepted', reason: '', author: 'B. Examiner', time: '2026-03-04T10:00:00Z' }],
      ['f3', { finding: 'f3', decision: 'ignored', reason: 'the vendor confirms it', author: 'A. Examiner', time: '2026-03-04T10:01:00Z' }],
    ]);
    const summary = JSON.stringify(makeReport(materialOf({ findings: { items: findings, total: 3 }, decisions })).sections.find((s) => s.id === 'summary'));
    expect(summary.indexOf('A log has a hole')).toBeLessThan(summary.indexOf('is neither part'));
    expect(summary).toContain('"the vendor confirms it","A. Examiner","2026-03-04T10:01:00Z"');
    expect(summary).toContain('The examiner ignored 1 finding.');
    const reopened = new Map<string, FindingDecision>([...decisions, ['f3', { finding: 'f3', decision: 'open', reason: '', author: 'A. Examiner', time: '2026-03-04T10:02:00Z' }]]);
    expect(plain(materialOf({ findings: { items: findings, total: 3 }, decisions: reopened }))).not.toContain('Ignored findings');
  });

  it('says that it is preliminary while evidence is being read', () => {
    expect(makeReport(materialOf({ partial: true })).notes).toContain('Preliminary: the evidence was not read to its end.');
    expect(plain(materialOf({ partial: true }))).toContain('This report is preliminary');
    expect(plain()).not.toContain('preliminary');
  });

  it('cites file, position and hash of every source', () => {
    const text = plain();
    expect(text).toContain('applicationHost.config [S1], line 252, column 13');
    expect(text).toContain('cache.dll [S2], offset 16 (4 bytes)');
    expect(text).toContain(`"S1","C:\\\\Windows\\\\System32\\\\inetsrv\\\\config\\\\applicationHost.config","C/Windows/System32/inetsrv/config/applicationHost.config","${CONFIG.sha256}"`);
  });

  it('stays bounded for a case with very many of everything, and says what it left out', () => {
    const items = Array.from({ length: 3000 }, (_, i) => findingOf(`f${i}`, { title: `t${i}${'x'.repeat(5000)}`, component: `c${i}`, refs: Array.from({ length: 60 }, () => ({ ...CONFIG, line: i + 1 })) }));
    const components = Array.from({ length: 2000 }, (_, i) => componentOf(`c${i}`, { name: 'n'.repeat(100_000) }));
    const material = materialOf({ findings: { items, total: 100_000 }, components: { items: components, total: 100_000 }, findingCounts: { high: 100_000, medium: 0, low: 0, info: 0 } });
    const report = makeReport(material);
    expect(report.notes).toContain('97000 of 100000 findings are left out of the report; the CSV export has all.');
    expect([...htmlReport(report)].join('').length).toBeLessThan(12_000_000);
    expect(JSON.stringify(report.sections)).toContain('Left out here: 99800 of 100000 components, whose facts are not written out.');
    expect(JSON.stringify(report.sections)).toContain('... (100000 characters)');
  });
});
