import { compareBy, compareText } from '../../shared/base/compare.ts';
import type { EvidenceRef, Graph, GraphEdge, GraphNode } from '../../shared/model/index.ts';

type NodeDraft = Pick<GraphNode, 'id' | 'kind' | 'layer' | 'label'> & Partial<Omit<GraphNode, 'id' | 'kind' | 'layer' | 'label'>>;

/** Collects nodes and edges; the first one of an id stays, so that adding twice is harmless. */
export class Drawing {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #edges = new Map<string, GraphEdge>();

  get size(): number {
    return this.#nodes.size;
  }

  has(id: string): boolean {
    return this.#nodes.has(id);
  }

  node(draft: NodeDraft): string {
    if (!this.#nodes.has(draft.id)) {
      this.#nodes.set(draft.id, { detail: '', severity: null, absent: false, historyOnly: false, count: 1, component: null, refs: [], ...draft });
    }
    return draft.id;
  }

  edge(from: string, to: string, reason: string, refs: readonly EvidenceRef[], style: GraphEdge['style'] = 'solid'): void {
    const id = `${from} > ${to}`;
    if (!this.#edges.has(id)) this.#edges.set(id, { id, from, to, reason, style, refs: [...refs] });
  }

  /** Nodes by layer and then as they were added; edges whose ends are both drawn, by id. */
  graph(capped: boolean): Graph {
    const nodes = [...this.#nodes.values()].sort(compareBy((n) => n.layer));
    const edges = [...this.#edges.values()].filter((e) => this.#nodes.has(e.from) && this.#nodes.has(e.to)).sort((a, b) => compareText(a.id, b.id));
    return { nodes, edges, capped };
  }
}
