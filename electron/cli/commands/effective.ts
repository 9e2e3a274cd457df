import { readCall, text, UsageError } from '../args.ts';
import { print, refuseAsJson, refuseInEvidence, writeJson } from '../output.ts';
import { withEngine, type Session } from '../session.ts';
import { effectiveText } from '../text/effective-text.ts';
import path from 'node:path';

/** `effective EVIDENCE --site S [--app /P] [--server ID] [--as-of T|COPY] [--explain NAME] [--json]` */
export async function effective(words: readonly string[]): Promise<number> {
  const call = readCall(words, { site: 'text', app: 'text', server: 'text', 'as-of': 'text', explain: 'text', json: 'text' }, { min: 1, max: 1, names: 'one evidence folder, zip or file' });
  const evidence = path.resolve(call.positionals[0] ?? '');
  const json = text(call.options, 'json');
  const site = text(call.options, 'site');
  if (site === undefined) throw new UsageError('Name the site: --site NAME.');
  refuseInEvidence(json, evidence);
  refuseAsJson(json, [evidence]);
  return withEngine(async (session) => {
    await openForConfiguration(session, evidence);
    const { options } = call;
    const shown = await session.ask('config.effective', { site, app: text(options, 'app') ?? '/', server: text(options, 'server'), asOf: text(options, 'as-of'), explain: text(options, 'explain') });
    const document = { schema: 'iisight.effective/1', ...shown };
    if (json !== undefined) await writeJson(json, document);
    if (json !== '-') await print(effectiveText(shown));
    return session.interrupted ? 130 : 0;
  });
}

/** A temporary case of which only the configuration is read: logs do not matter for the answer. */
export async function openForConfiguration(session: Session, evidence: string): Promise<void> {
  await session.ask('case.create', { path: null, evidence, scope: 'configuration' });
  await session.waitForReading();
}
