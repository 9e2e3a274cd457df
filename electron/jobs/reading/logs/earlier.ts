import { compareBy, foldCase } from '../../../../shared/base/compare.ts';
import { quote } from '../../../../shared/base/limits.ts';
import { EvidenceUnreadable, type EvidenceSource } from '../../../evidence/source.ts';
import { checkCancelled } from '../../limited.ts';
import type { ReadingContext } from '../context.ts';
import type { EarlierFile } from '../hosts.ts';
import { placeOf, type Inventory, type ManifestFile } from '../inventory.ts';
import type { LogTask } from '../recognise.ts';

/** Logs that are read, and the server of those that lie in a shadow copy or a copied tree. */
export interface CountedLogs {
  readonly tasks: readonly LogTask[];
  /** By evidence path. */
  readonly servers: ReadonlyMap<string, string>;
}

/**
 * Leaves out logs of shadow copies and copied trees whose rows the log in its place has too: what was written by then is
 * how that one begins, and every request is to count once. One that the drive has no more, or has otherwise, is read.
 */
export async function countedOnce(ctx: ReadingContext, inventory: Inventory, tasks: readonly LogTask[]): Promise<CountedLogs> {
  const left: LogTask[] = [];
  const servers = new Map<string, string>();
  const groups = new Map<string, { readonly earlier: EarlierFile; readonly tasks: LogTask[] }>();
  for (const task of tasks) {
    const earlier = inventory.hosts.earlierOf(task.file.evidencePath);
    if (earlier === null) {
      left.push(task);
      continue;
    }
    servers.set(task.file.evidencePath, earlier.host.id);
    const key = `${earlier.host.id}|${foldCase(earlier.path)}`;
    const group = groups.get(key) ?? { earlier, tasks: [] };
    groups.set(key, group);
    group.tasks.push(task);
  }
  for (const { earlier, tasks: own } of groups.values()) left.push(...(await ofOneLog(ctx, inventory, earlier, own)));
  return { tasks: left, servers };
}

async function ofOneLog(ctx: ReadingContext, inventory: Inventory, { host, path }: EarlierFile, tasks: readonly LogTask[]): Promise<LogTask[]> {
  const entry = host.view.resolve(path, 64).entry;
  return withoutParts(ctx, entry === null ? undefined : inventory.files.get(entry.evidencePath), host.id, tasks);
}

/**
 * Leaves out what another log of the same name begins with. The longest first: what one copy has, a later one has too.
 * @param here the log in its place, where there is one
 */
export async function withoutParts<T extends { readonly file: ManifestFile }>(ctx: ReadingContext, here: ManifestFile | undefined, server: string | null, tasks: readonly T[]): Promise<T[]> {
  const kept: T[] = [];
  for (const task of tasks.toSorted(compareBy((t) => -t.file.size, (t) => t.file.evidencePath))) {
    const whole = await firstThatBegins(ctx, [...(here === undefined ? [] : [here]), ...kept.map((k) => k.file)], task.file);
    if (whole === null) {
      kept.push(task);
      if (here !== undefined) ctx.problems.add(placeOf(task.file), server, { kind: 'anomaly', message: `The log in its place (${quote(here.path ?? here.evidencePath)}) does not begin with what stands here: lines were changed or taken out of one of them. The rows of both are counted.` });
      continue;
    }
    task.file.artifact = null;
    ctx.problems.add(placeOf(task.file), server, { kind: 'unsupported', expected: true, message: `${quote(whole.path ?? whole.evidencePath)} begins with all that stands here: the rows are counted there, and not again.` });
  }
  return kept;
}

async function firstThatBegins(ctx: ReadingContext, wholes: readonly ManifestFile[], part: ManifestFile): Promise<ManifestFile | null> {
  for (const whole of wholes) {
    checkCancelled(ctx.signal);
    if (await beginsWith(ctx.source, whole.evidencePath, part.evidencePath, ctx.signal)) return whole;
  }
  return null;
}

/** NULs at the end do not count: HTTP.sys makes a log longer before it writes the rows. */
async function beginsWith(source: EvidenceSource, whole: string, part: string, signal: AbortSignal): Promise<boolean> {
  const open: { close(): Promise<void> }[] = [];
  try {
    const wholeReader = await source.open(whole);
    open.unshift(wholeReader);
    const partReader = await source.open(part);
    open.unshift(partReader);
    const rest = new Bytes(wholeReader.stream());
    open.unshift(rest);
    let equal = true;
    for await (const chunk of partReader.stream()) {
      checkCancelled(signal);
      let at = 0;
      while (equal && at < chunk.length) {
        const other = await rest.take(chunk.length - at);
        const same = commonLength(chunk.subarray(at), other);
        at += same;
        equal = other.length > 0 && same === other.length;
      }
      if (!equal && chunk.subarray(at).some((byte) => byte !== 0)) return false;
    }
    return true;
  } catch (error) {
    // What cannot be read is told when it is read as a log.
    if (error instanceof EvidenceUnreadable) return false;
    throw error;
  } finally {
    for (const reader of open) await reader.close();
  }
}

function commonLength(a: Uint8Array, b: Uint8Array): number {
  if (Buffer.compare(a.subarray(0, b.length), b) === 0) return b.length;
  return b.findIndex((byte, i) => byte !== a[i]);
}

/** A stream that is taken in pieces of any size. */
class Bytes {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #left = new Uint8Array(0);

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  /** Up to `length` bytes, none at the end. They are valid until the next call. */
  async take(length: number): Promise<Uint8Array> {
    while (this.#left.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) return this.#left;
      this.#left = new Uint8Array(next.value);
    }
    const taken = this.#left.subarray(0, length);
    this.#left = this.#left.subarray(taken.length);
    return taken;
  }
}
