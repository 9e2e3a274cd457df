import { RequestError } from '../../../shared/base/result.ts';
import { Component, EvidenceFile, PeFacts, type ConfigChange } from '../../../shared/model/index.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { getDocument } from '../../case/documents.ts';
import { parsed, text } from '../../case/rows.ts';
import type { Connection } from '../../store/store.ts';
import type { StoryFacts, StoryFile } from '../../story/facts.ts';
import { arrivalIn, configuredStep } from '../../story/of-configuration.ts';
import { fieldsOf } from '../../story/trace-rows.ts';
import { eventId } from '../../timeline/event-id.ts';
import { fileIdOf } from '../../timeline/file-id.ts';
import { type CaseModel, historiesOf } from '../model/case-model.ts';
import { poolStarts } from './pool-starts.ts';
import { requestsOf, type Suspect as SuspectOf } from './requests-of.ts';

const Suspect = Component.pick({ id: true, kind: true, name: true, registrations: true, loadedBy: true, firstSeen: true });
const Stamp = PeFacts.shape.timestamp;
/** Manifest rows are asked for by path; times and their fidelity are all that the story needs. */
const FileTimes = EvidenceFile.pick({ modified: true, created: true, timeFidelity: true });

/** Everything that the story of one component is told from, out of the case. @throws RequestError for an unknown id */
export async function storyFacts(connection: Connection, model: CaseModel, id: string, partial: boolean): Promise<StoryFacts> {
  const component = await getDocument(connection, 'component', id);
  if (component === null) throw new RequestError('usage', 'There is no such component in this case.');
  const own = model.servers.find((s) => s.server.id === component.server) ?? null;
  const history = historiesOf(model).find((h) => h.server.id === component.server) ?? null;
  const server = own?.server ?? history?.server ?? (await getDocument(connection, 'server', component.server)) ?? { id: component.server, name: null, iisVersion: null, sites: [], pools: [], configuration: null, redirected: false };
  const changes = history?.history.changes ?? [];
  const base = {
    component, server, file: await fileOf(connection, component),
    copies: history?.history.copies.map(({ copy }) => copy) ?? [], changes,
    pools: own === null ? [] : poolStarts(own, component),
    configuration: await configurationOf(connection, component),
    changeEvent: await changeEvents(connection, component, changes),
    partial,
  };
  const before: StoryFacts = { ...base, requests: { traced: null, handled: null, marked: null, passed: null, logs: false } };
  const { moment, earliest } = configuredStep(before);
  // Only a copy that lacks the entry says that it was not there.
  const notBefore = arrivalIn(before) === null ? null : instantOf(earliest?.time ?? null);
  const requests = await requestsOf({
    connection, model: own, component, notBefore, there: arrivalIn(before) === null ? null : (instantOf(moment.time) ?? notBefore),
    unexplained: await unexplained(connection, component.server), suspects: () => suspects(connection, component.server),
  });
  return { ...base, requests };
}

const instantOf = (time: string | null): bigint | null => (time === null ? null : parseInstant(time));

async function timesOf(connection: Connection, evidencePath: string): Promise<Pick<EvidenceFile, 'modified' | 'created' | 'timeFidelity'> | null> {
  const [row] = await connection.all('select modified, created, time_fidelity from evidence_file where evidence_path = $1 limit 1', [evidencePath]);
  return row === undefined ? null : parsed(FileTimes, JSON.stringify({ modified: row['modified'] ?? null, created: row['created'] ?? null, timeFidelity: row['time_fidelity'] }), `the manifest entry ${evidencePath}`);
}

