import { readCall, text, UsageError } from '../args.ts';
import { outOf, writeFromCase } from './written.ts';

/** `report CASE --format html|md --out F [--replace]` */
export async function reportCommand(words: readonly string[]): Promise<number> {
  const call = readCall(words, { format: 'text', out: 'text', replace: 'flag' }, { min: 1, max: 1, names: 'one case file' });
  const format = text(call.options, 'format') ?? 'html';
  if (format !== 'html' && format !== 'md') throw new UsageError('--format takes html or md.');
  const target = outOf(call.options);
  return writeFromCase(call.positionals[0], 'parts', (session) => session.ask('report.write', { format, ...target }));
}
