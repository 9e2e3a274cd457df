import { useEffect, useMemo, useState } from 'react';
import { arranged, layoutGraph, type ChosenPlace, type GraphLayout, type LayoutEdge, type LayoutNode } from '../../shared/base/layered.ts';
import type { LayoutAnswer, LayoutJob } from './layout-worker.ts';

/** Height of a node and the gap below it, in pixels at any zoom. */
export const NODE_HEIGHT = 50;
const SIZE = { columnWidth: 1, rowHeight: NODE_HEIGHT + 10 };

type Waiting = (layout: GraphLayout) => void;

/** Lays graphs out beside the page's own thread; in it where there are no workers (tests) or the worker fails. */
class Layouts {
  readonly #waiting = new Map<number, { readonly job: LayoutJob; readonly done: Waiting }>();
  #worker: Worker | null | undefined;
  #last = 0;

  ask(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Promise<GraphLayout> {
    const job: LayoutJob = { id: (this.#last += 1), nodes: nodes.map(({ id, layer }) => ({ id, layer })), edges: edges.map(({ from, to }) => ({ from, to })), size: SIZE };
    return new Promise((done) => {
      const worker = this.#start();
      if (worker === null) return done(inPage(job));
      this.#waiting.set(job.id, { job, done });
      worker.postMessage(job);
    });
  }

  #start(): Worker | null {
    if (this.#worker !== undefined) return this.#worker;
    if (typeof Worker === 'undefined') return (this.#worker = null);
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<LayoutAnswer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      waiting?.done({ nodes: new Map(data.placed.map((p) => [p.id, p])), width: data.width, height: data.height });
    });
    worker.addEventListener('error', () => {
      this.#worker = null;
      const left = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const { job, done } of left) done(inPage(job));
    });
    return (this.#worker = worker);
  }
}

const inPage = ({ nodes, edges, size }: LayoutJob): GraphLayout => layoutGraph(nodes, edges, size);
const layouts = new Layouts();

/** Nodes, edges and where they lie, always of the same graph. */
export interface LaidOut<N, E> {
  readonly nodes: readonly N[];
  readonly edges: readonly E[];
  readonly layout: GraphLayout;
  /** What this is a drawing of, as it was given. */
  readonly of: string;
}

/**
 * The graph with its layout. While a new one is laid out, the one before stays; null until the first is there.
 * @param places where the analyst put nodes @param of names what is drawn; it changes with the layout, not before
 */
export function useLayout<N extends LayoutNode, E extends LayoutEdge>(nodes: readonly N[], edges: readonly E[], places: readonly ChosenPlace[], of: string): LaidOut<N, E> | null {
  const [laidOut, setLaidOut] = useState<LaidOut<N, E> | null>(null);
  useEffect(() => {
    let current = true;
    void layouts.ask(nodes, edges).then((layout) => (current ? setLaidOut({ nodes, edges, layout, of }) : undefined));
    return () => {
      current = false;
    };
  }, [nodes, edges, of]);
  return useMemo(() => (laidOut === null ? null : { ...laidOut, layout: arranged(laidOut.layout, places, SIZE) }), [laidOut, places]);
}
