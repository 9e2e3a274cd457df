import { z } from 'zod';
import { EvidenceFile, Layout, Missing, Problem } from '../model/index.ts';
import { request } from './define.ts';

const Window = { limit: z.number().int().min(1).max(1000), offset: z.number().int().min(0) };

/** A line of the recognised places on the Intake screen. */
export const IntakeRow = z.object({
  artifact: z.string(),
  title: z.string(),
  files: z.number().int(),
  bytes: z.number().int(),
  first: z.string().nullable(),
  last: z.string().nullable(),
  read: z.enum(['read', 'reading', 'to be read', 'listed only']),
});
export type IntakeRow = z.infer<typeof IntakeRow>;

export const evidenceRequests = {
  /** Looks at a folder, zip or file without making a case: what would be read. */
  'evidence.preview': request(z.object({ path: z.string().min(1).max(4096) }), z.object({ layout: Layout, files: z.number().int(), bytes: z.number().int(), servers: z.array(z.string()), rows: z.array(IntakeRow) })),
  'evidence.intake': request(z.object({}), z.object({ rows: z.array(IntakeRow), missing: z.array(Missing) })),
  'evidence.files': request(z.object({ ...Window, text: z.string().max(1000).optional(), artifact: z.string().optional() }), z.object({ files: z.array(EvidenceFile), total: z.number().int() })),
  'evidence.problems': request(z.object(Window), z.object({ problems: z.array(Problem), total: z.number().int() })),
  /** Text of an embedded file (configurations, history copies), by lines; `attached` false and no lines when the bytes are not in the case. */
  'evidence.text': request(
    z.object({ evidencePath: z.string(), fromLine: z.number().int().positive(), lines: z.number().int().min(1).max(5000) }),
    z.object({ available: z.boolean(), reason: z.string().nullable(), sha256: z.string(), encoding: z.string(), totalLines: z.number().int(), lines: z.array(z.string()) }),
  ),
  /** Bytes of a file as lower-case hex, from the case or from attached evidence. */
  'evidence.bytes': request(
    z.object({ evidencePath: z.string(), offset: z.number().int().min(0), length: z.number().int().min(1).max(65_536) }),
    z.object({ available: z.boolean(), reason: z.string().nullable(), sha256: z.string(), size: z.number().int(), hex: z.string() }),
  ),
  /** Says where the evidence lies now; fingerprints are compared before it is attached. */
  'evidence.attach': request(z.object({ path: z.string().min(1).max(4096) }), z.object({ attached: z.boolean(), differences: z.array(z.string()) })),
};
