import { z } from 'zod';
import { InspectDocument, TriageDocument } from './cli/documents.ts';
import { Nothing, request } from './define.ts';

/** Whole answers for the command line, made in the engine from the open case. */
export const runRequests = {
  'run.triage': request(Nothing, TriageDocument),
  'run.inspect': request(z.object({
    path: z.string().min(1).max(4096),
    /** PEM file with roots to trust for this answer, beside those that ship. */
    roots: z.string().min(1).max(4096).optional(),
    /** Folder or zip of evidence whose catalogs and assemblies are used for this answer. */
    evidence: z.string().min(1).max(4096).optional(),
  }), InspectDocument),
};
