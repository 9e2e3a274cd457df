import type { Capability } from '../../../../shared/model/pe/index.ts';

export interface MemberRule {
  readonly id: string;
  readonly group: Capability['group'];
  readonly what: string;
  /** Only where the first parameter is an array of bytes. */
  readonly bytes?: boolean;
}

/** Rule of members that load code from files or by name. */
export const LOADS_CODE = 'loads-code';

type Entry = readonly [group: Capability['group'], id: string, what: string, members: readonly string[]];

/**
 * What managed code can see, change and do by the members of the framework that it refers to: `Type: member member`, or
 * `Type: *` for any of them. Names as in the reference of .NET Framework 4.8. A reference does not say that it is used.
 */
const ENTRIES: readonly Entry[] = [
  ['requests', 'registers-module-at-run-time', 'registers a module while it runs, without a line of configuration', [
    'System.Web.HttpApplication: RegisterModule', 'Microsoft.Web.Infrastructure.DynamicModuleHelper.DynamicModuleUtility: RegisterModule']],
  ['requests', 'registers-path-provider', 'can answer for virtual files that are not on disk (VirtualPathProvider)', ['System.Web.Hosting.HostingEnvironment: RegisterVirtualPathProvider', 'System.Web.Hosting.VirtualPathProvider: .ctor']],
  ['requests', 'registers-routes', 'can add routes of its own', ['System.Web.Routing.RouteCollection: Add MapPageRoute Insert', 'System.Web.Routing.RouteTable: get_Routes', 'System.Web.Mvc.RouteCollectionExtensions: MapRoute']],
  ['sees', 'sees-request-headers', 'reads headers, cookies or server variables of requests', [
    'System.Web.HttpRequest: get_Headers get_Cookies get_ServerVariables get_UserAgent get_UserHostAddress get_UrlReferrer get_Params get_Item get_AcceptTypes get_UserLanguages',
    'System.Web.HttpRequestBase: get_Headers get_Cookies get_ServerVariables get_UserAgent get_UserHostAddress get_UrlReferrer get_Params get_Item',
    'System.Web.HttpWorkerRequest: GetKnownRequestHeader GetUnknownRequestHeader GetUnknownRequestHeaders GetServerVariable']],
  ['sees', 'reads-request-bodies', 'reads form fields, uploaded files or the body of requests', [
    'System.Web.HttpRequest: get_Form get_Files get_InputStream BinaryRead GetBufferedInputStream GetBufferlessInputStream SaveAs get_Unvalidated',
    'System.Web.HttpRequestBase: get_Form get_Files get_InputStream BinaryRead GetBufferedInputStream GetBufferlessInputStream', 'System.Web.HttpWorkerRequest: ReadEntityBody GetPreloadedEntityBody']],
  ['sees', 'sees-urls', 'reads addresses and query strings of requests', [
    'System.Web.HttpRequest: get_QueryString get_Url get_RawUrl get_Path get_PathInfo get_FilePath', 'System.Web.HttpRequestBase: get_QueryString get_Url get_RawUrl get_Path get_PathInfo get_FilePath']],
  ['sees', 'sees-user-names', 'reads who the user is', ['System.Web.HttpRequest: get_LogonUserIdentity', 'System.Web.HttpContext: get_User', 'System.Web.HttpApplication: get_User', 'System.Web.HttpContextBase: get_User']],
  ['sees', 'sees-sessions', 'reads or changes sessions', ['System.Web.HttpContext: get_Session', 'System.Web.HttpApplication: get_Session', 'System.Web.SessionState.HttpSessionState: get_Item set_Item Add Clear']],
  ['sees', 'sees-form-logons', 'takes part in forms authentication: tickets, accounts, addresses of its pages', ['System.Web.Security.FormsAuthentication: *', 'System.Web.Security.Membership: ValidateUser GetUser CreateUser']],
  ['changes', 'changes-requests', 'can filter or change what other code reads of a request', [
    'System.Web.HttpRequest: set_Filter set_ContentType set_Browser set_RequestType', 'System.Web.HttpContext: RewritePath set_User', 'System.Web.HttpContextBase: RewritePath set_User']],
  ['changes', 'decides-authorization', 'can take a request past the check of what a user may do', ['System.Web.HttpContext: set_SkipAuthorization', 'System.Web.HttpContextBase: set_SkipAuthorization']],
  ['changes', 'changes-handler', 'can give a request to another handler', ['System.Web.HttpContext: RemapHandler set_Handler', 'System.Web.HttpContextBase: RemapHandler set_Handler', 'System.Web.HttpServerUtility: Transfer TransferRequest Execute']],
  ['changes', 'changes-responses', 'can write or change responses', [
    'System.Web.HttpResponse: Write BinaryWrite WriteFile TransmitFile WriteSubstitution set_StatusCode set_Status set_StatusDescription ClearContent ClearHeaders Clear AppendHeader AddHeader set_ContentType get_OutputStream get_Output SetCookie AppendCookie get_Headers',
    'System.Web.HttpResponseBase: Write BinaryWrite WriteFile TransmitFile set_StatusCode ClearContent ClearHeaders Clear AppendHeader AddHeader get_OutputStream']],
  ['changes', 'changes-responses', 'can change every byte of responses that other code writes (response filter)', ['System.Web.HttpResponse: set_Filter', 'System.Web.HttpResponseBase: set_Filter']],
  ['changes', 'ends-requests', 'can end a request early, so that what comes later does not see it', ['System.Web.HttpApplication: CompleteRequest', 'System.Web.HttpResponse: End Close']],
  ['changes', 'redirects', 'can send visitors elsewhere', ['System.Web.HttpResponse: Redirect RedirectPermanent RedirectToRoute set_RedirectLocation', 'System.Web.HttpResponseBase: Redirect RedirectPermanent']],
  ['changes', 'changes-log-row', 'can add to the log row of a request', ['System.Web.HttpResponse: AppendToLog', 'System.Web.HttpResponseBase: AppendToLog']],
  ['hides', 'disables-error-pages', 'can suppress what IIS and ASP.NET would send: error pages, content, redirects to the logon page', ['System.Web.HttpResponse: set_TrySkipIisCustomErrors set_SuppressContent set_SuppressFormsAuthenticationRedirect', 'System.Web.HttpServerUtility: ClearError']],
  ['system', 'starts-processes', 'can start programs', ['System.Diagnostics.Process: Start', 'System.Diagnostics.ProcessStartInfo: .ctor set_FileName set_Arguments']],
  ['system', 'controls-processes', 'can look at or end other processes', ['System.Diagnostics.Process: Kill GetProcesses GetProcessesByName GetProcessById']],
  ['system', 'runs-powershell', 'can run PowerShell inside the process', ['System.Management.Automation.PowerShell: *', 'System.Management.Automation.Runspaces.RunspaceFactory: *', 'System.Management.Automation.Runspaces.Runspace: *', 'System.Management.Automation.Runspaces.Pipeline: *', 'System.Management.Automation.ScriptBlock: *']],
  ['system', 'compiles-code', 'can compile source text and run it', [
    'Microsoft.CSharp.CSharpCodeProvider: *', 'Microsoft.VisualBasic.VBCodeProvider: *', 'Microsoft.JScript.JScriptCodeProvider: *', 'Microsoft.JScript.Eval: *',
    'System.CodeDom.Compiler.CodeDomProvider: CompileAssemblyFromSource CompileAssemblyFromDom CompileAssemblyFromFile CreateProvider', 'System.CodeDom.Compiler.ICodeCompiler: *', 'Microsoft.CodeAnalysis.CSharp.CSharpCompilation: *', 'Microsoft.CodeAnalysis.CSharp.Scripting.CSharpScript: *']],
  ['system', LOADS_CODE, 'can load further code while it runs', [
    'System.Reflection.Assembly: LoadFile LoadFrom UnsafeLoadFrom Load LoadWithPartialName LoadModule', 'System.AppDomain: Load ExecuteAssembly ExecuteAssemblyByName CreateInstance CreateInstanceAndUnwrap CreateInstanceFrom', 'System.Web.Compilation.BuildManager: CreateInstanceFromVirtualPath GetCompiledType']],
  ['system', 'calls-by-name', 'can create objects and call methods whose names are made at run time', ['System.Activator: CreateInstance CreateInstanceFrom', 'System.Reflection.Assembly: CreateInstance GetType GetTypes get_EntryPoint', 'System.Reflection.MethodBase: Invoke', 'System.Type: InvokeMember GetMethod', 'System.Delegate: DynamicInvoke']],
  ['system', 'makes-code', 'can make code in memory (Reflection.Emit)', ['System.Reflection.Emit.DynamicMethod: *', 'System.Reflection.Emit.AssemblyBuilder: *', 'System.AppDomain: DefineDynamicAssembly', 'System.Reflection.Emit.ILGenerator: Emit']],
  ['system', 'deserializes', 'can make objects of serialized data, which can run code when the data is hostile', ['System.Runtime.Serialization.Formatters.Binary.BinaryFormatter: Deserialize .ctor', 'System.Web.UI.LosFormatter: Deserialize', 'System.Web.UI.ObjectStateFormatter: Deserialize', 'System.Runtime.Serialization.NetDataContractSerializer: Deserialize ReadObject', 'System.Runtime.Serialization.Formatters.Soap.SoapFormatter: Deserialize', 'System.Windows.Markup.XamlReader: Load Parse', 'System.Messaging.BinaryMessageFormatter: Read']],
  ['system', 'encrypts', 'can encrypt, decrypt or hash data', [
    'System.Security.Cryptography.RijndaelManaged: *', 'System.Security.Cryptography.Aes: *', 'System.Security.Cryptography.AesManaged: *', 'System.Security.Cryptography.AesCryptoServiceProvider: *', 'System.Security.Cryptography.AesCng: *',
    'System.Security.Cryptography.SymmetricAlgorithm: *', 'System.Security.Cryptography.RSACryptoServiceProvider: *', 'System.Security.Cryptography.RSA: *', 'System.Security.Cryptography.DESCryptoServiceProvider: *', 'System.Security.Cryptography.TripleDESCryptoServiceProvider: *',
    'System.Security.Cryptography.RC2CryptoServiceProvider: *', 'System.Security.Cryptography.MD5: *', 'System.Security.Cryptography.MD5CryptoServiceProvider: *', 'System.Security.Cryptography.HashAlgorithm: ComputeHash', 'System.Security.Cryptography.ICryptoTransform: TransformFinalBlock TransformBlock']],
  ['system', 'opens-protected-data', 'can encrypt data, or open it, with keys that Windows or ASP.NET keeps', ['System.Security.Cryptography.ProtectedData: *', 'System.Web.Security.MachineKey: *', 'System.Configuration.SectionInformation: UnprotectSection', 'System.Web.Configuration.MachineKeySection: *']],
  ['system', 'uses-native-memory', 'can read and write memory outside the managed heap and call code there', ['System.Runtime.InteropServices.Marshal: Copy GetDelegateForFunctionPointer AllocHGlobal AllocCoTaskMem WriteByte WriteIntPtr WriteInt32 WriteInt64 GetFunctionPointerForDelegate PtrToStructure StructureToPtr GetHINSTANCE']],
  ['system', 'uses-http-client', 'can make HTTP requests of its own', ['System.Net.WebClient: *', 'System.Net.WebRequest: Create GetResponse GetRequestStream', 'System.Net.HttpWebRequest: *', 'System.Net.Http.HttpClient: *']],
  ['system', 'connects-to-network', 'can open network connections', ['System.Net.Sockets.Socket: .ctor Bind Connect Send Receive SendTo BeginConnect', 'System.Net.Sockets.TcpClient: *', 'System.Net.Sockets.UdpClient: *', 'System.Net.Mail.SmtpClient: *', 'System.Net.FtpWebRequest: *']],
  ['system', 'listens-on-network', 'can accept network connections of its own', ['System.Net.Sockets.TcpListener: *', 'System.Net.HttpListener: *', 'System.Net.Sockets.Socket: Listen Accept']],
  ['system', 'uses-named-pipes', 'can talk to other processes through named pipes', ['System.IO.Pipes.NamedPipeServerStream: *', 'System.IO.Pipes.NamedPipeClientStream: *']],
  ['system', 'reads-registry', 'can read the registry', ['Microsoft.Win32.RegistryKey: OpenSubKey GetValue GetSubKeyNames GetValueNames OpenBaseKey OpenRemoteBaseKey', 'Microsoft.Win32.Registry: GetValue']],
  ['system', 'changes-registry', 'can change the registry', ['Microsoft.Win32.RegistryKey: SetValue CreateSubKey DeleteValue DeleteSubKey DeleteSubKeyTree', 'Microsoft.Win32.Registry: SetValue']],
  ['system', 'uses-directory', 'can talk to directory services (Active Directory, the metabase)', ['System.DirectoryServices.DirectoryEntry: *', 'System.DirectoryServices.DirectorySearcher: *', 'System.DirectoryServices.Protocols.LdapConnection: *', 'System.DirectoryServices.AccountManagement.PrincipalContext: *']],
  ['system', 'uses-wmi', 'can ask and command Windows through WMI', ['System.Management.ManagementObjectSearcher: *', 'System.Management.ManagementClass: *', 'System.Management.ManagementObject: *', 'System.Management.ManagementScope: *']],
  ['system', 'changes-iis-configuration', 'can read and change the configuration of IIS or ASP.NET', ['Microsoft.Web.Administration.ServerManager: *', 'System.Web.Configuration.WebConfigurationManager: OpenWebConfiguration OpenMachineConfiguration', 'System.Configuration.Configuration: Save']],
  ['system', 'uses-database', 'can talk to databases', ['System.Data.SqlClient.SqlConnection: *', 'System.Data.OleDb.OleDbConnection: *', 'System.Data.Odbc.OdbcConnection: *', 'System.Data.Common.DbProviderFactories: *', 'Microsoft.Data.SqlClient.SqlConnection: *']],
  ['system', 'impersonates', 'can act as another user', ['System.Security.Principal.WindowsIdentity: Impersonate RunImpersonated', 'System.Web.Hosting.HostingEnvironment: Impersonate']],
  ['system', 'changes-files', 'can create, change or delete files', [
    'System.IO.File: WriteAllBytes WriteAllText WriteAllLines AppendAllText AppendText Create CreateText OpenWrite Delete Move Copy Replace', 'System.IO.StreamWriter: .ctor', 'System.IO.FileInfo: Delete MoveTo CopyTo Create OpenWrite',
    'System.IO.Directory: CreateDirectory Delete Move', 'System.IO.DirectoryInfo: Create Delete MoveTo', 'System.Web.HttpPostedFile: SaveAs', 'System.Web.HttpPostedFileBase: SaveAs']],
  ['system', 'reads-files', 'can read files', ['System.IO.File: ReadAllBytes ReadAllText ReadAllLines OpenRead OpenText ReadLines', 'System.IO.FileInfo: OpenRead OpenText']],
  ['system', 'searches-files', 'can list folders', ['System.IO.Directory: GetFiles GetDirectories GetFileSystemEntries EnumerateFiles GetLogicalDrives', 'System.IO.DirectoryInfo: GetFiles GetDirectories GetFileSystemInfos', 'System.IO.DriveInfo: GetDrives']],
  ['system', 'unpacks-data', 'can compress or unpack data', ['System.IO.Compression.GZipStream: *', 'System.IO.Compression.DeflateStream: *', 'System.IO.Compression.ZipFile: *', 'System.IO.Compression.ZipArchive: *']],
  ['system', 'runs-threads', 'can run code of its own beside the requests', ['System.Threading.Thread: .ctor Start', 'System.Threading.ThreadPool: QueueUserWorkItem UnsafeQueueUserWorkItem', 'System.Threading.Timer: .ctor', 'System.Web.Hosting.HostingEnvironment: QueueBackgroundWorkItem RegisterObject']],
  ['hides', 'changes-file-times', 'can set the times of files', [
    'System.IO.File: SetCreationTime SetCreationTimeUtc SetLastWriteTime SetLastWriteTimeUtc SetLastAccessTime SetLastAccessTimeUtc', 'System.IO.Directory: SetCreationTime SetCreationTimeUtc SetLastWriteTime SetLastWriteTimeUtc',
    'System.IO.FileSystemInfo: set_CreationTime set_CreationTimeUtc set_LastWriteTime set_LastWriteTimeUtc set_LastAccessTime set_LastAccessTimeUtc']],
  ['system', 'changes-file-attributes', 'can set attributes of files, such as hidden', ['System.IO.File: SetAttributes', 'System.IO.FileSystemInfo: set_Attributes']],
  ['hides', 'clears-event-logs', 'can clear or delete event logs', ['System.Diagnostics.EventLog: Clear Delete', 'System.Diagnostics.Eventing.Reader.EventLogSession: ClearLog']],
];

const LOAD_BYTES: MemberRule = { group: 'system', id: 'loads-code-from-memory', what: 'can load an assembly from bytes, so that it never lies on disk', bytes: true };

/** Rules by type name, then by member name; `*` for any member. */
export const MEMBER_RULES: ReadonlyMap<string, ReadonlyMap<string, readonly MemberRule[]>> = index();

function index(): Map<string, Map<string, MemberRule[]>> {
  const types = new Map<string, Map<string, MemberRule[]>>();
  const add = (type: string, member: string, rule: MemberRule): void => {
    const members = types.get(type) ?? new Map<string, MemberRule[]>();
    types.set(type, members.set(member, [...(members.get(member) ?? []), rule]));
  };
  for (const type of ['System.Reflection.Assembly', 'System.AppDomain']) add(type, 'Load', LOAD_BYTES);
  for (const [group, id, what, places] of ENTRIES) {
    for (const place of places) {
      const [type = '', members = ''] = place.split(': ');
      for (const member of members.split(' ')) add(type, member, { group, id, what });
    }
  }
  return types;
}
