import type { Capability } from '../../../../shared/model/pe/index.ts';
import type { CallSite } from './calls.ts';
import { describe } from './description.ts';
import type { Reading } from './reading.ts';
import { reportVariable } from './server-variables.ts';
import { type Origin, type Value, pointer } from './value.ts';
import { entryState, walk } from './walk.ts';

interface Field {
  readonly name: string;
  /** Offsets in bytes for 32 and 64 bits. */
  readonly x86: number;
  readonly x64: number;
}

const field = (name: string, x86: number, x64: number): Field => ({ name, x86, x64 });

/** Functions that the server puts into EXTENSION_CONTROL_BLOCK (httpext.h). */
const EXTENSION_FUNCTIONS = [field('GetServerVariable', 0x80, 0xa0), field('WriteClient', 0x84, 0xa8), field('ReadClient', 0x88, 0xb0), field('ServerSupportFunction', 0x8c, 0xb8)];
/** ... and into HTTP_FILTER_CONTEXT (httpfilt.h). */
const FILTER_FUNCTIONS = [field('GetServerVariable', 0x18, 0x20), field('AddResponseHeaders', 0x1c, 0x28), field('WriteClient', 0x20, 0x30), field('AllocMem', 0x24, 0x38), field('ServerSupportFunction', 0x28, 0x40)];
/** lpszLogData of EXTENSION_CONTROL_BLOCK: text that the server appends to the log row. */
const LOG_DATA = field('lpszLogData', 0x10, 0x14);
const LOG_LENGTH = 80;

interface Meaning {
  readonly id: string;
  readonly what: string;
  readonly group: Capability['group'];
}
const meaning = (group: Meaning['group'], id: string, what: string): Meaning => ({ group, id, what });

const CALLS: ReadonlyMap<string, Meaning> = new Map([
  ['WriteClient', meaning('changes', 'writes-to-client', 'writes bytes to the client')],
  ['ReadClient', meaning('sees', 'reads-request-bodies', 'reads the bodies of requests')],
  ['AddResponseHeaders', meaning('changes', 'changes-response-headers', 'adds headers to responses')],
]);

/** Request codes of an extension's ServerSupportFunction (HSE_REQ_*, httpext.h) that say something. */
const EXTENSION_REQUESTS: ReadonlyMap<number, Meaning & { readonly constant: string }> = new Map([
  [1, { ...meaning('changes', 'redirects', 'redirects clients'), constant: 'HSE_REQ_SEND_URL_REDIRECT_RESP' }],
  [2, { ...meaning('changes', 'answers-with-other-url', 'answers with what another URL holds'), constant: 'HSE_REQ_SEND_URL' }],
  [3, { ...meaning('changes', 'sends-responses', 'sends responses of its own'), constant: 'HSE_REQ_SEND_RESPONSE_HEADER' }],
  [1001, { ...meaning('sees', 'maps-urls', 'asks which file a URL leads to'), constant: 'HSE_REQ_MAP_URL_TO_PATH' }],
  [1003, { ...meaning('changes', 'changes-log-row', 'appends text to the log row'), constant: 'HSE_APPEND_LOG_PARAMETER' }],
  [1005, { ...meaning('requests', 'works-asynchronously', 'works on requests asynchronously'), constant: 'HSE_REQ_IO_COMPLETION' }],
  [1006, { ...meaning('changes', 'sends-files', 'sends files to clients'), constant: 'HSE_REQ_TRANSMIT_FILE' }],
  [1010, { ...meaning('sees', 'reads-request-bodies', 'reads the bodies of requests'), constant: 'HSE_REQ_ASYNC_READ_CLIENT' }],
  [1011, { ...meaning('system', 'uses-user-tokens', 'takes the access token of the user'), constant: 'HSE_REQ_GET_IMPERSONATION_TOKEN' }],
  [1012, { ...meaning('sees', 'maps-urls', 'asks which file a URL leads to'), constant: 'HSE_REQ_MAP_URL_TO_PATH_EX' }],
  [1014, { ...meaning('changes', 'ends-connections', 'ends connections without a response'), constant: 'HSE_REQ_ABORTIVE_CLOSE' }],
  [1016, { ...meaning('changes', 'sends-responses', 'sends responses of its own'), constant: 'HSE_REQ_SEND_RESPONSE_HEADER_EX' }],
  [1026, { ...meaning('changes', 'runs-other-urls', 'has the server run another URL'), constant: 'HSE_REQ_EXEC_URL' }],
  [1037, { ...meaning('changes', 'sends-responses', 'sends responses of its own'), constant: 'HSE_REQ_VECTOR_SEND' }],
]);

