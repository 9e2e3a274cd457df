import { isZone } from '../../../shared/time/zone.ts';
import { readCall, text, UsageError, wholeNumber } from '../args.ts';
import { addLists, LIST_OPTIONS, listsOf } from '../lists.ts';
import { print, refuseAsJson, refuseInEvidence, say, writeJson } from '../output.ts';
import { withEngine } from '../session.ts';
import { triageText } from '../text/triage-text.ts';
import { cpus } from 'node:os';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** `triage EVIDENCE [--case FILE] [--json FILE] [--workers N] [--server-zone ZONE] [--indicators FILE] [--known-good FILE] [--yara FOLDER|FILE] [--yara-program PATH]` */
export async function triage(words: readonly string[]): Promise<number> {
  const call = readCall(words, { case: 'text', json: 'text', workers: 'text', 'server-zone': 'text', ...LIST_OPTIONS }, { min: 1, max: 1, names: 'one evidence folder, zip or file' });
  const evidence = path.resolve(call.positionals[0] ?? '');
  const caseFile = text(call.options, 'case');
  const json = text(call.options, 'json');
  refuseInEvidence(json, evidence);
  refuseInEvidence(caseFile, evidence);
  refuseAsJson(json, [evidence, caseFile]);
  const workers = wholeNumber(call.options, 'workers', Math.max(1, Math.min(4, cpus().length)), 1, 16);
  const lists = listsOf(call.options);
  const serverZone = text(call.options, 'server-zone');
  if (serverZone !== undefined && !isZone(serverZone)) throw new UsageError(`${serverZone} is no time zone; write it as UTC, +02:00 or Europe/Berlin.`);
  return withEngine(async (session) => {
    const full = caseFile === undefined ? null : path.resolve(caseFile);
    if (full !== null && existsSync(full)) {
      await session.ask('case.open', { path: full });
      await session.ask('job.resume', { evidence, workers, serverZone });
    } else await session.ask('case.create', { path: full, evidence, workers, serverZone });
    if (serverZone !== undefined) say(`the server's zone ${serverZone} is kept in the case; W3C logs are in UTC, so no time is shifted by it`);
    // They are in the case before the reading ends, so that the first findings that are told are theirs too.
    await addLists(session, lists);
    await session.waitForReading();
    const document = await session.ask('run.triage', {});
    if (json !== undefined) await writeJson(json, document);
    if (json !== '-') await print(triageText(document));
    if (full !== null) say(`case: ${full}`);
    await session.ask('case.close', {});
    // A wish that came when all was done changes nothing.
    return session.interrupted && document.partial ? 130 : 0;
  });
}
