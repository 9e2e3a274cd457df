import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Options, text, texts, UsageError } from './args.ts';
import { say } from './output.ts';
import { CommandFailure, type Session } from './session.ts';

/** Options of a command that takes lists of the analyst; all but the last may be given several times. */
export const LIST_OPTIONS = { indicators: 'texts', 'known-good': 'texts', yara: 'texts', 'yara-program': 'text' } as const;

const KINDS = ['indicators', 'known-good', 'yara'] as const;

interface AskedList { readonly kind: (typeof KINDS)[number]; readonly path: string; readonly program?: string }

/** The lists of a call, as full paths. @throws UsageError for a file that is not there, before any evidence is read */
export function listsOf(options: Options): readonly AskedList[] {
  const program = text(options, 'yara-program');
  const lists = KINDS.flatMap((kind) => texts(options, kind).map((file): AskedList => ({ kind, path: path.resolve(file), ...(kind === 'yara' && program !== undefined ? { program: path.resolve(program) } : {}) })));
  const absent = lists.find((l) => !existsSync(l.path) || (l.program !== undefined && !existsSync(l.program)));
  if (absent !== undefined) throw new UsageError(`There is nothing at ${existsSync(absent.path) ? absent.program : absent.path} (--${existsSync(absent.path) ? 'yara-program' : absent.kind}).`);
  if (program !== undefined && !lists.some((l) => l.kind === 'yara')) throw new UsageError('--yara-program needs --yara FOLDER with the rules that it searches for.');
  return lists;
}

/** Adds the lists to the open case; one that the case has already is no fault. */
export async function addLists(session: Session, lists: readonly AskedList[]): Promise<void> {
  const known = lists.length === 0 ? [] : (await session.ask('list.list', {})).lists;
  for (const list of lists) {
    try {
      const row = await session.ask('list.add', list);
      say(`${list.kind} ${row.name}: ${row.entries} ${list.kind === 'yara' ? 'rule files' : 'entries'}`);
      for (const problem of row.problems) say(`  ${problem}`);
    } catch (error) {
      if (!(error instanceof CommandFailure) || error.failure.kind !== 'conflict' || !known.some((k) => k.from === list.path)) throw error;
      say(`${list.kind} ${list.path}: in the case already`);
    }
  }
}
