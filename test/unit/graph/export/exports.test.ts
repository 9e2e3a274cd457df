import * as fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { edgesCsv, graphJson, graphMl, graphSvg, nodesCsv } from '../../../../electron/graph/index.ts';
import { Graph, type GraphNode } from '../../../../shared/model/index.ts';

const SHA = 'a'.repeat(64);
const node = (id: string, part: Partial<GraphNode> = {}): GraphNode => ({ id, kind: 'component', layer: 4, label: id, detail: '', severity: null, absent: false, historyOnly: false, count: 1, component: null, refs: [], ...part });
const ref = { path: 'C:\\a.config', evidencePath: 'C/a.config', line: 312, column: 5, sha256: SHA };
const graphOf = (text: string): Graph => ({
  capped: false,
  nodes: [node('server:s1', { kind: 'server', layer: 0, label: 'WEB01' }), node(text, { label: text, detail: text, severity: 'high', absent: true, refs: [ref] })],
  edges: [{ id: `server:s1 > ${text}`, from: 'server:s1', to: text, reason: text, style: 'struck', refs: [ref] }],
});

interface Seen { readonly tags: readonly string[]; readonly texts: readonly string[]; readonly names: ReadonlySet<string> }

/** Reads XML with a strict parser: a document that is not well-formed throws. */
function read(xml: string): Seen {
  const parser = new SaxesParser();
  const tags: string[] = [];
  const texts: string[] = [];
  const names = new Set<string>();
  parser.on('error', (error) => { throw error; });
  parser.on('opentag', (tag) => {
    tags.push(tag.name);
    for (const name of Object.keys(tag.attributes)) names.add(name);
  });
  parser.on('text', (text) => void (text.trim() === '' ? 0 : texts.push(text)));
  parser.write(xml).close();
  return { tags, texts, names };
}
const count = (seen: Seen, tag: string): number => seen.tags.filter((t) => t === tag).length;
const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('<script>alert(1)</script>', '"\'><!--', ']]>', '&amp;', '\u202e\u0000\n\ud800', '=cmd|calc', '-1+1', '@x', 'a,"b"\r\nc'));

describe('graphs as files', () => {
  it('are well-formed XML with every node and edge, whatever names hold', () => {
    fc.assert(fc.property(hostile, (text) => {
      const graph = graphOf(text === 'server:s1' ? 'x' : text);
      const ml = read(graphMl(graph));
      expect([count(ml, 'node'), count(ml, 'edge')]).toEqual([2, 1]);
      const svg = read(graphSvg(graph));
      expect(new Set(svg.tags)).toEqual(new Set(['svg', 'title', 'rect', 'g', 'path', 'text']));
      expect([...svg.names].filter((name) => /^on|href|style/i.test(name))).toEqual([]);
    }));
  });
  it('are the same bytes for the same graph', () => {
    for (const write of [graphMl, graphSvg, graphJson, nodesCsv, edgesCsv]) expect(write(graphOf('x'))).toBe(write(structuredClone(graphOf('x'))));
  });
  it('keep the facts: reasons, states and sources', () => {
    const ml = graphMl(graphOf('Evil'));
    expect(ml).toContain('<node id="Evil"><data key="n-label">Evil</data><data key="n-kind">component</data><data key="n-layer">4</data>');
    expect(ml).toContain(`<data key="e-style">struck</data><data key="e-sources">C/a.config line 312 sha256 ${SHA}</data>`);
    const svg = read(graphSvg(graphOf('Evil')));
    expect(svg.texts).toEqual(expect.arrayContaining(['Evil', 'absent \u00b7 high \u00b7 component', '\u00d7']));
    expect(JSON.parse(graphJson(graphOf('Evil')))).toMatchObject({ schema: 'iisight.graph/1', nodes: [{ id: 'server:s1' }, { id: 'Evil' }] });
    expect(Graph.parse(JSON.parse(graphJson(graphOf('Evil'))))).toEqual(graphOf('Evil'));
  });
  it('put a node where it was put', () => {
    const at = (places: readonly { id: string; dx: number; y: number }[]): string | undefined => /<rect x="([-\d.]+)" y="([-\d.]+)" width="190"[^>]*stroke-dasharray/.exec(graphSvg(graphOf('x'), places))?.slice(1).join(' ');
    expect(at([])).toBe('270 0');
    expect(at([{ id: 'x', dx: 1, y: 70 }])).toBe('540 100');
    expect(at([{ id: 'gone', dx: 1, y: 70 }])).toBe('270 0');
  });
  it('hold nothing in CSV that a spreadsheet would run', () => {
    expect(nodesCsv(graphOf('=cmd|calc'))).toContain("\r\n'=cmd|calc,4,component,'=cmd|calc,high,yes,");
    expect(edgesCsv(graphOf('a,"b"'))).toContain('WEB01,"a,""b""",server:s1,"a,""b""","a,""b""",struck,');
  });
});
