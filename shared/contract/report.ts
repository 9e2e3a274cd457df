import { z } from 'zod';
import { request } from './define.ts';

const Path = z.string().min(1).max(4096);
const Written = z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string(), /** Rows or objects in it. */ count: z.number().int(), notes: z.array(z.string()) });

export const ReportFormat = z.enum(['html', 'md']);
export type ReportFormat = z.infer<typeof ReportFormat>;
export const ExportFormat = z.enum(['csv', 'jsonl', 'stix', 'graphml', 'manifest']);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** What leaves the case. Files are written whole or not at all, never in or under the evidence. */
export const reportRequests = {
  /** The report as text, for the preview: HTML without any script, or Markdown. */
  'report.preview': request(z.object({ format: ReportFormat }), z.object({ format: ReportFormat, text: z.string(), notes: z.array(z.string()) })),
  'report.write': request(z.object({ format: ReportFormat, path: Path, replace: z.boolean().optional() }), Written),
  'report.export': request(z.object({ format: ExportFormat, path: Path, replace: z.boolean().optional(), filter: z.string().max(100_000).optional() }), Written),
  /** A file of the evidence in a zip with a password, with a sheet of its hashes and of where it came from. */
  'report.sample': request(z.object({ evidencePath: z.string().min(1), path: Path, password: z.string().min(1).max(100), replace: z.boolean().optional() }), Written),
};
