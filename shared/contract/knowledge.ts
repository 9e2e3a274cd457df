import { z } from 'zod';
import { AttackItem, Family, KindKnowledge, Reference } from '../model/index.ts';
import { Nothing, request } from './define.ts';
import { OntologyStep, RuleText } from './finding.ts';

/** What is known of the subject without any evidence. */
export const Knowledge = z.object({
  kinds: z.array(KindKnowledge),
  technique: AttackItem.extend({ tactic: z.string(), version: z.string(), mitigations: z.array(AttackItem), detection: z.array(AttackItem), procedures: z.array(AttackItem), cites: z.array(Reference) }),
  d3fend: z.object({ chain: z.array(OntologyStep), related: z.array(AttackItem), artifacts: z.array(AttackItem) }),
  families: z.array(Family),
  rules: z.array(RuleText),
});
export type Knowledge = z.infer<typeof Knowledge>;

export const knowledgeRequests = { 'knowledge.get': request(Nothing, Knowledge) };
