import { closeSync, existsSync, fsyncSync, openSync, realpathSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from './args.ts';

/** Writes all of a text to stdout, waiting for a slow reader; a reader that has gone away is no error. */
export function print(textToPrint: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(textToPrint, () => resolve());
  });
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** JSON to a file (temp, fsync, rename: never half a file) or to stdout for `-`. */
export async function writeJson(target: string, document: unknown): Promise<void> {
  const body = `${JSON.stringify(document, null, 2)}\n`;
  if (target === '-') return print(body);
  const full = path.resolve(target);
  const temp = `${full}.${process.pid}.tmp`;
  const fd = openSync(temp, 'wx');
  try {
    writeSync(fd, body);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temp, full);
}

/** Refuses an output in or under the evidence, also by way of a link. @throws UsageError with the sentence to show. */
export function refuseInEvidence(output: string | undefined, evidence: string): void {
  if (output === undefined || output === '-') return;
  const root = real(path.resolve(evidence));
  const parent = real(path.dirname(path.resolve(output)));
  const target = path.join(parent, path.basename(output));
  if (target === root || `${parent}${path.sep}`.startsWith(`${root}${path.sep}`)) {
    throw new UsageError(`${output} lies in the evidence, which is never written; choose another place.`);
  }
  if (!existsSync(parent)) throw new UsageError(`The folder of ${output} does not exist.`);
}

/** The path without links, as far as it exists. */
function real(name: string): string {
  try {
    return realpathSync(name);
  } catch {
    const parent = path.dirname(name);
    return parent === name ? name : path.join(real(parent), path.basename(name));
  }
}