async function fileOf(connection: Connection, { file }: Component): Promise<StoryFile | null> {
  if (file === null) return null;
  const times = await timesOf(connection, file.evidencePath);
  const [stored] = await connection.all(`select json_extract(doc, '$.facts.timestamp')::VARCHAR as stamp from pe where id = $1 limit 1`, [file.sha256]);
  const events = await connection.all(`select file_id, off, seq, meaning from event where file_id = $1 and source in ('pe', 'file-times') order by off, seq`, [fileIdOf(file.evidencePath)]);
  const event = (meaning: string): string | null => {
    const row = events.find((one) => one['meaning'] === meaning);
    return row === undefined ? null : eventId({ fileId: row['file_id'] as bigint, off: row['off'] as bigint, seq: Number(row['seq']) });
  };
  return {
    path: file.path, evidencePath: file.evidencePath, sha256: file.sha256, modified: times?.modified ?? null, created: times?.created ?? null, times: times?.timeFidelity ?? 'none',
    stamp: stored === undefined ? null : parsed(Stamp, text(stored, 'stamp'), `pe ${file.sha256}`),
    events: { stamp: event('linker-stamp'), written: event('file-content-changed'), created: event('file-created') },
  };
}

/** The file of its first registration, as the manifest has it. */
async function configurationOf(connection: Connection, { registrations: [first] }: Component): Promise<StoryFacts['configuration']> {
  if (first === undefined) return null;
  const { path, evidencePath, line, column, sha256 } = first;
  const times = await timesOf(connection, evidencePath);
  const [row] = await connection.all(`select file_id, off, seq from event where file_id = $1 and source = 'iis-config' order by off, seq limit 1`, [fileIdOf(evidencePath)]);
  const event = row === undefined ? null : eventId({ fileId: row['file_id'] as bigint, off: row['off'] as bigint, seq: Number(row['seq']) });
  return { ref: { path, evidencePath, line, column, sha256 }, modified: times?.timeFidelity === 'none' ? null : (times?.modified ?? null), event };
}

const changeKey = (what: string, value: (name: string) => string): string => [what, ...['section', 'scope', 'name', 'from', 'to'].map(value)].join('\0');
const MEANINGS: Readonly<Record<string, string>> = { 'component-added': 'added', 'component-removed': 'removed', 'component-changed': 'changed' };

/** The events of the changes that have a name of one of its entries. */
async function changeEvents(connection: Connection, component: Component, changes: readonly ConfigChange[]): Promise<StoryFacts['changeEvent']> {
  const names = new Set(component.registrations.flatMap((r) => r.attributes.map((a) => a.value)));
  const asked = [...new Set(changes.flatMap((c) => (names.has(c.name) || [...names].some((n) => c.name.endsWith(` ${n}`)) ? [c.name] : [])))].slice(0, 100);
  if (asked.length === 0) return () => null;
  const rows = await connection.all(
    `select file_id, off, seq, meaning, extra from event where source = 'config-history' and server is not distinct from $1 and component in (${asked.map((_, i) => `$${i + 2}`).join(', ')}) order by time nulls last, file_id, off, seq limit 5000`, [component.server, ...asked],
  );
  const ids = new Map(rows.map((row) => {
    const fields = new Map(fieldsOf(text(row, 'extra')));
    return [changeKey(MEANINGS[text(row, 'meaning')] ?? '', (name) => fields.get(name) ?? ''), eventId({ fileId: row['file_id'] as bigint, off: row['off'] as bigint, seq: Number(row['seq']) })];
  }));
  return (change) => ids.get(changeKey(change.what, (name) => String(change[name as keyof ConfigChange] ?? ''))) ?? null;
}

async function unexplained(connection: Connection, server: string): Promise<boolean> {
  const [row] = await connection.all(`select 1 as one from finding where json_extract_string(doc, '$.rule') = 'answered-without-file' and json_extract_string(doc, '$.server') = $1 limit 1`, [server]);
  return row !== undefined;
}

async function suspects(connection: Connection, server: string): Promise<SuspectOf[]> {
  const rows = await connection.all(
    `select doc from component where json_extract_string(doc, '$.server') = $1 and json_extract_string(doc, '$.origin') = 'unknown' and json_extract_string(doc, '$.kind') in ('native-module', 'managed-module', 'isapi-filter') order by position limit 500`, [server],
  );
  return rows.map((row) => parsed(Suspect, text(row, 'doc'), 'a component')).filter((c) => c.registrations.length > 0);
}
