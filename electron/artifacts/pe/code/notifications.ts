import type { Capability } from '../../../../shared/model/pe/index.ts';

type Group = Capability['group'];

/** What it means to be called for an event, where that is more than being called. */
export interface Consequence {
  readonly id: string;
  readonly what: string;
  readonly group: Group;
}

/** One bit of a mask that a component registers with. `constant` is its name in the SDK header. */
export interface Notification {
  readonly bit: number;
  readonly constant: string;
  readonly words: string;
  readonly means: readonly Consequence[];
}

const means = (group: Group, id: string, what: string): Consequence => ({ group, id, what });
const event = (bit: number, constant: string, words: string, ...consequences: Consequence[]): Notification => ({ bit: bit >>> 0, constant, words, means: consequences });

/** Request notifications of native modules (httpserv.h, RQ_*). */
export const REQUEST_NOTIFICATIONS: readonly Notification[] = [
  event(0x1, 'RQ_BEGIN_REQUEST', 'the start of a request', means('sees', 'sees-requests-first', 'sees each request at its start and can answer it before any later module runs')),
  event(0x2, 'RQ_AUTHENTICATE_REQUEST', 'authentication', means('sees', 'sees-credentials', 'takes part in authentication: can read what the client sends to log on, with Basic authentication the password')),
  event(0x4, 'RQ_AUTHORIZE_REQUEST', 'authorization', means('changes', 'decides-access', 'takes part in the decision who may have a resource')),
  event(0x8, 'RQ_RESOLVE_REQUEST_CACHE', 'the look-up in the cache'),
  event(0x10, 'RQ_MAP_REQUEST_HANDLER', 'the choice of the handler', means('changes', 'changes-handler', 'can choose what handles a request')),
  event(0x20, 'RQ_ACQUIRE_REQUEST_STATE', 'the loading of session state'),
  event(0x40, 'RQ_PRE_EXECUTE_REQUEST_HANDLER', 'the moment before the handler runs'),
  event(0x80, 'RQ_EXECUTE_REQUEST_HANDLER', 'the execution of the handler', means('changes', 'answers-requests', 'can answer requests itself, as a handler')),
  event(0x100, 'RQ_RELEASE_REQUEST_STATE', 'the saving of session state'),
  event(0x200, 'RQ_UPDATE_REQUEST_CACHE', 'the update of the cache'),
  event(0x400, 'RQ_LOG_REQUEST', 'the writing of the log', means('changes', 'changes-log-row', 'is called before the log row is written: can change what is logged of a request')),
  event(0x800, 'RQ_END_REQUEST', 'the end of a request'),
  event(0x1000_0000, 'RQ_CUSTOM_NOTIFICATION', 'events of other modules'),
  event(0x2000_0000, 'RQ_SEND_RESPONSE', 'the sending of a response', means('changes', 'changes-responses', 'sees responses before they are sent and can change them')),
  event(0x4000_0000, 'RQ_READ_ENTITY', 'the reading of a request body', means('sees', 'sees-request-bodies', 'sees the bodies of requests as they are read: forms, uploads, passwords in them')),
  event(0x8000_0000, 'RQ_MAP_PATH', 'the mapping of a URL to a path', means('changes', 'changes-path-mapping', 'can change which file a URL leads to')),
];

/** Global notifications of native modules (httpserv.h, GL_*). */
export const GLOBAL_NOTIFICATIONS: readonly Notification[] = [
  event(0x2, 'GL_STOP_LISTENING', 'the end of listening'),
  event(0x4, 'GL_CACHE_CLEANUP', 'the cleaning of the cache'),
  event(0x10, 'GL_CACHE_OPERATION', 'operations on the cache', means('sees', 'sees-cache-operations', 'sees what is put into and taken from the server\'s caches')),
  event(0x20, 'GL_HEALTH_CHECK', 'health checks'),
  event(0x40, 'GL_CONFIGURATION_CHANGE', 'changes of the configuration'),
  event(0x80, 'GL_FILE_CHANGE', 'changes of watched files'),
  event(0x100, 'GL_PRE_BEGIN_REQUEST', 'each request before its start', means('sees', 'sees-requests-before-modules', 'sees each request before the request modules do; this needs no entry in <modules>')),
  event(0x200, 'GL_APPLICATION_START', 'the start of an application'),
  event(0x400, 'GL_APPLICATION_RESOLVE_MODULES', 'the loading of an application\'s modules', means('changes', 'changes-module-list', 'is called while the modules of an application are chosen')),
  event(0x800, 'GL_APPLICATION_STOP', 'the end of an application'),
  event(0x1000, 'GL_RSCA_QUERY', 'queries about the state of the server'),
  event(0x2000, 'GL_TRACE_EVENT', 'trace events', means('sees', 'sees-trace-events', 'sees the trace events of requests')),
  event(0x4000, 'GL_CUSTOM_NOTIFICATION', 'events of other modules'),
  event(0x8000, 'GL_THREAD_CLEANUP', 'the end of a thread'),
  event(0x1_0000, 'GL_APPLICATION_PRELOAD', 'the preloading of an application'),
  event(0x2_0000, 'GL_SUSPEND_PROCESS', 'the suspension of the process'),
];

