import { z } from 'zod';
import { ConfigCopy, Graph, GraphNode, GraphNodeKind, GraphQuestion, NodePlace } from '../model/index.ts';
import { request } from './define.ts';

/** What is drawn: a server (absent: all of them) at a moment, what is open in it, and the question that is asked. */
const Drawn = z.object({
  server: z.string().optional(),
  /** False: stock components are folded into one node for each kind. */
  all: z.boolean().optional(),
  /** Groups that are open, and files whose imports are drawn. */
  expand: z.array(z.string().max(4096)).max(200).optional(),
  /** Id of a configuration copy; absent: now. */
  asOf: z.string().optional(),
  /** With `asOf`: what came after that copy is drawn too, marked as such. */
  later: z.boolean().optional(),
  question: GraphQuestion.optional(),
  /** Every node, unfolded: for exports. */
  whole: z.boolean().optional(),
});
export type DrawnGraph = z.input<typeof Drawn>;

export const GraphServer = z.object({ id: z.string(), name: z.string().nullable() });
/** How many nodes of a kind the answer holds, folded ones counted one by one. */
export const KindCount = z.object({ kind: GraphNodeKind, count: z.number().int() });

export const GraphFormat = z.enum(['svg', 'graphml', 'json', 'csv-nodes', 'csv-edges']);
export type GraphFormat = z.infer<typeof GraphFormat>;
const Exported = Drawn.extend({ format: GraphFormat });

const Hit = GraphNode.pick({ id: true, kind: true, label: true, detail: true, severity: true }).extend({ /** Whether the text is its id, its whole name, or a part of its name or detail. */ how: z.enum(['id', 'name', 'part']) });

export const graphRequests = {
  'graph.view': request(Drawn, Graph.extend({ copies: z.array(ConfigCopy), servers: z.array(GraphServer), counts: z.array(KindCount) })),
  /** Nodes of the whole graph by their text, the best first; an empty text finds all. */
  'graph.find': request(z.object({ server: z.string().optional(), asOf: z.string().optional(), text: z.string().max(4096), limit: z.number().int().min(0).max(5000) }), z.object({ hits: z.array(Hit), total: z.number().int() })),
  /** What is drawn, as the text of a file. */
  'graph.text': request(Exported, z.object({ text: z.string() })),
  'graph.write': request(Exported.extend({ path: z.string().min(1).max(4096), replace: z.boolean().optional() }), z.object({ path: z.string(), bytes: z.number().int() })),
  /** Places of nodes that the analyst moved. */
  'graph.arrangement': request(z.object({}), z.object({ places: z.array(NodePlace) })),
  'graph.arrange': request(z.object({ put: z.array(NodePlace).max(2000), /** Nodes that go back to where the layout puts them; `all` frees every node. */ free: z.union([z.array(z.string()).max(2000), z.literal('all')]).optional() }), z.object({ places: z.array(NodePlace) })),
};
