import { RequestError } from '../../../shared/base/result.ts';
import { instantText, ticksFromMs } from '../../../shared/time/instant.ts';
import type { AnalystList } from '../../../shared/model/index.ts';
import { listDocuments, replaceDocuments } from '../../case/documents.ts';
import { listEvidence } from '../../case/evidence.ts';
import { refuseInside } from '../../case/places.ts';
import { writeOut } from '../../case/write-out.ts';
import { knownGoodOf, knownGoodText } from '../../lists/read/read-known-good.ts';
import type { OpenCase } from '../open-case.ts';
import { checkRules } from '../yara/check-rules.ts';
import { externalYara } from '../yara/external.ts';
import { type ListFile, readListFile } from './read-list-file.ts';

/** Lists of one case; each is held in memory with its content when it is applied. */
const MAX_LISTS = 50;

async function rootsOf(open: OpenCase): Promise<string[]> {
  const known = (await listEvidence(open.file.connection)).map((e) => e.location);
  return open.evidence === null ? known : [open.evidence.source.location, ...known];
}

/**
 * Puts a list into the case. What rests on it is made by the renewal that follows.
 * @param program an external `yara` or `yr`; it is started, so it may not lie in the evidence
 * @throws RequestError for what cannot be read, and for a list that the case has
 */
export async function addList(open: OpenCase, asked: ListFile & { readonly program?: string | undefined }, yaraChild: URL): Promise<AnalystList> {
  const roots = await rootsOf(open);
  if (asked.program !== undefined) {
    if (asked.kind !== 'yara') throw new RequestError('usage', 'A program belongs to a list of YARA rules only.');
    refuseInside(asked.program, roots);
  }
  const lists = await listDocuments(open.file.connection, 'analyst_list');
  if (lists.length >= MAX_LISTS) throw new RequestError('conflict', `The case has ${lists.length} lists, and no more than ${MAX_LISTS} are kept; remove one first.`);
  const program = asked.program === undefined ? null : await externalYara(asked.program);
  const read = await readListFile(asked, instantText(ticksFromMs(Date.now())), roots);
  const same = lists.find((l) => l.id === read.id);
  if (same !== undefined) throw new RequestError('conflict', `The case has this list already, as "${same.name}".`);
  // Whichever program searches: what does not compile is told with its line.
  const list = read.kind === 'yara' ? await checkRules(read, yaraChild) : read;
  if (program !== null) open.programs.set(list.id, program);
  await replaceDocuments(open.file, 'analyst_list', [...lists, list]);
  return list;
}

/** Takes a list out of the case. @throws RequestError when there is none with that id */
export async function removeList(open: OpenCase, id: string): Promise<void> {
  const lists = await listDocuments(open.file.connection, 'analyst_list');
  if (!lists.some((l) => l.id === id)) throw new RequestError('usage', 'There is no such list in this case.');
  open.programs.delete(id);
  // Without hits they count as not applied: should the program end here, opening the case applies them.
  await replaceDocuments(open.file, 'analyst_list', lists.filter((l) => l.id !== id).map((l) => ({ ...l, hits: null })));
}

/** Writes the registrations and hashes of one server as a known-good list. @throws RequestError where that is not possible */
export async function makeKnownGood(open: OpenCase, asked: { readonly server?: string | undefined; readonly path: string; readonly replace?: boolean | undefined }): Promise<{ path: string; entries: number }> {
  const { connection } = open.file;
  const servers = await listDocuments(connection, 'server');
  const [first] = servers;
  const server = asked.server === undefined ? first : servers.find((s) => s.id === asked.server || s.name === asked.server);
  if (server === undefined) throw new RequestError('usage', asked.server === undefined ? 'The case has no server.' : `There is no server ${asked.server}; there ${servers.length === 1 ? 'is' : 'are'} ${servers.map((s) => s.id).join(', ')}.`);
  if (asked.server === undefined && servers.length > 1) throw new RequestError('usage', `The case has ${servers.length} servers; say which: ${servers.map((s) => s.id).join(', ')}.`);
  const entries = knownGoodOf((await listDocuments(connection, 'component')).filter((c) => c.server === server.id));
  if (entries.length === 0) throw new RequestError('conflict', 'No registered component of this server has its file in the evidence: such a list would say nothing.');
  const { path } = await writeOut(asked.path, [Buffer.from(knownGoodText(entries, server), 'utf8')], { evidenceRoots: await rootsOf(open), replace: asked.replace });
  return { path, entries: entries.length };
}
