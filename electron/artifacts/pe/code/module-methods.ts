import type { Capability } from '../../../../shared/model/pe/index.ts';
import type { CallEffect, CallSite } from './calls.ts';
import { PARAMETERS, RESULTS, methodName } from './interfaces.ts';
import { hex } from './notifications.ts';
import type { Reading } from './reading.ts';
import { type Value, pointer } from './value.ts';
import { methodState, walk } from './walk.ts';

interface Meaning {
  readonly group: Capability['group'];
  readonly id: string;
  readonly what: string;
}
const meaning = (group: Meaning['group'], id: string, what: string): Meaning => ({ group, id, what });

/** What calls of the server's interfaces mean. */
const CALLS: ReadonlyMap<string, Meaning> = new Map([
  ['IHttpUser.GetPassword', meaning('sees', 'sees-basic-passwords', 'reads the password of the user')],
  ['IHttpUser.GetUserName', meaning('sees', 'sees-user-names', 'reads the user name')],
  ['IHttpUser.GetRemoteUserName', meaning('sees', 'sees-user-names', 'reads the user name')],
  ['IHttpUser.GetImpersonationToken', meaning('system', 'uses-user-tokens', 'takes the access token of the user')],
  ['IHttpUser.GetPrimaryToken', meaning('system', 'uses-user-tokens', 'takes the access token of the user')],
  ['IHttpRequest.GetHeader', meaning('sees', 'sees-request-headers', 'reads headers of requests')],
  ['IHttpRequest.SetHeader', meaning('changes', 'changes-request-headers', 'changes headers of requests')],
  ['IHttpRequest.DeleteHeader', meaning('changes', 'changes-request-headers', 'removes headers of requests')],
  ['IHttpRequest.GetRawHttpRequest', meaning('sees', 'sees-raw-requests', 'reads requests as HTTP.sys hands them over: URL, headers, client')],
  ['IHttpRequest.GetRemoteAddress', meaning('sees', 'sees-client-addresses', 'reads the address of the client')],
  ['IHttpRequest.SetHttpMethod', meaning('changes', 'changes-urls', 'changes the method of requests')],
  ['IHttpRequest.SetUrl', meaning('changes', 'changes-urls', 'changes the URL of requests')],
  ['IHttpRequest.ReadEntityBody', meaning('sees', 'reads-request-bodies', 'reads the bodies of requests')],
  ['IHttpRequest.InsertEntityBody', meaning('changes', 'changes-request-bodies', 'puts data into the bodies of requests')],
  ['IHttpResponse.GetRawHttpResponse', meaning('sees', 'sees-raw-responses', 'reads responses as they will be sent')],
  ['IHttpResponse.SetStatus', meaning('changes', 'changes-response-status', 'sets the status of responses')],
  ['IHttpResponse.SetHeader', meaning('changes', 'changes-response-headers', 'sets headers of responses')],
  ['IHttpResponse.DeleteHeader', meaning('changes', 'changes-response-headers', 'removes headers of responses')],
  ['IHttpResponse.Clear', meaning('changes', 'changes-responses', 'throws away what was to be sent')],
  ['IHttpResponse.WriteEntityChunks', meaning('changes', 'changes-responses', 'writes into responses')],
  ['IHttpResponse.WriteEntityChunkByReference', meaning('changes', 'changes-responses', 'writes into responses')],
  ['IHttpResponse.Redirect', meaning('changes', 'redirects', 'redirects clients')],
  ['IHttpResponse.ResetConnection', meaning('changes', 'ends-connections', 'ends connections without a response')],
  ['IHttpResponse.CloseConnection', meaning('changes', 'ends-connections', 'ends connections without a response')],
  ['IHttpResponse.DisableKernelCache', meaning('changes', 'prevents-caching', 'keeps responses out of the kernel cache, so that each request reaches it')],
  ['IHttpContext.ExecuteRequest', meaning('changes', 'runs-other-urls', 'has the server run another URL')],
]);

const LOG_REQUEST = 0x400;
const LIMITS = { steps: 1500, depth: 3 };

/**
 * What a method of a module does with the IHttpContext that it is given. Which interface a called method belongs to
 * follows from where the object came from; that the tables are those of the published header is an inference, and said.
 */
export function readModuleMethod(reading: Reading, entry: number, name: string): void {
  const { world } = reading;
  const context = pointer(world.statics.beside('IHttpContext'));
  const self = pointer(world.statics.beside());
  const provider = pointer(world.statics.beside('IHttpEventProvider'));
  walk(reading.code, reading.imports, entry, methodState(world, self, [context, provider]), { call: (site) => interfaceCall(reading, site, name) }, LIMITS);
}

function interfaceCall(reading: Reading, site: CallSite, where: string): CallEffect | undefined {
  const type = site.method?.object.base.type;
  if (site.method === null || type === null || type === undefined || site.method.object.offset !== 0) return undefined;
  const method = methodName(type, site.method.slot);
  if (method === null) return undefined;
  const full = `${type}.${method}`;
  const known = CALLS.get(full);
  const header = method.endsWith('Header') ? headerName(reading, site.args[0]) : null;
  if (known !== undefined) {
    const which = header === null ? '' : ` "${header.text}"`;
    reading.out.add(known.group, known.id, `${known.what}${which} (inferred: calls ${type}::${method} in ${where})`, header === null ? { offset: site.at } : { offset: site.at, constant: header.text });
  }
  if (full === 'IHttpContext.DisableNotifications') disable(reading, site, where);
  const handed = RESULTS.get(full);
  const parameters = PARAMETERS.get(full);
  return { ...(handed === undefined ? {} : { result: pointer(reading.world.statics.beside(handed)) }), ...(parameters === undefined ? {} : { parameters }) };
}

/** The name of a header, when the overload that takes a name is called with a text of the file. */
function headerName(reading: Reading, value: Value): { text: string } | null {
  const text = value?.kind === 'constant' && value.value > 0x1000 ? reading.text(value.value, false, 64) : null;
  return text !== null && /^[A-Za-z][\w-]+$/.test(text) ? { text } : null;
}

function disable(reading: Reading, site: CallSite, where: string): void {
  const [mask, post] = site.args;
  const value = [mask, post].find((one) => one?.kind === 'constant' && (one.value & LOG_REQUEST) !== 0);
  if (value?.kind === 'constant') {
    reading.out.add('hides', 'hides-from-log', `switches off RQ_LOG_REQUEST for a request, which is then not logged (inferred: calls IHttpContext::DisableNotifications in ${where})`, { offset: value.at, constant: hex(value.value) });
  } else {
    reading.out.add('hides', 'switches-notifications-off', `switches off notifications for a request, so that other modules do not see it (inferred: calls IHttpContext::DisableNotifications in ${where})`, {
      offset: site.at, ...(mask?.kind === 'constant' ? { constant: hex(mask.value) } : {}),
    });
  }
}
