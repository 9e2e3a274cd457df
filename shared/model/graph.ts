import { z } from 'zod';
import { EvidenceRef } from './place.ts';
import { Severity } from './finding.ts';

/** Layers from left to right; a node's kind fixes its column. */
export const GraphNodeKind = z.enum(['server', 'site', 'pool', 'application', 'registration', 'component', 'file', 'entry-point', 'import', 'group']);
export type GraphNodeKind = z.infer<typeof GraphNodeKind>;

export const GraphNode = z.object({
  id: z.string(),
  kind: GraphNodeKind,
  /** 0 is leftmost: server 0, site and pool 1, application 2, registration 3, component 4, file 5, entry point and import 6. */
  layer: z.number().int().min(0).max(6),
  label: z.string(),
  detail: z.string(),
  /** Highest severity of the findings on it, or null. */
  severity: Severity.nullable(),
  /** Dashed: named by the configuration, not in the evidence. */
  absent: z.boolean(),
  /** Seen only in some configuration copies. */
  historyOnly: z.boolean(),
  /** `added`: not in the copy before the one on screen. `later`: in the file in force, not yet at the moment on screen. */
  arrival: z.enum(['added', 'later']).optional(),
  /** For a group: how many nodes it stands for. */
  count: z.number().int().positive(),
  /** For a group: the kind of those nodes. */
  of: GraphNodeKind.optional(),
  /** A file whose imports are drawn when it is expanded; groups can always be expanded. */
  expands: z.literal('imports').optional(),
  component: z.string().nullable(),
  refs: z.array(EvidenceRef),
});
export type GraphNode = z.infer<typeof GraphNode>;

/** An edge is a fact with its reason: "registered at applicationHost.config line 312". */
export const GraphEdge = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
  style: z.enum(['solid', 'dashed', 'struck', 'clock']),
  refs: z.array(EvidenceRef),
});
export type GraphEdge = z.infer<typeof GraphEdge>;

export const Graph = z.object({ nodes: z.array(GraphNode), edges: z.array(GraphEdge), capped: z.boolean() });
export type Graph = z.infer<typeof Graph>;

/** Where the analyst put a node: `dx` columns beside its own column, `y` pixels below the middle of the drawing. */
export const NodePlace = z.object({ id: z.string().max(4096), dx: z.number().min(-100).max(100), y: z.number().min(-1e6).max(1e6) });
export type NodePlace = z.infer<typeof NodePlace>;
export const NodePlaces = z.array(NodePlace);

/** A question to the whole graph, also to the nodes that are folded on screen. */
export const GraphQuestion = z.discriminatedUnion('kind', [
  /** All shortest chains of facts between two nodes. */
  z.object({ kind: z.literal('path'), from: z.string().max(4096), to: z.string().max(4096) }),
  /** Everything that a node leads to, or that leads to it. */
  z.object({ kind: z.literal('reach'), node: z.string().max(4096), direction: z.enum(['forward', 'backward']) }),
]);
export type GraphQuestion = z.infer<typeof GraphQuestion>;
