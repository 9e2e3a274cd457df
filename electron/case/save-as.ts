import { existsSync } from 'node:fs';
import { RequestError } from '../../shared/base/result.ts';
import type { CaseFile } from './case.ts';
import { copyDurably, refuseLeftover } from './durable.ts';
import { refuseInside, resolvedPath } from './places.ts';

export interface SaveAsOptions {
  readonly evidenceRoots: readonly string[];
  /** Put it in the place of an existing file. */
  readonly replace?: boolean;
}

/**
 * Says whether `saveAs` may write there, and leaves the case open.
 * @throws RequestError in one sentence.
 */
export function refuseSaveAs(caseFile: CaseFile, target: string, options: SaveAsOptions): void {
  refuseInside(target, options.evidenceRoots);
  const resolved = resolvedPath(target);
  if (resolved === resolvedPath(caseFile.path)) throw new RequestError('conflict', `${target} is the case that is open; choose another name.`);
  if (existsSync(resolved) && options.replace !== true) throw new RequestError('exists', `${target} exists already.`);
  refuseLeftover(resolved);
}

/**
 * Copies the case to `target`, whole or not at all. The case is closed for it, since only a file at rest can be copied:
 * afterwards the caller opens `target`, or the old path when this threw. A refusal (RequestError `conflict` or `exists`) comes first
 * and leaves the case open.
 */
export async function saveAs(caseFile: CaseFile, target: string, options: SaveAsOptions): Promise<void> {
  refuseSaveAs(caseFile, target, options);
  await caseFile.close();
  await copyDurably(caseFile.path, resolvedPath(target));
}
