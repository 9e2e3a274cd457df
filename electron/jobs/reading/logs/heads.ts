import type { LogArtifact } from '../../../artifacts/kit/definition.ts';
import { binaryLog } from '../../../artifacts/binary-log/index.ts';
import { recogniseLog } from '../../../artifacts/logs.ts';
import { logArtifacts } from '../../../artifacts/registry.ts';
import { beginsAsArchive } from '../../../evidence/archives.ts';
import type { ReadingContext } from '../context.ts';
import { nameOf, placeOf, type ManifestFile } from '../inventory.ts';
import { readHead } from '../read-file.ts';
import type { LogTask } from '../recognise.ts';

/** Most logs say what they are in their first lines. */
const FIRST = 4096;

/** Bytes that any of the formats wants to see. */
const headBytes = (): number => Math.max(...logArtifacts().map((a) => a.headBytes));

/**
 * Recognises a file as a log by its first bytes; null when it is in no format that is read, undefined when it cannot be read.
 * @param place where it lies for the purpose of telling service and site
 */
export async function logByContent(ctx: ReadingContext, file: ManifestFile, place: string = file.evidencePath): Promise<LogTask | null | undefined> {
  const short = await readHead(ctx, file, FIRST);
  if (short === null) return undefined;
  if (beginsAsArchive(short)) return null;
  const known = certain(file, place, short);
  if (known !== null || short.length < FIRST) return known;
  const head = await readHead(ctx, file, headBytes());
  return head === null ? undefined : certain(file, place, head);
}

function certain(file: ManifestFile, place: string, head: Uint8Array): LogTask | null {
  const found = recogniseLog(place.replaceAll('\\', '_'), head);
  return found === null || !found.certain ? null : { file, artifact: found.artifact, siteId: found.siteId, source: found.source };
}

/** The format that a name alone promises, or null. */
export function namedFormat(file: ManifestFile): LogArtifact | null {
  const name = nameOf(file.evidencePath);
  return logArtifacts().find((a) => a.locate(name) !== null) ?? null;
}

/**
 * A file that lies where logs lie: what its content says, else what its name promises (rows may follow a damaged head).
 * A file that is neither is told and left.
 */
export async function judgedLog(ctx: ReadingContext, task: LogTask): Promise<LogTask | null> {
  const { file } = task;
  if (file.size === 0) return task;
  const found = await logByContent(ctx, file);
  // What cannot be read is told by the reading too, with the place.
  if (found === undefined) return task;
  if (found !== null) return found;
  const promised = namedFormat(file);
  if (promised !== null) return { ...task, artifact: promised };
  notALog(ctx, file);
  return null;
}

export function notALog(ctx: ReadingContext, file: ManifestFile): void {
  file.artifact = null;
  const binary = /\.ibl$/i.test(file.evidencePath);
  ctx.problems.add(placeOf(file), file.server, {
    kind: 'unsupported',
    message: binary ? binaryLog.notRead : 'This file lies where logs lie and is in no log format that this version reads; it was listed and not read.',
  });
}
