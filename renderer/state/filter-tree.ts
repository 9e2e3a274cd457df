/** A filter that was tried, and the one that it was tried from. */
export interface FilterNode {
  readonly id: number;
  readonly parent: number | null;
  readonly text: string;
  /** What the analyst calls the branch that begins here; '' without a name. */
  readonly name: string;
}

/** The filters of a session: trying another one from an earlier one begins a branch. */
export interface FilterTree {
  readonly nodes: readonly FilterNode[];
  /** The one that is applied. */
  readonly current: number;
}

/** A node where it stands in the drawing: depth first, the latest branch last. */
export interface TreeRow {
  readonly node: FilterNode;
  readonly depth: number;
  /** How many filters were tried from it. */
  readonly children: number;
}

/** The most filters that are remembered; beyond it, the oldest ends of branches without a name go. */
export const MAX_TRIED = 200;

/** Everything begins without a filter. */
export const NO_TREE: FilterTree = { nodes: [{ id: 0, parent: null, text: '', name: '' }], current: 0 };

/**
 * A filter was applied. The same one tried from here before, or the one that this came from, is gone to; another is a new
 * node under the current one.
 */
export function tried(tree: FilterTree, text: string): FilterTree {
  const wanted = text.trim();
  const here = nodeOf(tree, tree.current);
  if (here === undefined || here.text === wanted) return tree;
  const known = tree.nodes.find((n) => n.text === wanted && (n.parent === here.id || n.id === here.parent || n.parent === null));
  if (known !== undefined) return { ...tree, current: known.id };
  const id = Math.max(...tree.nodes.map((n) => n.id)) + 1;
  return trimmed({ nodes: [...tree.nodes, { id, parent: here.id, text: wanted, name: '' }], current: id });
}

function nodeOf(tree: FilterTree, id: number): FilterNode | undefined {
  return tree.nodes.find((n) => n.id === id);
}

export function named(tree: FilterTree, id: number, name: string): FilterTree {
  return { ...tree, nodes: tree.nodes.map((n) => (n.id === id ? { ...n, name } : n)) };
}

/** Forgets a node and what was tried from it; the root and the way to the current node stay. */
export function without(tree: FilterTree, id: number): FilterTree {
  const way = wayTo(tree, tree.current);
  if (way.has(id) || nodeOf(tree, id)?.parent === null) return tree;
  const gone = new Set([id]);
  // Parents stand before their children.
  for (const node of tree.nodes) if (node.parent !== null && gone.has(node.parent)) gone.add(node.id);
  return { ...tree, nodes: tree.nodes.filter((n) => !gone.has(n.id)) };
}

/** The tree as rows, depth first. */
export function outline(tree: FilterTree): readonly TreeRow[] {
  const children = new Map<number | null, FilterNode[]>();
  for (const node of tree.nodes) children.set(node.parent, [...(children.get(node.parent) ?? []), node]);
  const rows: TreeRow[] = [];
  const open = (children.get(null) ?? []).map((node) => ({ node, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const own = children.get(next.node.id) ?? [];
    rows.push({ ...next, children: own.length });
    const { depth } = next;
    open.push(...own.toReversed().map((node) => ({ node, depth: depth + 1 })));
  }
  return rows;
}

/** The node and all that lie before it. */
function wayTo(tree: FilterTree, id: number): ReadonlySet<number> {
  const way = new Set<number>();
  for (let node = nodeOf(tree, id); node !== undefined && !way.has(node.id); node = node.parent === null ? undefined : nodeOf(tree, node.parent)) way.add(node.id);
  return way;
}

function trimmed(tree: FilterTree): FilterTree {
  if (tree.nodes.length <= MAX_TRIED) return tree;
  const way = wayTo(tree, tree.current);
  const parents = new Set(tree.nodes.map((n) => n.parent));
  const end = tree.nodes.find((n) => !parents.has(n.id) && !way.has(n.id) && n.name === '') ?? tree.nodes.find((n) => !parents.has(n.id) && !way.has(n.id));
  return end === undefined ? tree : { ...tree, nodes: tree.nodes.filter((n) => n.id !== end.id) };
}
