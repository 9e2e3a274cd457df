import { z } from 'zod';
import { ConfigCopy, Graph } from '../model/index.ts';
import { request } from './define.ts';

export const graphRequests = {
  /** `all` false: stock components are folded into one node. `asOf`: id of a configuration copy. */
  'graph.view': request(z.object({ server: z.string().optional(), all: z.boolean().optional(), expand: z.array(z.string()).max(200).optional(), asOf: z.string().optional(), /** With `asOf`: what came after that copy is drawn too, marked as such. */ later: z.boolean().optional() }), Graph.extend({ copies: z.array(ConfigCopy) })),
  /** The shortest chains of facts that lead from one node to another. */
  'graph.path': request(z.object({ from: z.string(), to: z.string() }), Graph),
};
