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
 * order each column by the mean place of its neighbours, left to right and back, and the sweep with the fewest crossings
 * stands; ties keep the given order, so the same graph always lies the same way. Time grows as nodes and edges do.
 */
export function layoutGraph(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], size: LayoutSize): GraphLayout {
  const layers = [...new Set(nodes.map((n) => n.layer))].sort((a, b) => a - b);
  const indexOf = new Map(layers.map((layer, i) => [layer, i]));
  const columns: string[][] = layers.map(() => []);
  for (const n of nodes) columns[indexOf.get(n.layer) ?? 0]?.push(n.id);
  const columnOf = new Map(nodes.map((n) => [n.id, indexOf.get(n.layer) ?? 0]));
  const neighbours = neighbourLists(nodes, edges, columnOf);
  const spans = spansOf(edges, columnOf);

  let best = columns.map((c) => [...c]);
  let fewest = crossingsOf(best, spans);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const forward = sweep % 2 === 0;
    const order = columns.map((_, i) => (forward ? i : columns.length - 1 - i)).slice(1);
    for (const column of order) sortColumn(columns, column, forward ? neighbours.before : neighbours.after);
    const found = crossingsOf(columns, spans);
    if (found >= fewest) continue;
    fewest = found;
    best = columns.map((c) => [...c]);
  }

  const tallest = Math.max(1, ...best.map((c) => c.length));
  const placed = new Map<string, Placed>();
  best.forEach((column, i) => {
    const top = ((tallest - column.length) * size.rowHeight) / 2;
    column.forEach((id, order) => {
      placed.set(id, { id, layer: layers[i] ?? 0, order, x: i * size.columnWidth, y: top + order * size.rowHeight });
    });
  });
  return { nodes: placed, width: best.length * size.columnWidth, height: tallest * size.rowHeight };
}

interface Neighbours {
  readonly before: ReadonlyMap<string, readonly string[]>;
  readonly after: ReadonlyMap<string, readonly string[]>;
}

/** Neighbours in the columns to the left and to the right. */
function neighbourLists(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], columnOf: ReadonlyMap<string, number>): Neighbours {
  const before = new Map<string, string[]>(nodes.map((n) => [n.id, []]));
  const after = new Map<string, string[]>(nodes.map((n) => [n.id, []]));
  for (const { from, to } of edges) {
    const a = columnOf.get(from);
    const b = columnOf.get(to);
    if (a === undefined || b === undefined || a === b) continue;
    (a < b ? after : before).get(from)?.push(to);
    (a < b ? before : after).get(to)?.push(from);
  }
  return { before, after };
}

function sortColumn(columns: string[][], at: number, neighbours: ReadonlyMap<string, readonly string[]>): void {
  const column = columns[at];
  if (column === undefined) return;
  const place = new Map<string, number>();
  // Places are fractions of the column, so that a long column does not pull a short one down.
  for (const ids of columns) ids.forEach((id, i) => place.set(id, (i + 0.5) / ids.length));
  const ranked = column.map((id, i) => {
    const fixed = neighbours.get(id) ?? [];
    let sum = 0;
    for (const n of fixed) sum += place.get(n) ?? 0;
    return { id, i, centre: fixed.length === 0 ? (place.get(id) ?? 0) : sum / fixed.length };
  });
  ranked.sort((a, b) => a.centre - b.centre || a.i - b.i);
  ranked.forEach(({ id }, i) => (column[i] = id));
}

/** Edges between the same two columns, from the left one to the right one. */
interface Span { readonly left: number; readonly right: number; readonly edges: readonly (readonly [string, string])[] }

function spansOf(edges: readonly LayoutEdge[], columnOf: ReadonlyMap<string, number>): readonly Span[] {
  const spans = new Map<string, { left: number; right: number; edges: [string, string][] }>();
  for (const { from, to } of edges) {
    const a = columnOf.get(from);
    const b = columnOf.get(to);
    if (a === undefined || b === undefined || a === b) continue;
    const [left, right] = a < b ? [a, b] : [b, a];
    const key = `${left} ${right}`;
    const span = spans.get(key) ?? { left, right, edges: [] };
    span.edges.push(a < b ? [from, to] : [to, from]);
    spans.set(key, span);
  }
  return [...spans.values()];
}

/** Pairs of edges between the same two columns that cross. A tree of sums (Fenwick 1994) counts them without looking at each pair. */
function crossingsOf(columns: readonly (readonly string[])[], spans: readonly Span[]): number {
  const orders = columns.map((ids) => new Map(ids.map((id, i) => [id, i])));
  let crossings = 0;
  for (const { left, right, edges } of spans) {
    const ends = edges.map(([a, b]) => [orders[left]?.get(a) ?? 0, orders[right]?.get(b) ?? 0] as const).sort((p, q) => p[0] - q[0] || p[1] - q[1]);
    const size = columns[right]?.length ?? 0;
    const sums = new Int32Array(size + 1);
    ends.forEach(([, b], seen) => {
      let notBeyond = 0;
      for (let i = b + 1; i > 0; i -= i & -i) notBeyond += sums[i] ?? 0;
      crossings += seen - notBeyond;
      for (let i = b + 1; i <= size; i += i & -i) sums[i] = (sums[i] ?? 0) + 1;
    });
  }
  return crossings;
}

/** How many pairs of edges between the same two columns cross in a layout. */
export function crossings(layout: GraphLayout, edges: readonly LayoutEdge[]): number {
  const layers = [...new Set([...layout.nodes.values()].map((n) => n.layer))].sort((a, b) => a - b);
  const columns = layers.map((layer) => [...layout.nodes.values()].filter((n) => n.layer === layer).sort((a, b) => a.order - b.order).map((n) => n.id));
  const columnOf = new Map([...layout.nodes.values()].map((n) => [n.id, layers.indexOf(n.layer)]));
  return crossingsOf(columns, spansOf(edges, columnOf));
}

/** Where somebody put a node: beside its own column in columns, and below the middle of the drawing. */
export interface ChosenPlace {
  readonly id: string;
  readonly dx: number;
  readonly y: number;
}

/** The layout with the nodes that were put elsewhere; all others stay, also where they overlap then. */
export function arranged(layout: GraphLayout, places: readonly ChosenPlace[], size: LayoutSize): GraphLayout {
  if (places.length === 0) return layout;
  const nodes = new Map(layout.nodes);
  for (const { id, dx, y } of places) {
    const node = nodes.get(id);
    if (node !== undefined) nodes.set(id, { ...node, x: node.x + dx * size.columnWidth, y: layout.height / 2 + y });
  }
  return { ...layout, nodes };
}
