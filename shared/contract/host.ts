import { z } from 'zod';
import { hostRequest, Nothing } from './define.ts';
import { Written } from './report.ts';

/** A folder listing for the in-page dialog of the loopback host. */
export const FolderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  entries: z.array(z.object({ name: z.string(), path: z.string(), kind: z.enum(['folder', 'file']) })),
  capped: z.boolean(),
});
export type FolderListing = z.infer<typeof FolderListing>;

const Picked = z.object({ path: z.string().nullable(), /** True: this host has no dialog of its own; the page must show one. */ inPage: z.boolean() });

export const hostRequests = {
  'host.info': hostRequest(Nothing, z.object({ kind: z.enum(['electron', 'loopback']), version: z.string(), platform: z.string() })),
  'host.pickFolder': hostRequest(z.object({ title: z.string() }), Picked),
  'host.pickFile': hostRequest(z.object({ title: z.string(), extensions: z.array(z.string()) }), Picked),
  'host.pickSave': hostRequest(z.object({ title: z.string(), suggested: z.string() }), Picked),
  /** Prints the report of the open case into a PDF file; the loopback host refuses it, there the browser prints. */
  'host.printPdf': hostRequest(z.object({ path: z.string().min(1).max(4096), replace: z.boolean().optional() }), Written),
  /** For the in-page dialog only; the Electron shell refuses it. */
  'host.listFolder': hostRequest(z.object({ path: z.string().nullable() }), FolderListing),
};
