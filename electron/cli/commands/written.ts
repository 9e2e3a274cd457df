import { existsSync } from 'node:fs';
import path from 'node:path';
import { visible } from '../../../shared/base/visible.ts';
import type { Written } from '../../../shared/contract/report.ts';
import { text, UsageError, type Options } from '../args.ts';
import { print, say } from '../output.ts';
import { CommandFailure, withEngine, type Session } from '../session.ts';

/** The file that `--out` names, or that is the case. @throws UsageError without it */
export function outOf(options: Options): { path: string; replace: boolean } {
  const out = text(options, 'out');
  if (out === undefined || out === '-') throw new UsageError('--out takes the file to write.');
  return { path: path.resolve(out), replace: options['replace'] === true };
}

/** Opens a case and writes something out of it: the hash of the file on stdout as `sha256sum` has it, what to know of it on stderr. */
export async function writeFromCase(caseFile: string | undefined, what: string, write: (session: Session) => Promise<Written>): Promise<number> {
  const file = path.resolve(caseFile ?? '');
  if (!existsSync(file)) throw new UsageError(`${caseFile ?? ''} does not exist.`);
  return withEngine(async (session) => {
    await session.ask('case.open', { path: file });
    try {
      const written = await write(session);
      await print(`${written.sha256}  ${visible(written.path)}\n`);
      say(`${written.bytes} bytes, ${written.count} ${what}`);
      for (const note of written.notes) say(note);
      return 0;
    } catch (error) {
      if (error instanceof CommandFailure && error.failure.kind === 'exists') throw new UsageError(`${error.message} --replace puts the new file in its place.`);
      throw error;
    }
  });
}
