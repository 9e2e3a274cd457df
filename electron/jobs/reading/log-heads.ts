import type { LogArtifact } from '../../artifacts/kit/definition.ts';
import { logArtifacts } from '../../artifacts/registry.ts';
import type { ReadingContext } from './context.ts';
import { nameOf, placeOf, type ManifestFile } from './inventory.ts';
import { readHead } from './read-file.ts';
import { logOf, type LogTask } from './recognise.ts';

/** Most logs say what they are in their first lines. */
const FIRST = 4096;

/** Bytes that any of the formats wants to see. */
const headBytes = (): number => Math.max(...logArtifacts().map((a) => a.headBytes));

/** Recognises a file as a log by its first bytes; null when it is in no format that is read, undefined when it cannot be read. */
export async function logByContent(ctx: ReadingContext, file: ManifestFile): Promise<LogTask | null | undefined> {
  const short = await readHead(ctx, file, FIRST);
  if (short === null) return undefined;
  const known = logOf(file, short);
  if (known !== null || short.length < FIRST) return known;
  const head = await readHead(ctx, file, headBytes());
  return head === null ? undefined : logOf(file, head);
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
  if (found !== null) return { ...task, artifact: found.artifact, source: sourceOf(task, found) };
  const promised = namedFormat(file);
  if (promised !== null) return { ...task, artifact: promised };
  notALog(ctx, file);
  return null;
}

/** The place knows whether FTP or HTTP.sys wrote a log; only where it is that of requests the content may know better. */
function sourceOf(task: LogTask, found: LogTask): LogTask['source'] {
  return task.source === 'iis-log' ? found.source : task.source;
}

export function notALog(ctx: ReadingContext, file: ManifestFile): void {
  file.artifact = null;
  const binary = /\.ibl$/i.test(file.evidencePath);
  ctx.problems.add(placeOf(file), file.server, {
    kind: 'unsupported',
    message: binary
      ? 'A log in the central binary format of HTTP.sys (.ibl): it is there and was not read; its requests are in no count.'
      : 'This file lies where logs lie and is in no log format that this version reads; it was listed and not read.',
  });
}
