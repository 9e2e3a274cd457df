import { TIME_MEANINGS, type Note, type TimelineEvent } from '../../../shared/model/index.ts';
import { instantDecimals, parseInstant } from '../../../shared/time/instant.ts';

/**
 * Fields of records that become columns of their own. A log can name any number of others, and each new name would be a
 * new field of the index that takes the file in: those stand together in `other_fields`.
 */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  's_sitename', 's_computername', 's_ip', 's_port', 'cs_method', 'cs_uri_stem', 'cs_uri_query', 'cs_username', 'c_ip', 'c_port', 'cs_version', 'cs_user_agent', 'cs_referer', 'cs_cookie', 'cs_host',
  'sc_status', 'sc_substatus', 'sc_win32_status', 'sc_bytes', 'cs_bytes', 'time_taken', 's_reason', 's_queuename', 'streamid', 'x_forwarded_for',
]);

/**
 * One line for Timesketch: `message`, `datetime` (ISO 8601 with microseconds) and `timestamp_desc` are what it asks for;
 * `timestamp` is the same moment in microseconds. What the tenth of a microsecond was stands in `exact_time`.
 * @returns '' for an event that nothing dates, which such a timeline cannot hold
 */
export function timesketchLine(event: TimelineEvent): string {
  const ticks = event.time === null ? null : parseInstant(event.time);
  if (ticks === null || event.time === null) return '';
  const own: Record<string, string> = {};
  const others: string[] = [];
  for (const { name, value } of event.fields) {
    const key = name.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
    if (OWN_FIELDS.has(key) && !Object.hasOwn(own, key)) own[key] = value;
    else others.push(`${name}=${value}`);
  }
  const { ref } = event;
  return `${JSON.stringify({
    message: event.message, ...moment(ticks), timestamp_desc: TIME_MEANINGS[event.timeMeaning], exact_time: event.time, fidelity: event.fidelity,
    data_type: `iisight:${event.source}`, source: event.source, what: event.what, event_id: event.id, server: event.server, site: event.site, tag: event.tags,
    evidence_path: ref.evidencePath, windows_path: ref.path, line: ref.line, offset: ref.offset, length: ref.length, sha256: ref.sha256,
    ...own, ...(others.length === 0 ? {} : { other_fields: others.join('\n') }),
  })}\n`;
}

/** A note as an event at the moment that it is about; '' for one that is about none. */
export function noteLine(note: Note): string {
  const ticks = note.about === null ? null : parseInstant(note.about);
  if (ticks === null) return '';
  const [ref] = note.refs;
  return `${JSON.stringify({
    message: note.text, ...moment(ticks), timestamp_desc: 'noted by the examiner', exact_time: note.about, data_type: 'iisight:note', source: 'note', what: 'note', event_id: `note-${note.id}`,
    tag: note.tag === '' ? [] : [note.tag], examiner: note.examination.examiner, case_number: note.examination.caseNumber, host_label: note.examination.hostLabel, written: note.written, revision: note.revision,
    evidence_path: ref?.evidencePath, line: ref?.line, offset: ref?.offset, sha256: ref?.sha256,
  })}\n`;
}

function moment(ticks: bigint): { datetime: string; timestamp: number } {
  // Downwards also before 1970.
  const micros = (ticks - (((ticks % 10n) + 10n) % 10n)) / 10n;
  return { datetime: instantDecimals(ticks, 6).replace(/Z$/, '+00:00'), timestamp: Number(micros) };
}
