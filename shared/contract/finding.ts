import { z } from 'zod';
import { ComponentLooks, Finding, FindingDecision, Note, NoteDraft } from '../model/index.ts';
import { Freshness, Nothing, request } from './define.ts';

/** What a rule looks for, so that a person can check it. */
export const RuleText = z.object({
  rule: z.string(), title: z.string(), condition: z.string(), severityHow: z.string(), reference: z.string(),
  /** Raised when the rule's condition or severity changes. */
  version: z.number().int().positive().default(1),
  /** What it means when the rule speaks. */
  meaning: z.string().default(''),
  /** How rare the fact is on clean servers, and how much it would matter: the severity in words. */
  rarity: z.string().default(''), relevance: z.string().default(''),
  /** What is innocent and looks alike; what would support and what would refute the finding in general. */
  falsePositives: z.array(z.string()).default([]), supportedBy: z.array(z.string()).default([]), refutedBy: z.array(z.string()).default([]),
  attack: z.array(z.string()).default([]), d3fend: z.array(z.string()).default([]),
  references: z.array(z.string()).default([]),
  /** Points with which a finding of this rule adds to what else speaks against its component; at info it adds none. */
  weight: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
});
export type RuleText = z.infer<typeof RuleText>;

/** One link of the D3FEND class chain, from the technique up to ExternalThing. */
export const OntologyStep = z.object({ label: z.string(), iri: z.string() });
export type OntologyStep = z.infer<typeof OntologyStep>;

export const findingRequests = {
  'finding.list': request(Nothing, Freshness.extend({ findings: z.array(Finding), decisions: z.array(FindingDecision), rules: z.array(RuleText), d3fend: z.array(OntologyStep) })),
  /** Which rules looked at a component and what they saw, found or not: why it is flagged, and why not. */
  'finding.explain': request(z.object({ component: z.string() }), ComponentLooks.extend({
    findings: z.array(Finding), rules: z.array(RuleText),
    /** False where it is not known what rules saw that found nothing: of stock components in a case with very many, and while reading goes on. */
    kept: z.boolean().default(true),
  })),
  'finding.decide': request(z.object({ finding: z.string(), decision: z.enum(['accepted', 'ignored', 'open']), reason: z.string().max(10_000) }), z.object({ decisions: z.array(FindingDecision), note: Note.nullable() })),
};

export const noteRequests = {
  'note.list': request(Nothing, z.object({ notes: z.array(Note) })),
  /** Answers only when the note is in the case file itself and the file was flushed. */
  'note.add': request(NoteDraft, Note),
  /** `about` left out: the moment stays as it is. */
  'note.edit': request(z.object({ id: z.string(), text: z.string().max(100_000), tag: z.string().max(200), about: z.string().max(100).nullable().optional() }), Note),
  'note.delete': request(z.object({ id: z.string() }), Nothing),
  'note.revisions': request(z.object({ id: z.string() }), z.object({ revisions: z.array(Note) })),
};
