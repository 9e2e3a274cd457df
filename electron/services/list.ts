import type { ListRow } from '../../shared/contract/list.ts';
import type { AnalystList, Finding, YaraMatch } from '../../shared/model/index.ts';
import { RequestError } from '../../shared/base/result.ts';
import { getDocument, listDocuments } from '../case/documents.ts';
import { addList, makeKnownGood, removeList } from '../jobs/lists/change-lists.ts';
import { BUILT_IN } from '../jobs/yara/search-files.ts';
import type { Workspace } from '../jobs/workspace.ts';
import { familiesOf } from './families.ts';
import type { HandlersOf } from './handlers.ts';

/** Matches and hits that one answer has. */
const MAX_LISTED = 2000;

export function listService(workspace: Workspace): HandlersOf<'list'> {
  return {
    'list.list': async () => {
      const { file, programs } = workspace.opened;
      const lists = await listDocuments(file.connection, 'analyst_list');
      const matches = lists.some((l) => l.kind === 'yara') ? await listDocuments(file.connection, 'yara_match') : [];
      const findings = lists.some((l) => l.kind === 'known-good') ? await listDocuments(file.connection, 'finding') : [];
      const [program] = [...programs.values()];
      return {
        lists: lists.map((list) => rowOf(list, matches, findings)),
        yara: { program: program?.path ?? '', version: program?.version ?? BUILT_IN },
      };
    },
    'list.add': ({ kind, path, name, program }) =>
      workspace.changeLists(async (open) => rowOf(await addList(open, { kind, path, name, program }, workspace.yaraChild), [], [])),
    'list.remove': async ({ id }) => {
      await workspace.changeLists((open) => removeList(open, id));
      return {};
    },
    'list.hits': async ({ id }) => {
      const { connection } = workspace.opened.file;
      const list = await getDocument(connection, 'analyst_list', id);
      if (list === null) throw new RequestError('usage', 'There is no such list in this case.');
      const matches = list.kind === 'yara' ? (await listDocuments(connection, 'yara_match')).filter((m) => m.list === id && (m.rules.length > 0 || m.problem !== null)) : [];
      return { hits: (list.hits ?? []).slice(0, MAX_LISTED), matches: matches.slice(0, MAX_LISTED) };
    },
    'list.makeKnownGood': (input) => makeKnownGood(workspace.opened, input),
    'list.families': ({ component }) => familiesOf(workspace, component),
  };
}

/** A list without its content; `hits` are places, files in which a rule matched, or findings that the list lowered or made. */
function rowOf(list: AnalystList, matches: readonly YaraMatch[], findings: readonly Finding[]): ListRow {
  const { id, kind, name, from, sha256, added, problems, engine } = list;
  const own = matches.filter((m) => m.list === id);
  const unsearched = own.filter((m) => m.problem !== null);
  const entries = { indicators: list.indicators.length, 'known-good': list.knownGood.length, yara: list.rules.length }[kind];
  const hits = {
    indicators: list.hits?.length ?? 0,
    'known-good': findings.filter((f) => f.lowered?.list === id || f.list === id).length,
    yara: own.filter((m) => m.rules.length > 0).length,
  }[kind];
  return { id, kind, name, from, sha256, added, problems, engine, applied: list.hits !== null, searched: own.length - unsearched.length, unsearched: unsearched.length, entries, hits };
}
