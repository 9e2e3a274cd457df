import { z } from 'zod';
import { EvidenceRef } from './place.ts';

/** Who works on what: asked for once per case and stamped on every note. */
export const Examination = z.object({
  caseNumber: z.string(),
  examiner: z.string(),
  hostLabel: z.string(),
});
export type Examination = z.infer<typeof Examination>;

/** The analyst's own words about evidence. An edit makes a new revision; the earlier ones stay. */
export const Note = z.object({
  id: z.string(),
  revision: z.number().int().positive(),
  text: z.string(),
  tag: z.string(),
  /** UTC: when the analyst wrote this revision. */
  written: z.string(),
  /** UTC: the moment in the evidence that the note is about, or null. */
  about: z.string().nullable(),
  examination: Examination,
  refs: z.array(EvidenceRef),
  event: z.string().nullable(),
  finding: z.string().nullable(),
  component: z.string().nullable(),
  deleted: z.boolean(),
});
export type Note = z.infer<typeof Note>;

/** What a caller gives to write one; the store adds the rest. */
export const NoteDraft = Note.pick({ text: true, tag: true, about: true, refs: true, event: true, finding: true, component: true });
export type NoteDraft = z.infer<typeof NoteDraft>;

/** One line of the append-only log of what was done to the case; each carries the hash of the one before. */
export const JournalEntry = z.object({
  seq: z.number().int().positive(),
  time: z.string(),
  actor: z.string(),
  action: z.string(),
  detail: z.string(),
  hash: z.string(),
});
export type JournalEntry = z.infer<typeof JournalEntry>;
