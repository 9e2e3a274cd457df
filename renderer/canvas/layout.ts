/** What the layout needs of a node: its column is given, its place in the column is found. */
export interface LayoutNode {
  readonly id: string;
  readonly layer: number;
}
export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
}
export interface Placed {
  readonly id: string;
  readonly layer: number;
  /** Place in its column, from above, beginning with 0. */
  readonly order: number;
  readonly x: number;
  readonly y: number;
}
export interface LayoutSize {
  readonly columnWidth: number;
  readonly rowHeight: number;
}
export interface GraphLayout {
  readonly nodes: ReadonlyMap<string, Placed>;
  readonly width: number;
  readonly height: number;
}

const SWEEPS = 12;

/**
 * Places nodes in fixed columns, one per layer, empty layers left out. Barycentre sweeps (Sugiyama, Tagawa, Toda 1981)
 * order each column by the mean place of its neighbours, left to right and back; ties keep the given order, so the same
 * graph always lies the same way.
 */
export function layoutGraph(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], size: LayoutSize): GraphLayout {
  const layers = [...new Set(nodes.map((n) => n.layer))].sort((a, b) => a - b);
  const columns = layers.map((layer) => nodes.filter((n) => n.layer === layer).map((n) => n.id));
  const neighbours = neighbourLists(nodes, edges);
  const columnOf = new Map(nodes.map((n) => [n.id, layers.indexOf(n.layer)]));

  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    const order = columns.map((_, i) => (forward ? i : columns.length - 1 - i)).slice(1);
    for (const column of order) sortColumn(columns, column, forward, neighbours, columnOf);
  }

  const tallest = Math.max(1, ...columns.map((c) => c.length));
  const placed = new Map<string, Placed>();
  columns.forEach((column, i) => {
    const top = ((tallest - column.length) * size.rowHeight) / 2;
    column.forEach((id, order) => {
      placed.set(id, { id, layer: layers[i] ?? 0, order, x: i * size.columnWidth, y: top + order * size.rowHeight });
    });
  });
  return { nodes: placed, width: columns.length * size.columnWidth, height: tallest * size.rowHeight };
}

function neighbourLists(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>(nodes.map((n) => [n.id, []]));
  for (const { from, to } of edges) {
    if (!lists.has(from) || !lists.has(to)) continue;
    lists.get(from)?.push(to);
    lists.get(to)?.push(from);
  }
  return lists;
}

function sortColumn(columns: string[][], at: number, forward: boolean, neighbours: ReadonlyMap<string, readonly string[]>, columnOf: ReadonlyMap<string, number>): void {
  const column = columns[at];
  if (column === undefined) return;
  const place = new Map<string, number>();
  // Places are fractions of the column, so that a long column does not pull a short one down.
  columns.forEach((ids) => ids.forEach((id, i) => place.set(id, (i + 0.5) / ids.length)));
  const centre = new Map(column.map((id) => {
    const fixed = (neighbours.get(id) ?? []).filter((n) => (forward ? (columnOf.get(n) ?? 0) < at : (columnOf.get(n) ?? 0) > at));
    const sum = fixed.reduce((total, n) => total + (place.get(n) ?? 0), 0);
    return [id, fixed.length === 0 ? (place.get(id) ?? 0) : sum / fixed.length] as const;
  }));
  const before = new Map(column.map((id, i) => [id, i]));
  column.sort((a, b) => (centre.get(a) ?? 0) - (centre.get(b) ?? 0) || (before.get(a) ?? 0) - (before.get(b) ?? 0));
}

/** How many pairs of edges cross, between neighbouring columns; for tests and for choosing. */
export function crossings(layout: GraphLayout, edges: readonly LayoutEdge[]): number {
  const lines = edges.flatMap(({ from, to }) => {
    const a = layout.nodes.get(from);
    const b = layout.nodes.get(to);
    return a === undefined || b === undefined ? [] : [a.x <= b.x ? { a, b } : { a: b, b: a }];
  });
  let found = 0;
  lines.forEach((p, i) => lines.slice(i + 1).forEach((q) => {
    if (p.a.layer === q.a.layer && p.b.layer === q.b.layer && (p.a.order - q.a.order) * (p.b.order - q.b.order) < 0) found += 1;
  }));
  return found;
}
