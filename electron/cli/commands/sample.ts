import { readCall, text, UsageError } from '../args.ts';
import { outOf, writeFromCase } from './written.ts';

/** `sample CASE --file EVIDENCEPATH --out F --password P [--replace]` */
export async function sampleCommand(words: readonly string[]): Promise<number> {
  const call = readCall(words, { file: 'text', out: 'text', password: 'text', replace: 'flag' }, { min: 1, max: 1, names: 'one case file' });
  const evidencePath = text(call.options, 'file');
  if (evidencePath === undefined) throw new UsageError('--file takes the path of a file in the evidence, as the case lists it.');
  const password = text(call.options, 'password');
  if (password === undefined) throw new UsageError('--password is needed; laboratories expect the word infected.');
  if (!/^[\x20-\x7e]{1,100}$/.test(password)) throw new UsageError('--password takes 1 to 100 printable ASCII characters: programs differ in how they read others.');
  const target = outOf(call.options);
  return writeFromCase(call.positionals[0], 'file in a zip', (session) => session.ask('report.sample', { evidencePath, password, ...target }));
}
