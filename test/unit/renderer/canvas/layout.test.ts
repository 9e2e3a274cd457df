import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arranged, crossings, layoutGraph } from '../../../../shared/base/layered.ts';
import { walk } from '../../../../renderer/canvas/walk.ts';
import { graph } from '../../../helpers/fake-graph.ts';

const SIZE = { columnWidth: 200, rowHeight: 50 };
const arbitrary = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 60 }).chain((layers) => {
  const nodes = layers.map((layer, i) => ({ id: `n${i}`, layer }));
  const id = fc.integer({ min: 0, max: layers.length - 1 }).map((i) => `n${i}`);
  return fc.record({ nodes: fc.constant(nodes), edges: fc.array(fc.record({ from: id, to: id }), { maxLength: 120 }) });
});

describe('the layered layout', () => {
  it('gives every node its own place in the column of its layer', () => {
    fc.assert(fc.property(arbitrary, ({ nodes, edges }) => {
      const { nodes: placed } = layoutGraph(nodes, edges, SIZE);
      expect(placed.size).toBe(nodes.length);
      expect(new Set([...placed.values()].map((p) => `${p.x} ${p.y}`)).size).toBe(nodes.length);
      for (const a of placed.values()) for (const b of placed.values()) if (a.layer < b.layer) expect(a.x).toBeLessThan(b.x);
    }));
  });
  it('is the same every time', () => {
    fc.assert(fc.property(arbitrary, ({ nodes, edges }) => {
      expect([...layoutGraph(nodes, edges, SIZE).nodes]).toEqual([...layoutGraph(nodes, edges, SIZE).nodes]);
    }));
  });
  it('leaves no node on another, in rows of the same height', () => {
    fc.assert(fc.property(arbitrary, ({ nodes, edges }) => {
      const { nodes: placed, width, height } = layoutGraph(nodes, edges, SIZE);
      const all = [...placed.values()];
      for (const a of all) {
        expect(a.x >= 0 && a.x < width && a.y >= 0 && a.y + SIZE.rowHeight <= height).toBe(true);
        for (const b of all) if (a !== b && a.layer === b.layer) expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(SIZE.rowHeight);
      }
    }));
  });
  it('never crosses more than the given order does, and counts crossings as looking at each pair does', () => {
    fc.assert(fc.property(arbitrary, ({ nodes, edges }) => {
      const layout = layoutGraph(nodes, edges, SIZE);
      const at = (id: string) => layout.nodes.get(id);
      const lines = edges.flatMap(({ from, to }) => {
        const [a, b] = [at(from), at(to)];
        return a === undefined || b === undefined || a.layer === b.layer ? [] : [a.layer < b.layer ? { a, b } : { a: b, b: a }];
      });
      let found = 0;
      lines.forEach((p, i) => lines.slice(i + 1).forEach((q) => {
        if (p.a.layer === q.a.layer && p.b.layer === q.b.layer && (p.a.order - q.a.order) * (p.b.order - q.b.order) < 0) found += 1;
      }));
      expect(crossings(layout, edges)).toBe(found);
      const given = new Map<string, { layer: number; order: number }>();
      for (const layer of new Set(nodes.map((n) => n.layer))) nodes.filter((n) => n.layer === layer).forEach((n, order) => given.set(n.id, { layer, order }));
      const asGiven = { ...layout, nodes: new Map([...layout.nodes].map(([id, p]) => [id, { ...p, order: given.get(id)?.order ?? 0 }])) };
      expect(crossings(layout, edges)).toBeLessThanOrEqual(crossings(asGiven, edges));
    }));
  });
  it('puts a node where somebody put it, and moves no other', () => {
    const nodes = [{ id: 'a', layer: 0 }, { id: 'b', layer: 1 }, { id: 'c', layer: 1 }];
    const layout = layoutGraph(nodes, [{ from: 'a', to: 'b' }], SIZE);
    const moved = arranged(layout, [{ id: 'b', dx: 0.5, y: -10 }, { id: 'gone', dx: 1, y: 1 }], SIZE);
    expect(moved.nodes.get('b')).toMatchObject({ x: 300, y: 40 });
    expect(moved.nodes.get('a')).toEqual(layout.nodes.get('a'));
    expect(moved.nodes.size).toBe(3);
    expect(arranged(layout, [], SIZE)).toBe(layout);
  });
  it('untangles what can be drawn without a crossing', () => {
    const nodes = ['a', 'b', 'c'].flatMap((id) => [{ id, layer: 0 }]).concat(['z', 'y', 'x'].map((id) => ({ id, layer: 1 })));
    const edges = [{ from: 'a', to: 'x' }, { from: 'b', to: 'y' }, { from: 'c', to: 'z' }];
    expect(crossings(layoutGraph(nodes, edges, SIZE), edges)).toBe(0);
  });
  it('ignores edges to nodes that are not drawn', () => {
    expect(layoutGraph([{ id: 'a', layer: 0 }], [{ from: 'a', to: 'gone' }], SIZE).nodes.size).toBe(1);
  });
});

describe('walking with the arrows', () => {
  const { nodes, edges } = graph(false);
  const layout = layoutGraph(nodes, edges, SIZE);
  it('follows edges from the server to the entry point', () => {
    let at = 'c-planted';
    const seen = [at];
    for (let i = 0; i < 2; i++) seen.push((at = walk(layout, edges, at, 'ArrowRight')));
    expect(seen).toEqual(['c-planted', 'file-planted', 'ep-planted']);
    expect(walk(layout, edges, 'file-planted', 'ArrowLeft')).toBe('c-planted');
  });
  it('stays in the column with up and down and never leaves the graph', () => {
    for (const node of nodes) {
      for (const key of ['ArrowUp', 'ArrowDown', 'Home', 'End'] as const) expect(layout.nodes.get(walk(layout, edges, node.id, key))?.layer).toBe(node.layer);
      for (const key of ['ArrowLeft', 'ArrowRight'] as const) expect(layout.nodes.has(walk(layout, edges, node.id, key))).toBe(true);
    }
  });
});
