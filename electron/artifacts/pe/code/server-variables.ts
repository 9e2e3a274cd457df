import type { Capability } from '../../../../shared/model/pe/index.ts';
import type { Reading } from './reading.ts';
import { findText } from './texts.ts';
import type { Value } from './value.ts';

interface Meaning {
  readonly group: Capability['group'];
  readonly id: string;
  readonly what: string;
}

/** Server variables that hold what an intruder wants; others are named only. */
const TELLING: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['AUTH_PASSWORD', { group: 'sees', id: 'sees-basic-passwords', what: 'reads the password that the client sent' }],
  ['HTTP_AUTHORIZATION', { group: 'sees', id: 'sees-credentials', what: 'reads the credentials that the client sent' }],
  ['AUTH_USER', { group: 'sees', id: 'sees-user-names', what: 'reads the user name' }],
  ['LOGON_USER', { group: 'sees', id: 'sees-user-names', what: 'reads the user name' }],
  ['REMOTE_USER', { group: 'sees', id: 'sees-user-names', what: 'reads the user name' }],
  ['HTTP_COOKIE', { group: 'sees', id: 'sees-cookies', what: 'reads the cookies of requests' }],
  ['ALL_RAW', { group: 'sees', id: 'sees-request-headers', what: 'reads all headers of requests as they were sent' }],
  ['ALL_HTTP', { group: 'sees', id: 'sees-request-headers', what: 'reads all headers of requests' }],
  ['HTTP_USER_AGENT', { group: 'sees', id: 'sees-user-agents', what: 'reads which browser the client says to be' }],
  ['HTTP_REFERER', { group: 'sees', id: 'sees-referers', what: 'reads from which page the client says to come' }],
  ['REMOTE_ADDR', { group: 'sees', id: 'sees-client-addresses', what: 'reads the address of the client' }],
]);

/** A server variable whose name the code hands over; `how` says where. */
export function reportVariable(reading: Reading, name: Value, how: string): void {
  if (name?.kind !== 'constant') return;
  const text = reading.text(name.value, false, 64) ?? null;
  const wide = text === null || text.length === 1 ? reading.text(name.value, true, 64) : null;
  const variable = wide ?? text;
  const offset = reading.offset(name.value);
  if (variable === null || offset === undefined || !/^[A-Za-z][A-Za-z0-9_-]+$/.test(variable)) return;
  const known = TELLING.get(variable);
  reading.out.add(known?.group ?? 'sees', known?.id ?? 'reads-server-variables', `${known?.what ?? 'reads a server variable'} (${variable}, ${how})`, { offset, constant: variable });
}

/** Names of server variables that stand in the file, whether the code that uses them was found or not. */
export function findVariables(reading: Reading): void {
  for (const name of TELLING.keys()) {
    if (name === 'AUTH_USER' || name === 'REMOTE_USER') continue;
    const at = findText(reading.world.image.view, name, true);
    const used = reading.out.list.some(({ proof }) => proof.constant === name);
    if (at !== null && !used) reading.out.add('sees', 'names-server-variables', `names the server variable ${name}; how it is used was not followed`, { offset: at, constant: name });
  }
}
