import { layoutGraph, type LayoutEdge, type LayoutNode, type LayoutSize, type Placed } from '../../shared/base/layered.ts';

/** What the page asks of the worker, and what comes back under the same number. */
export interface LayoutJob {
  readonly id: number;
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
  readonly size: LayoutSize;
}
export interface LayoutAnswer {
  readonly id: number;
  readonly placed: readonly Placed[];
  readonly width: number;
  readonly height: number;
}

// A thread of its own: thousands of nodes must not hold the keyboard back.
addEventListener('message', ({ data }: MessageEvent<LayoutJob>) => {
  const { nodes, width, height } = layoutGraph(data.nodes, data.edges, data.size);
  postMessage({ id: data.id, placed: [...nodes.values()], width, height } satisfies LayoutAnswer);
});
