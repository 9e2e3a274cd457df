import { z } from 'zod';
import { Nothing, request } from './define.ts';

const Path = z.string().min(1).max(4096);
export const Written = z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string(), /** Rows or objects in it. */ count: z.number().int(), notes: z.array(z.string()) });
export type Written = z.infer<typeof Written>;

export const ReportFormat = z.enum(['html', 'md']);
export type ReportFormat = z.infer<typeof ReportFormat>;
export const ExportFormat = z.enum(['csv', 'jsonl', 'stix', 'graphml', 'manifest']);
export type ExportFormat = z.infer<typeof ExportFormat>;

/**
 * A piece of the report. Texts are plain text in which deceptive characters are marked already; a line break in them is a
 * line break of the report, never one of the evidence.
 */
export const ReportBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('list'), items: z.array(z.string()) }),
  z.object({ kind: z.literal('fields'), fields: z.array(z.object({ name: z.string(), value: z.string() })) }),
  z.object({ kind: z.literal('table'), label: z.string(), columns: z.array(z.string()), rows: z.array(z.array(z.string())) }),
]);
export type ReportBlock = z.infer<typeof ReportBlock>;

export const ReportSection = z.object({ id: z.string(), title: z.string(), blocks: z.array(ReportBlock) });
export type ReportSection = z.infer<typeof ReportSection>;

/** What leaves the case. Files are written whole or not at all, never in or under the evidence. */
export const reportRequests = {
  /** The report in its parts, for the preview. `notes`: what a reader must know of it as a whole (a reading goes on, parts were cut). */
  'report.sections': request(Nothing, z.object({ title: z.string(), sections: z.array(ReportSection), notes: z.array(z.string()) })),
  /** The report as text: HTML without any script, or Markdown. */
  'report.preview': request(z.object({ format: ReportFormat }), z.object({ format: ReportFormat, text: z.string(), notes: z.array(z.string()) })),
  'report.write': request(z.object({ format: ReportFormat, path: Path, replace: z.boolean().optional() }), Written),
  /** Keeps what the host has printed of the report: a PDF document and nothing else. */
  'report.keepPdf': request(z.object({ path: Path, replace: z.boolean().optional(), base64: z.string().max(140_000_000) }), Written),
  'report.export': request(z.object({ format: ExportFormat, path: Path, replace: z.boolean().optional(), /** For `jsonl` only. */ filter: z.string().max(100_000).optional() }), Written),
  /** A file of the evidence in a zip with a password, with a sheet of its hashes and of where it came from. */
  'report.sample': request(z.object({ evidencePath: z.string().min(1), path: Path, /** Printable ASCII, since programs differ in how they write others. `infected` is what laboratories expect. */ password: z.string().min(1).max(100).regex(/^[\x20-\x7e]+$/), replace: z.boolean().optional() }), Written),
};
