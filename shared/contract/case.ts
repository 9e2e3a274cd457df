import { z } from 'zod';
import { Examination, JournalEntry, Layout, Place, Server, Severity } from '../model/index.ts';
import { Freshness, Nothing, request } from './define.ts';

const Path = z.string().min(1).max(4096);

/** What is open, in numbers: the frame of every screen. `state` none means that no case is open. */
export const CaseInfo = Freshness.extend({
  state: z.enum(['none', 'open']),
  path: z.string().nullable(),
  /** True for a case that lives in a temporary place until it is saved under a name. */
  unsaved: z.boolean(),
  title: z.string(),
  examination: Examination.nullable(),
  evidence: z.array(z.object({
    id: z.string(),
    /** Where the evidence was when it was read, for people; opaque to the renderer. */
    location: z.string(),
    attached: z.boolean(),
    layout: Layout,
    files: z.number().int(),
    bytes: z.number().int(),
  })),
  servers: z.array(Server),
  counts: z.object({
    events: z.number().int(),
    components: z.number().int(),
    findings: z.record(Severity, z.number().int()),
    notes: z.number().int(),
    problems: z.number().int(),
    missing: z.number().int(),
  }),
});
export type CaseInfo = z.infer<typeof CaseInfo>;

export const RecentCase = z.object({ path: z.string(), title: z.string(), opened: z.string(), size: z.number().int(), exists: z.boolean() });
export type RecentCase = z.infer<typeof RecentCase>;

export const IntegrityReport = z.object({
  case: z.object({ ok: z.boolean(), problems: z.array(z.string()), head: z.string() }),
  evidence: z.array(z.object({ path: z.string().nullable(), evidencePath: z.string(), status: z.enum(['same', 'changed', 'missing']),
    /** `size`: no hash was recorded when the file was listed, so that a change of content would not show. */
    compared: z.enum(['hash', 'size']), /** Why it counts as changed, where that is not the content. */ reason: z.string().nullable() })),
  /** Files of the evidence that the case does not know. */
  extra: z.array(Place),
});
export type IntegrityReport = z.infer<typeof IntegrityReport>;

export const caseRequests = {
  'case.info': request(Nothing, CaseInfo),
  /** Makes a case at `path` (null: a temporary one) for the evidence and starts reading it. */
  'case.create': request(z.object({ path: Path.nullable(), evidence: Path, /** `configuration`: logs and loose DLLs are left out; enough for effective lists and history. */ scope: z.enum(['all', 'configuration']).optional(), workers: z.number().int().min(1).max(16).optional(), serverZone: z.string().optional() }), CaseInfo),
  'case.open': request(z.object({ path: Path, /** Continue an unfinished reading when the evidence is where it was. */ resume: z.boolean().optional() }), CaseInfo),
  'case.close': request(Nothing, Nothing),
  'case.saveAs': request(z.object({ path: Path, replace: z.boolean().optional() }), CaseInfo),
  'case.recent': request(Nothing, z.object({ cases: z.array(RecentCase) })),
  'case.examination': request(Examination, CaseInfo),
  'case.verify': request(z.object({ evidence: Path.optional() }), IntegrityReport),
  'case.journal': request(z.object({ limit: z.number().int().min(1).max(1000), offset: z.number().int().min(0) }), z.object({ entries: z.array(JournalEntry), total: z.number().int() })),
};
