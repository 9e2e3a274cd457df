import { readCall, text } from '../args.ts';
import { print, refuseAsJson, refuseInEvidence, writeJson } from '../output.ts';
import { withEngine } from '../session.ts';
import { inspectText } from '../text/inspect-text.ts';
import path from 'node:path';

/** `inspect FILE [--evidence DIR] [--roots PEM] [--json]` */
export async function inspect(words: readonly string[]): Promise<number> {
  const call = readCall(words, { evidence: 'text', roots: 'text', json: 'text' }, { min: 1, max: 1, names: 'one file' });
  const file = path.resolve(call.positionals[0] ?? '');
  const json = text(call.options, 'json');
  refuseInEvidence(json, text(call.options, 'evidence') ?? file);
  refuseAsJson(json, [file, text(call.options, 'roots')]);
  const roots = text(call.options, 'roots');
  const evidence = text(call.options, 'evidence');
  return withEngine(async (session) => {
    const document = await session.ask('run.inspect', { path: file, roots: roots === undefined ? undefined : path.resolve(roots), evidence: evidence === undefined ? undefined : path.resolve(evidence) });
    if (json !== undefined) await writeJson(json, document);
    if (json !== '-') await print(inspectText(document));
    return 0;
  });
}
