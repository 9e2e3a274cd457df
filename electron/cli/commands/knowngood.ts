import path from 'node:path';
import { readCall, text, UsageError } from '../args.ts';
import { refuseInEvidence, say } from '../output.ts';
import { withEngine } from '../session.ts';

/** `knowngood EVIDENCE --out FILE [--server ID] [--replace]`: registrations and hashes of a server known to be clean. */
export async function knownGood(words: readonly string[]): Promise<number> {
  const call = readCall(words, { out: 'text', server: 'text', replace: 'flag' }, { min: 1, max: 1, names: 'one evidence folder, zip or file' });
  const evidence = path.resolve(call.positionals[0] ?? '');
  const out = text(call.options, 'out');
  if (out === undefined) throw new UsageError('knowngood needs --out FILE.');
  refuseInEvidence(out, evidence);
  const server = text(call.options, 'server');
  return withEngine(async (session) => {
    await session.ask('case.create', { path: null, evidence });
    await session.waitForReading();
    if (session.interrupted) return 130;
    const made = await session.ask('list.makeKnownGood', { path: path.resolve(out), replace: call.options['replace'] === true, ...(server === undefined ? {} : { server }) });
    say(`${made.entries} entries written to ${made.path}`);
    await session.ask('case.close', {});
    return 0;
  });
}
