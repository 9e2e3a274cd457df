import { closeSync, existsSync, fsyncSync, openSync, readlinkSync, readSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { visible } from '../../shared/base/visible.ts';
import { UsageError } from './args.ts';

/** Writes all of a text to stdout, waiting for a slow reader; a reader that has gone away is no error. */
export function print(textToPrint: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(textToPrint, () => resolve());
  });
}

/** One line on stderr. It may quote the evidence, so nothing of it reaches the terminal as a control character. */
export function say(line: string): void {
  process.stderr.write(`${visible(line)}\n`);
}

/**
 * JSON to a file (temp, fsync, rename: never half a file) or to stdout for `-`. A link is written through, and what is
 * no plain file (`/dev/null`, a pipe) is written into, never replaced.
 */
export async function writeJson(target: string, document: unknown): Promise<void> {
  const body = `${JSON.stringify(document, null, 2)}\n`;
  if (target === '-') return print(body);
  const full = real(path.resolve(target));
  const there = statSync(full, { throwIfNoEntry: false });
  if (there !== undefined && !there.isFile()) return writeAll(full, 'w', body);
  const temp = `${full}.${process.pid}.tmp`;
  try {
    writeAll(temp, 'wx', body);
    renameSync(temp, full);
  } catch (error) {
    rmSync(temp, { force: true });
    throw error;
  }
}

function writeAll(file: string, flags: string, body: string): void {
  const bytes = Buffer.from(body, 'utf8');
  const fd = openSync(file, flags);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    if (flags === 'wx') fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Refuses an output in or under the evidence, also by way of a link. @throws UsageError with the sentence to show. */
export function refuseInEvidence(output: string | undefined, evidence: string): void {
  if (output === undefined || output === '-') return;
  const root = real(path.resolve(evidence));
  const target = real(path.resolve(output));
  if (target === root || target.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) {
    throw new UsageError(`${output} lies in the evidence, which is never written; choose another place.`);
  }
  if (!existsSync(path.dirname(target))) throw new UsageError(`The folder of ${output} does not exist.`);
}

/**
 * Refuses to write an answer over a case or into a folder; said before the work begins, not after it.
 * @param others files that the command reads or makes @throws UsageError with the sentence to show.
 */
export function refuseAsJson(json: string | undefined, others: readonly (string | undefined)[]): void {
  if (json === undefined || json === '-') return;
  const target = real(path.resolve(json));
  if (statOf(target)?.isDirectory() === true) throw new UsageError(`${json} is a folder; --json takes a file.`);
  const taken = /\.iiscase$/i.test(target) || isDatabase(target) || others.some((other) => other !== undefined && real(path.resolve(other)) === target);
  if (taken) throw new UsageError(`${json} is not overwritten with JSON; choose another place.`);
  if (!existsSync(path.dirname(target))) throw new UsageError(`The folder of ${json} does not exist.`);
}

/** A case may have any name: files of DuckDB have `DUCK` behind a checksum of eight bytes. */
function isDatabase(file: string): boolean {
  if (statOf(file)?.isFile() !== true) return false;
  try {
    const fd = openSync(file, 'r');
    try {
      const head = Buffer.alloc(12);
      return readSync(fd, head, 0, 12, 0) === 12 && head.toString('latin1', 8) === 'DUCK';
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

/** Links that are followed one after the other; the system's own limit is 40. */
const MAX_LINKS = 40;

/** The path without links, as far as it exists; a link to what does not exist yet is followed too. */
function real(name: string, links = 0): string {
  try {
    return realpathSync(name);
  } catch {
    const parent = path.dirname(name);
    if (parent === name) return name;
    const place = path.join(real(parent, links), path.basename(name));
    const target = links < MAX_LINKS ? linkTarget(place) : null;
    return target === null ? place : real(path.resolve(path.dirname(place), target), links + 1);
  }
}

function linkTarget(place: string): string | null {
  try {
    return readlinkSync(place);
  } catch {
    return null;
  }
}
