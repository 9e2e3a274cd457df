import { z } from 'zod';
import {
  Authenticode, Component, ConfigChange, ConfigCopy, EffectiveList, Finding, Graph, GraphQuestion, Layout, LogFile, Look, Missing, Moment, PeFacts, Place, Problem, TimelineEvent,
} from '../../model/index.ts';
import { EffectiveConfig } from '../component.ts';
import { IntegrityReport } from '../case.ts';
import { GraphServer, KindCount } from '../graph.ts';

/**
 * The JSON documents of the command line. Version 1 only ever gains fields, so every schema is loose for readers;
 * what is written is exactly what stands here.
 */
export const ToolInfo = z.object({ name: z.literal('iisight'), version: z.string(), rules: z.number().int(), /** Names the state of the rules: `31 rules, 5f0c2a9b1e7d`. */ rulesVersion: z.string().default('') });

const CliApplication = z.object({
  path: z.string(), pool: z.string(), pipeline: z.enum(['Integrated', 'Classic']), clr: z.string(), bitness: z.union([z.literal(32), z.literal(64)]), physicalPath: Place,
});
const CliSite = z.object({ name: z.string(), id: z.number().int(), bindings: z.array(z.string()), logDirectory: Place, applications: z.array(CliApplication) });
const CliServer = z.object({ id: z.string(), name: z.string().nullable(), iisVersion: z.string().nullable(), sites: z.array(CliSite) });

export const TriageDocument = z.object({
  schema: z.literal('iisight.triage/1'),
  tool: ToolInfo,
  ran: z.object({ at: z.string(), seconds: z.number() }),
  partial: z.boolean(),
  evidence: z.object({ evidencePath: z.literal('.'), layout: Layout, files: z.number().int(), bytes: z.number().int() }),
  servers: z.array(CliServer),
  components: z.array(Component),
  findings: z.array(Finding),
  missing: z.array(Missing),
  logs: z.array(LogFile),
  timeline: z.object({ events: z.number().int(), first: z.string().nullable(), last: z.string().nullable(), bySource: z.record(z.string(), z.number().int()) }),
  problems: z.array(Problem),
});
export type TriageDocument = z.infer<typeof TriageDocument>;

export const EffectiveDocument = EffectiveConfig.extend({ schema: z.literal('iisight.effective/1') });
export type EffectiveDocument = z.infer<typeof EffectiveDocument>;
export { EffectiveList };

export const HistoryDocument = z.object({ schema: z.literal('iisight.history/1'), copies: z.array(ConfigCopy), changes: z.array(ConfigChange) });
export type HistoryDocument = z.infer<typeof HistoryDocument>;

/** Fields of the PE are null or empty for a file that is not one; `problems` says why. */
export const InspectDocument = PeFacts.omit({ timestamp: true, machine: true, isDll: true, certificateTable: true }).extend({
  schema: z.literal('iisight.inspect/1'),
  sha256: z.string(),
  size: z.number().int(),
  machine: z.string().nullable(),
  isDll: z.boolean().nullable(),
  timestamp: z.object({ value: z.number(), time: z.string().nullable(), note: z.string().optional() }).nullable(),
  authenticode: Authenticode.nullable(),
  problems: z.array(z.object({ kind: z.string(), message: z.string(), offset: z.number().optional() })),
});
export type InspectDocument = z.infer<typeof InspectDocument>;

/** Why a component is flagged, and why not: what each rule that looked at it saw. */
export const ExplainDocument = z.object({
  schema: z.literal('iisight.explain/1'),
  component: Component,
  /** `found`, `not-found` and `not-evaluable`; rules that do not look at such components are left out. */
  looks: z.array(Look.extend({ title: z.string() })),
  findings: z.array(Finding),
  /** False where only what was found is known. */
  kept: z.boolean(),
});
export type ExplainDocument = z.infer<typeof ExplainDocument>;

export const VerifyDocument = IntegrityReport.extend({ schema: z.literal('iisight.verify/1') });
export type VerifyDocument = z.infer<typeof VerifyDocument>;

/** One line of `events --format jsonl`. */
export const EventRow = TimelineEvent.pick({ id: true, time: true, source: true, what: true, message: true, server: true, site: true, ref: true })
  .extend({ timeMeaning: z.string(), fields: z.record(z.string(), z.string()) });
export type EventRow = z.infer<typeof EventRow>;

const QueryStackRow = z.object({ value: z.string(), count: z.number().int(), first: z.string().nullable(), last: z.string().nullable() });

/** The answer to one filter on one screen. Times that are null: nothing that passes is dated. */
export const QueryDocument = z.object({
  schema: z.literal('iisight.query/1'),
  filter: z.string(),
  /** Reading goes on: all counts may still grow. */
  partial: z.boolean(),
  shown: z.number().int(),
  total: z.number().int(),
  first: z.string().nullable(),
  last: z.string().nullable(),
  histogram: z.object({ start: z.string().nullable(), step: z.number(), buckets: z.array(z.number().int()) }),
  bySource: z.array(QueryStackRow),
  /** The most frequent values, by field: `uri`, `ip`, `ua`. `groups` is how many there are. Rows without a value are not counted. */
  stacks: z.array(z.object({ field: z.string(), groups: z.number().int(), rows: z.array(QueryStackRow) })),
  /** The first rows in order of time. */
  events: z.array(EventRow),
});
export type QueryDocument = z.infer<typeof QueryDocument>;
export { Moment };

/** The graph: drawn, or the answer to the question that `--path` asks. */
export const GraphDocument = Graph.extend({
  schema: z.literal('iisight.graph/1'), servers: z.array(GraphServer), question: GraphQuestion.nullable(), asOf: z.string().nullable(), counts: z.array(KindCount),
});
export type GraphDocument = z.infer<typeof GraphDocument>;
