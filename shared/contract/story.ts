import { z } from 'zod';
import { SharedTrait, StackRow, Story } from '../model/index.ts';
import { Nothing, request } from './define.ts';

export const storyRequests = {
  /** How a component came and was used, with the gaps between the steps. */
  'story.component': request(z.object({ id: z.string() }), Story),
  /** What a component has in common with others of the case, across hosts. */
  'story.shared': request(z.object({ id: z.string() }), z.object({ traits: z.array(SharedTrait), /** What was compared, or why nothing could be. */ note: z.string().optional() })),
  /** All components of all hosts, counted by host; those that few hosts have come first. */
  'story.stack': request(Nothing, z.object({ rows: z.array(StackRow), servers: z.number().int(), /** Why counting says nothing, or null. */ note: z.string().nullable().optional() })),
};