/** The same of a filter (SF_REQ_TYPE, httpfilt.h). */
const FILTER_REQUESTS: ReadonlyMap<number, Meaning & { readonly constant: string }> = new Map([
  [0, { ...meaning('changes', 'sends-responses', 'sends responses of its own'), constant: 'SF_REQ_SEND_RESPONSE_HEADER' }],
  [1, { ...meaning('changes', 'changes-response-headers', 'adds headers to refusals'), constant: 'SF_REQ_ADD_HEADERS_ON_DENIAL' }],
  [8, { ...meaning('hides', 'switches-notifications-off', 'switches off notifications for a request, so that other filters, or the log, do not see it'), constant: 'SF_REQ_DISABLE_NOTIFICATIONS' }],
]);

/** What GetExtensionVersion calls the extension. */
export function readExtensionVersion(reading: Reading, entry: number): void {
  const version = reading.world.statics.beside();
  const description = describe(reading, version, 4, 256);
  walk(reading.code, reading.imports, entry, entryState(reading.world, [pointer(version)]), { call: description.call, store: description.store });
  description.report('extension-description', 'calls itself', 'lpszExtensionDesc');
}

/** What HttpExtensionProc does through the functions that the server hands to it. */
export function readExtensionProc(reading: Reading, entry: number): void {
  const block = reading.world.statics.beside();
  const log = reading.world.pointer === 8 ? LOG_DATA.x64 : LOG_DATA.x86;
  walk(reading.code, reading.imports, entry, entryState(reading.world, [pointer(block)]), {
    call: (site) => {
      if (site.args.some((value) => value?.kind === 'pointer' && value.base === block && value.offset === log)) logData(reading, site.at);
      return functionCall(reading, site, block, EXTENSION_FUNCTIONS, EXTENSION_REQUESTS, 'HttpExtensionProc');
    },
    store: (address, _value, _width, instruction) => {
      if (address?.kind === 'pointer' && address.base === block && address.offset >= log && address.offset < log + LOG_LENGTH) {
        logData(reading, instruction.at);
      }
    },
  });
}

/** Written by the code itself, or handed over to a function that writes. */
function logData(reading: Reading, offset: number): void {
  reading.out.add('changes', 'changes-log-row', 'can set text that the server appends to the log row (EXTENSION_CONTROL_BLOCK.lpszLogData)', { offset });
}

/** What HttpFilterProc does through the functions of its context; the notification's own structure is not followed. */
export function readFilterProc(reading: Reading, entry: number): void {
  const context = reading.world.statics.beside();
  walk(reading.code, reading.imports, entry, entryState(reading.world, [pointer(context)]), {
    call: (site) => functionCall(reading, site, context, FILTER_FUNCTIONS, FILTER_REQUESTS, 'HttpFilterProc'),
  });
}

function functionCall(reading: Reading, site: CallSite, block: Origin, functions: readonly Field[], requests: typeof EXTENSION_REQUESTS, where: string): undefined {
  const { callee, args } = site;
  if (callee?.kind !== 'pointer' || callee.offset !== 0 || callee.base.parent !== block) return;
  const at = callee.base.parentOffset;
  const called = functions.find((one) => (reading.world.pointer === 8 ? one.x64 : one.x86) === at);
  const known = called === undefined ? undefined : CALLS.get(called.name);
  if (known !== undefined) reading.out.add(known.group, known.id, `${known.what} (calls ${called?.name ?? ''} in ${where})`, { offset: site.at });
  if (called?.name === 'GetServerVariable') reportVariable(reading, args[1], `asked for in ${where}`);
  if (called?.name === 'ServerSupportFunction') request(reading, args[1], requests, where);
}

function request(reading: Reading, code: Value, requests: typeof EXTENSION_REQUESTS, where: string): void {
  if (code?.kind !== 'constant' || code.at < 0) return;
  const known = requests.get(code.value);
  if (known !== undefined) reading.out.add(known.group, known.id, `${known.what} (ServerSupportFunction ${known.constant} ${code.value} in ${where})`, { offset: code.at, constant: String(code.value) });
}
