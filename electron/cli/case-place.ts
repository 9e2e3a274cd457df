import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './args.ts';
import { refuseInEvidence } from './output.ts';

/** Numbered names that are tried for one evidence before giving up. */
const MOST_CASES = 20;

interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Where this user's programs keep their data (XDG base directories on Linux; the system's own places elsewhere). */
export function casesFolder({ platform, env, home }: Surroundings): string {
  const join = platform === 'win32' ? path.win32.join : path.posix.join;
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'IISight', 'cases');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'IISight', 'cases');
  const xdg = env['XDG_DATA_HOME'];
  // The XDG specification says that a path that is not absolute is to be ignored.
  return join(xdg !== undefined && path.posix.isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'iisight', 'cases');
}

/**
 * Names for the case of an evidence: readable, and the same at every start for the same place, so that reading goes on
 * where it stopped. The first is the usual one; the next ones are for when it cannot be continued.
 */
export function caseNames(evidence: string): readonly string[] {
  const base = path.basename(evidence).replace(/\.zip$/i, '').replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^[._]+/, '').slice(0, 60);
  const mark = createHash('sha256').update(evidence).digest('hex').slice(0, 8);
  const stem = `${base === '' ? 'evidence' : base}-${mark}`;
  return Array.from({ length: MOST_CASES }, (_, i) => `${stem}${i === 0 ? '' : `-${i + 1}`}.iiscase`);
}

/** Makes the folder for cases, unless it would lie in the evidence. @throws UsageError with the sentence to show. */
export function prepareFolder(folder: string, evidence: string): void {
  let there = folder;
  while (!existsSync(there) && path.dirname(there) !== there) there = path.dirname(there);
  try {
    refuseInEvidence(path.join(there, 'case'), evidence);
  } catch {
    throw new UsageError(`The folder for cases, ${folder}, lies in the evidence, which is never written; say with --case where the case goes.`);
  }
  // Cases hold what was found on somebody's server: for this user's eyes only.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}
