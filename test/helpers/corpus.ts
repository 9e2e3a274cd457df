import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The corpus: real configurations, logs, hives and DLLs that are not part of the project. Tests that read it are made
 * with `describe.skipIf(!corpus.present)` and say so in their title, so that a run without it shows what was skipped.
 * `IISIGHT_CORPUS` names the folder; by default it is looked for beside the checkout.
 */
const root = path.resolve(process.env['IISIGHT_CORPUS'] ?? path.join(import.meta.dirname, '../../../shared/evidence'));

export const corpus = {
  present: existsSync(path.join(root, 'MANIFEST.tsv')),
  root,
  file: (...parts: string[]): string => path.join(root, ...parts),
};
