import type { GraphLayout, LayoutEdge } from '../../shared/base/layered.ts';

export type WalkKey = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';

/**
 * The node that an arrow leads to: up and down within the column, left and right along an edge to the nearest neighbour,
 * or to the nearest node of the next column where there is no edge.
 */
export function walk(layout: GraphLayout, edges: readonly LayoutEdge[], from: string, key: WalkKey): string {
  const here = layout.nodes.get(from);
  const all = [...layout.nodes.values()];
  if (here === undefined) return all[0]?.id ?? from;
  if (key === 'ArrowUp' || key === 'ArrowDown' || key === 'Home' || key === 'End') {
    // As they lie, which is not their order where nodes were moved.
    const column = all.filter((n) => n.layer === here.layer).sort((a, b) => a.y - b.y || a.order - b.order);
    const own = column.indexOf(here);
    const at = { ArrowUp: own - 1, ArrowDown: own + 1, Home: 0, End: column.length - 1 }[key];
    return column[Math.max(0, Math.min(column.length - 1, at))]?.id ?? from;
  }
  const right = key === 'ArrowRight';
  const linked = new Set(edges.flatMap((e) => (e.from === from ? [e.to] : e.to === from ? [e.from] : [])));
  const beyond = all.filter((n) => (right ? n.x > here.x : n.x < here.x));
  const choices = beyond.some((n) => linked.has(n.id)) ? beyond.filter((n) => linked.has(n.id)) : beyond;
  choices.sort((a, b) => Math.abs(a.x - here.x) - Math.abs(b.x - here.x) || Math.abs(a.y - here.y) - Math.abs(b.y - here.y));
  return choices[0]?.id ?? from;
}
