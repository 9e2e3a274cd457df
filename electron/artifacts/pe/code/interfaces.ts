import type { InterfaceName } from './value.ts';

/**
 * Methods by their place in the table (httpserv.h). Two overloads of one name stand side by side in an order that the
 * compiler chooses, so both places of such a pair have the same name here.
 */
const TABLES: Readonly<Record<InterfaceName, string>> = {
  IHttpModuleRegistrationInfo: 'GetName GetId SetRequestNotifications SetGlobalNotifications SetPriorityForRequestNotification SetPriorityForGlobalNotification SetPriorityForPostRequestNotification',
  IHttpServer: '',
  IHttpEventProvider: '',
  IHttpContext: `GetSite GetApplication GetConnection GetRequest GetResponse GetResponseHeadersSent GetUser GetModuleContextContainer IndicateCompletion
    PostCompletion DisableNotifications GetNextNotification GetIsLastNotification ExecuteRequest`,
  IHttpRequest: `GetRawHttpRequest GetRawHttpRequest GetHeader GetHeader SetHeader SetHeader DeleteHeader DeleteHeader GetHttpMethod SetHttpMethod SetUrl SetUrl
    GetUrlChanged GetForwardedUrl GetLocalAddress GetRemoteAddress ReadEntityBody InsertEntityBody GetRemainingEntityBytes GetHttpVersion
    GetClientCertificate NegotiateClientCertificate GetSiteId GetHeaderChanges`,
  IHttpResponse: `GetRawHttpResponse GetRawHttpResponse GetCachePolicy SetStatus SetHeader SetHeader DeleteHeader DeleteHeader GetHeader GetHeader Clear
    ClearHeaders SetNeedDisconnect ResetConnection DisableKernelCache GetKernelCacheEnabled SuppressHeaders GetHeadersSuppressed Flush Redirect
    WriteEntityChunkByReference WriteEntityChunks DisableBuffering GetStatus SetErrorDescription GetErrorDescription GetHeaderChanges CloseConnection`,
  IHttpUser: 'GetRemoteUserName GetUserName GetAuthenticationType GetPassword GetImpersonationToken GetPrimaryToken',
};

const METHODS = new Map(Object.entries(TABLES).map(([name, list]) => [name, list.trim() === '' ? [] : list.trim().split(/\s+/)] as const));

/** Name of the method at a place of an interface's table; null outside the table. */
export const methodName = (type: InterfaceName, slot: number): string | null => METHODS.get(type)?.[slot] ?? null;

/** What a method hands out, where that is again an interface that is followed. */
export const RESULTS: ReadonlyMap<string, InterfaceName> = new Map<string, InterfaceName>([
  ['IHttpContext.GetRequest', 'IHttpRequest'], ['IHttpContext.GetResponse', 'IHttpResponse'], ['IHttpContext.GetUser', 'IHttpUser'],
]);

/** How many parameters a method has, the object not counted; needed on x86 only, where the called function takes them off the stack. */
export const PARAMETERS: ReadonlyMap<string, number> = new Map([
  ['IHttpModuleRegistrationInfo.GetName', 0], ['IHttpModuleRegistrationInfo.GetId', 0],
  ['IHttpModuleRegistrationInfo.SetRequestNotifications', 3], ['IHttpModuleRegistrationInfo.SetGlobalNotifications', 2],
  ['IHttpModuleRegistrationInfo.SetPriorityForRequestNotification', 2], ['IHttpModuleRegistrationInfo.SetPriorityForGlobalNotification', 2],
  ['IHttpModuleRegistrationInfo.SetPriorityForPostRequestNotification', 2],
  ['IHttpContext.GetRequest', 0], ['IHttpContext.GetResponse', 0], ['IHttpContext.GetUser', 0], ['IHttpContext.GetResponseHeadersSent', 0],
  ['IHttpContext.DisableNotifications', 2], ['IHttpUser.GetUserName', 0], ['IHttpUser.GetPassword', 0], ['IHttpUser.GetRemoteUserName', 0],
  ['IHttpUser.GetAuthenticationType', 0],
]);

/** Methods of CHttpModule by their place in the table of a class that derives from it; "Post" forms and plain ones share a pair. */
export const MODULE_METHODS: readonly string[] = [
  'OnBeginRequest', 'OnPostBeginRequest',
  ...['AuthenticateRequest', 'AuthorizeRequest', 'ResolveRequestCache', 'MapRequestHandler', 'AcquireRequestState', 'PreExecuteRequestHandler', 'ExecuteRequestHandler',
    'ReleaseRequestState', 'UpdateRequestCache', 'LogRequest', 'EndRequest'].flatMap((name) => [`On${name}`, `OnPost${name}`]),
  'OnSendResponse', 'OnMapPath', 'OnReadEntity', 'OnCustomRequestNotification', 'OnAsyncCompletion',
];

/** Methods of CGlobalModule by their place in the table. */
export const GLOBAL_METHODS: readonly string[] = [
  'OnGlobalStopListening', 'OnGlobalCacheCleanup', 'OnGlobalCacheOperation', 'OnGlobalHealthCheck', 'OnGlobalConfigurationChange', 'OnGlobalFileChange',
  'OnGlobalPreBeginRequest', 'OnGlobalApplicationStart', 'OnGlobalApplicationResolveModules', 'OnGlobalApplicationStop', 'OnGlobalRSCAQuery', 'OnGlobalTraceEvent',
  'OnGlobalCustomNotification', 'Terminate', 'OnGlobalThreadCleanup', 'OnGlobalApplicationPreload', 'OnSuspendProcess',
];

/** Places in MODULE_METHODS of the methods that the bits of RQ_BEGIN_REQUEST (bit 0) to RQ_END_REQUEST (bit 11) lead to, and the late ones. */
export function slotsOf(mask: number): number[] {
  const pairs = Array.from({ length: 12 }, (_, bit) => bit).filter((bit) => ((mask >>> bit) & 1) === 1).flatMap((bit) => [bit * 2, bit * 2 + 1]);
  const late = ([[0x2000_0000, 24], [0x8000_0000, 25], [0x4000_0000, 26], [0x1000_0000, 27]] as const).filter(([bit]) => (mask & bit) !== 0).map(([, slot]) => slot);
  return [...pairs, ...late];
}
