import { ftpLogArtifact } from './ftp-log/definition.ts';
import { httperrLogArtifact } from './httperr-log/definition.ts';
import { iisLogArtifact } from './iis-log/definition.ts';
import type { LogArtifact, LogSource } from './kit/definition.ts';
import { logPlace } from './kit/log-place.ts';
import { ncsaLogArtifact } from './ncsa-log/definition.ts';
import { w3cLogArtifact } from './w3c-log/definition.ts';

/**
 * The log formats, for the workers that read them (they need nothing else of the registry). Where two could claim a
 * file by its name or by its first bytes, the narrower one stands first.
 */
export const LOG_ARTIFACTS: readonly LogArtifact[] = [
  httperrLogArtifact,
  iisLogArtifact,
  ncsaLogArtifact,
  ftpLogArtifact,
  w3cLogArtifact,
];

/** The log artifact of this id; null when this version has none. */
export function logArtifact(id: string): LogArtifact | null {
  return LOG_ARTIFACTS.find((a) => a.id === id) ?? null;
}

export interface RecognisedLog {
  readonly artifact: LogArtifact;
  readonly siteId: number | null;
  readonly source: LogSource;
  /** The first bytes are of this format; false where only the name says so. */
  readonly certain: boolean;
}

/**
 * What a file is, by its place and its first bytes. Where they contradict each other the bytes decide; where the bytes say
 * nothing (an empty file, a damaged head), the place does.
 * @param path with `/` or `\` between names
 * @param head at least the `headBytes` of the artifacts, or the whole file
 * @returns null for what is no log by either
 */
export function recogniseLog(path: string, head: Uint8Array): RecognisedLog | null {
  const named = LOG_ARTIFACTS.find((a) => a.locate(path) !== null);
  const place = named?.locate(path) ?? null;
  const seen = LOG_ARTIFACTS.find((a) => a.looksLike(head));
  const siteId = place?.siteId ?? null;
  if (seen === undefined) return named === undefined || place === null ? null : { artifact: named, siteId, source: place.source, certain: false };
  // Of two that are written in the same way the folder of a service knows better who wrote it.
  if (named?.format === seen.format && place !== null && logPlace(path).service !== null) return { artifact: named, siteId, source: place.source, certain: true };
  const source = seen.source === 'iis-log' && place?.source === 'ftp-log' ? 'ftp-log' : seen.source;
  return { artifact: seen, siteId, source, certain: true };
}
