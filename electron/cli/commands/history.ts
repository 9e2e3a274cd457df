import { readCall, text } from '../args.ts';
import { print, refuseAsJson, refuseInEvidence, writeJson } from '../output.ts';
import { withEngine } from '../session.ts';
import { historyText } from '../text/history-text.ts';
import { openForConfiguration } from './effective.ts';
import path from 'node:path';

/** `history EVIDENCE [--server ID] [--json]` */
export async function history(words: readonly string[]): Promise<number> {
  const call = readCall(words, { server: 'text', json: 'text' }, { min: 1, max: 1, names: 'one evidence folder, zip or file' });
  const evidence = path.resolve(call.positionals[0] ?? '');
  const json = text(call.options, 'json');
  refuseInEvidence(json, evidence);
  refuseAsJson(json, [evidence]);
  return withEngine(async (session) => {
    await openForConfiguration(session, evidence);
    const answer = await session.ask('config.history', { server: text(call.options, 'server') });
    if (json !== undefined) await writeJson(json, { schema: 'iisight.history/1', ...answer });
    if (json !== '-') await print(historyText(answer));
    return session.interrupted ? 130 : 0;
  });
}