const INTERNAL_EVENT = 'an internal event of the server';
const INTERNAL = means('hides', 'internal-notification', 'asks for an event that is meant for the server itself; filters of others are not expected to (assumed)');

/** Flags of ISAPI filters (httpfilt.h, SF_NOTIFY_*). */
export const FILTER_NOTIFICATIONS: readonly Notification[] = [
  event(0x1, 'SF_NOTIFY_SECURE_PORT', 'requests on TLS ports'),
  event(0x2, 'SF_NOTIFY_NONSECURE_PORT', 'requests on plain ports'),
  event(0x40, 'SF_NOTIFY_SEND_RESPONSE', 'the headers of responses', means('changes', 'changes-response-headers', 'can change the headers of responses before they are sent')),
  event(0x80, 'SF_NOTIFY_END_OF_REQUEST', 'the end of a request'),
  event(0x100, 'SF_NOTIFY_END_OF_NET_SESSION', 'the end of a connection'),
  event(0x200, 'SF_NOTIFY_LOG', 'the writing of the log', means('changes', 'changes-log-row', 'can rewrite the log rows of the requests that it is called for, its own among them: client, user, method, URL and status, before they are logged')),
  event(0x400, 'SF_NOTIFY_SEND_RAW_DATA', 'every byte of the responses', means('changes', 'changes-responses', 'sees and can change every byte of the responses')),
  event(0x800, 'SF_NOTIFY_ACCESS_DENIED', 'refused requests'),
  event(0x1000, 'SF_NOTIFY_URL_MAP', 'the mapping of a URL to a path', means('changes', 'changes-path-mapping', 'can change which file a URL leads to')),
  event(0x2000, 'SF_NOTIFY_AUTHENTICATION', 'authentication', means('sees', 'sees-basic-passwords', 'sees user names and clear-text passwords of Basic authentication')),
  event(0x4000, 'SF_NOTIFY_PREPROC_HEADERS', 'the headers of requests', means('sees', 'sees-request-headers', 'sees all headers of requests, cookies among them, and can change them')),
  event(0x8000, 'SF_NOTIFY_READ_RAW_DATA', 'every byte of the requests', means('sees', 'sees-raw-requests', 'sees every byte of the requests; not supported from IIS 7 on')),
  event(0x0200_0000, 'SF_NOTIFY_EXTENSION_TRIGGER', 'calls by extensions'),
  event(0x0400_0000, 'SF_NOTIFY_AUTH_COMPLETE', 'the end of authentication', means('sees', 'sees-authenticated-users', 'sees the URL, the headers and the access token of each authenticated user')),
  event(0x0800_0000, 'SF_NOTIFY_RENEGOTIATE_CERT', INTERNAL_EVENT, INTERNAL),
  event(0x1000_0000, 'SF_NOTIFY_REQUEST_SECURITY_CONTEXT_CLOSE', INTERNAL_EVENT, INTERNAL),
  event(0x2000_0000, 'SF_NOTIFY_AUTHENTICATIONEX', INTERNAL_EVENT, INTERNAL),
];

/** Priority of an ISAPI filter; low when none of them is set. The flags may be combined, the highest counts. */
export const FILTER_PRIORITIES: readonly { readonly bit: number; readonly constant: string; readonly words: string }[] = [
  { bit: 0x8_0000, constant: 'SF_NOTIFY_ORDER_HIGH', words: 'high: it is called before the other filters' },
  { bit: 0x4_0000, constant: 'SF_NOTIFY_ORDER_MEDIUM', words: 'medium' },
  { bit: 0x2_0000, constant: 'SF_NOTIFY_ORDER_LOW', words: 'low' },
];

export const hex = (value: number): string => `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;

/** The notifications of a mask, and the bits that have no name. */
export function namesOf(mask: number, all: readonly Notification[]): { readonly set: readonly Notification[]; readonly rest: number } {
  const set = all.filter(({ bit }) => (mask & bit) !== 0);
  return { set, rest: set.reduce((left, { bit }) => (left & ~bit) >>> 0, mask >>> 0) };
}
