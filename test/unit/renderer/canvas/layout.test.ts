import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossings, layoutGraph } from '../../../../shared/base/layered.ts';
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
  it('untangles what can be drawn without a crossing', () => {
    const nodes = ['a', 'b', 'c'].flatMap((id) => [{ id, layer: 0 }]).concat(['z', 'y', 'x'].map((id) => ({ id, layer: 1 })));
    const edges = [{ from: 'a', to: 'x' }, { from: 'b', to: 'y' }, { from: 'c', to: 'z' }];
    expect(crossings(layoutGraph(nodes, edges, SIZE), edges)).toBe(0);
  });
  it('ignores edges to nodes that are not drawn', () => {
    expect(layoutGraph([{ id: 'a', layer: 0 }], [{ from: 'a', to: 'gone' }], SIZE).nodes.size).toBe(1);
  });
  it('is quick on a graph as large as may be drawn', () => {
    const nodes = Array.from({ length: 2000 }, (_, i) => ({ id: `n${i}`, layer: i % 7 }));
    const edges = Array.from({ length: 6000 }, (_, i) => ({ from: `n${(i * 13) % 2000}`, to: `n${(i * 31 + 1) % 2000}` }));
    const begin = performance.now();
    layoutGraph(nodes, edges, SIZE);
    expect(performance.now() - begin).toBeLessThan(5000);
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
