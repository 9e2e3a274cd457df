import { useMemo, useState } from 'react';
import type { Input, Output } from '../../../shared/contract/index.ts';
import { useLayout, type LaidOut } from '../../canvas/index.ts';
import type { GraphSetup } from '../../state/graph-setup.ts';
import { useRequest } from '../../state/react.ts';
import type { Answer } from '../../state/query-cache.ts';

export type Node = Output<'graph.view'>['nodes'][number];
export type Edge = Output<'graph.view'>['edges'][number];
type Places = Output<'graph.arrangement'>['places'];

/** What is asked of the engine for a setup. */
export function inputOf({ all, expand, question, server, asOf }: GraphSetup): Input<'graph.view'> {
  return {
    all, expand: [...expand], ...(question === null ? {} : { question }), ...(server === null ? {} : { server }),
    ...(asOf === null ? {} : { asOf, later: true }),
  };
}

interface ShownGraph {
  readonly answer: Answer<Output<'graph.view'>>;
  /** The last answer: it stays while the next one is on its way, so that neither the drawing nor the keyboard is lost. */
  readonly graph: Output<'graph.view'> | null;
  /** What is drawn, and where; null until it is laid out. */
  readonly drawn: LaidOut<Node, Edge> | null;
}

/** The graph of a setup, laid out. What came later than the moment on screen is left out unless it is asked for. */
export function useGraph(setup: GraphSetup, places: readonly Places[number][]): ShownGraph {
  const answer = useRequest('graph.view', inputOf(setup));
  const of = JSON.stringify([setup.all, setup.question, setup.server]);
  const [last, setLast] = useState({ graph: answer.value, of });
  if (answer.value !== null && (answer.value !== last.graph || of !== last.of)) setLast({ graph: answer.value, of });
  const { graph } = last;
  const nodes = useMemo(() => (graph?.nodes ?? []).filter((n) => setup.later || n.arrival !== 'later'), [graph, setup.later]);
  const edges = useMemo(() => {
    const there = new Set(nodes.map((n) => n.id));
    return (graph?.edges ?? []).filter((e) => there.has(e.from) && there.has(e.to));
  }, [graph, nodes]);
  return { answer, graph, drawn: useLayout(nodes, edges, places, last.of) };
}
