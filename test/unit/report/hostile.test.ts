import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../../electron/report/html.ts';
import { markdownReport } from '../../../electron/report/markdown.ts';
import { makeReport } from '../../../electron/report/report.ts';
import { PAYLOADS } from '../../e2e/loopback/hostile-evidence.ts';
import { componentOf, findingOf, materialOf, noteOf } from './material.ts';

/** A case in which every text is a payload. */
function hostile(payload: string) {
  const place = { path: payload, evidencePath: payload, sha256: 'ab'.repeat(32) };
  return makeReport(materialOf({
    examination: { caseNumber: payload, examiner: payload, hostLabel: payload },
    components: { items: [componentOf('c1', {
      name: payload, image: payload, type: payload, originReason: payload, dormant: payload, entryPoints: [payload], file: { ...place, size: 1 }, loadedBy: [{ site: payload, application: payload, pool: payload }],
      registrations: [{ ...place, line: 1, column: 1, section: payload, scope: payload, attributes: [{ name: payload, value: payload }] }],
      signatures: [{ which: 'file', status: 'valid', signer: payload, issuer: payload, anchor: payload, timestamp: payload, catalog: payload, reasons: [payload] }],
    })], total: 1 },
    findings: { items: [findingOf('f1', { title: payload, supports: [payload], refutes: [payload], refs: [place], attack: [payload] })], total: 1 },
    decisions: new Map([['f1', { finding: 'f1', decision: 'accepted', reason: payload, author: payload, time: '2026-03-04T10:00:00Z' }]]),
    notes: { items: [noteOf('n1', { text: `${payload}\n${payload}`, tag: payload, refs: [place] })], total: 1 },
    missing: { items: [{ ...place, what: payload, why: payload }], total: 1 },
    lists: [{ id: 'l', kind: 'indicators', name: payload, from: payload, sha256: '', added: '' }],
  }));
}

const TAGS = new Set(['html', 'head', 'meta', 'title', 'style', 'body', 'main', 'header', 'h1', 'h2', 'h3', 'p', 'ul', 'ol', 'li', 'dl', 'div', 'dt', 'dd', 'nav', 'section', 'table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td', 'a', 'br']);

describe('hostile text in the HTML report', () => {
  it.each(PAYLOADS)('is text: %s', (payload) => {
    const html = [...htmlReport(hostile(payload))].join('');
    const tags = [...html.matchAll(/<\/?([a-z0-9]+)([^>]*)>/gi)];
    expect(tags.filter(([, name = '']) => !TAGS.has(name)).map(([tag]) => tag)).toEqual([]);
    // Attributes are ours alone: places of this page, and what the head says.
    const attributes = new Set(tags.flatMap(([, , rest = '']) => [...rest.matchAll(/\s([a-z-]+)="/g)].map(([, name]) => name)));
    expect([...attributes].sort()).toEqual(['aria-label', 'charset', 'class', 'content', 'href', 'http-equiv', 'id', 'lang', 'name', 'scope']);
    expect([...html.matchAll(/href="([^"]*)"/g)].every(([, target = '']) => /^#[a-z-]+$/.test(target))).toBe(true);
    // oxlint-disable-next-line no-misleading-character-class -- each of them alone is looked for
    expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u00ad\ufeff]/);
    expect(html.match(/<script|<style/g)).toEqual(['<style']);
  });

  it('has a policy that allows its one style sheet by its hash, and no reference', () => {
    const html = [...htmlReport(makeReport(materialOf()))].join('');
    expect(html).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'">/);
    expect(/<style>(.*?)<\/style>/s.exec(html)?.[1]).not.toMatch(/url\(|@import|@font-face|</);
  });
});

/** What a line of Markdown still holds that means something, when escapes are taken out. */
const bare = (text: string): string => text.replace(/\\[!-/:-@[-`{-~]/g, '').replace(/<br>/g, '');

describe('hostile text in the Markdown report', () => {
  it.each([...PAYLOADS, '| a | b |', '[x](http://evil.example)', '![x](http://evil.example/p.png)', '`code`', '# head', '- item', '1. item', '> quote', '*bold* _it_ ~~gone~~', 'www.evil.example', 'a@evil.example', 'http://evil.example', '\\', '\\|', '---', '$x$'])('is text: %s', (payload) => {
    const text = [...markdownReport(hostile(payload))].join('');
    for (const line of text.split('\n')) {
      const rest = bare(line.replace(/^(#{1,3} |- |\*\*|\| )/, ''));
      expect(rest, line).not.toMatch(/<(?!br>)|[[\]`*]{1}(?!\*?$)|!\[|https?:|www\.|@/);
    }
    // Every row of a table has the cells of its head, whatever stands in them.
    const rows = text.split('\n').filter((line) => line.startsWith('|')).map((line) => bare(line).split('|').length);
    const heads = text.split('\n').flatMap((line, i, all) => (line.startsWith('| ---') ? [{ cells: line.split('|').length, at: i, end: all.findIndex((l, j) => j > i && l === '') }] : []));
    expect(rows.length).toBeGreaterThan(10);
    const lines = text.split('\n');
    for (const { cells, at, end } of heads) for (const line of lines.slice(at + 1, end)) expect(bare(line).split('|').length, line).toBe(cells);
  });
});
