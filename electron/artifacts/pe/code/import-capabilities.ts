import type { Capability } from '../../../../shared/model/pe/index.ts';
import type { ImportTable } from './import-table.ts';
import type { CapabilityList } from './sink.ts';

export interface ImportRule {
  readonly id: string;
  readonly what: string;
  readonly group: Capability['group'];
  readonly names: ReadonlySet<string>;
}

const rule = (id: string, what: string, names: string, group: Capability['group'] = 'system'): ImportRule => ({ id, what, group, names: new Set(names.trim().split(/\s+/)) });

/**
 * What a program can do with the functions that it imports. Names stand without the A or W of their two forms; each
 * function has one rule. That a function is imported does not say that it is called.
 */
export const IMPORT_RULES: readonly ImportRule[] = [
  rule('starts-processes', 'can start programs', `CreateProcess CreateProcessAsUser CreateProcessWithLogon CreateProcessWithToken WinExec ShellExecute ShellExecuteEx system _wsystem
    _popen _wpopen _spawnv _spawnvp _wspawnv _execv _execvp LoadModule`),
  rule('controls-processes', 'can look at, change or end other processes', `OpenProcess TerminateProcess CreateToolhelp32Snapshot Process32First Process32Next EnumProcesses
    NtQuerySystemInformation DebugActiveProcess K32EnumProcesses QueryFullProcessImageName GetModuleFileNameEx EnumProcessModules MiniDumpWriteDump ReadProcessMemory`),
  rule('writes-other-processes', 'can set up or write memory of other processes, or run code in it', `WriteProcessMemory VirtualAllocEx VirtualProtectEx CreateRemoteThread CreateRemoteThreadEx
    NtUnmapViewOfSection ZwUnmapViewOfSection NtWriteVirtualMemory RtlCreateUserThread NtCreateThreadEx NtMapViewOfSection`),
  rule('steers-threads', 'can make a thread run other code, in its own process (as runtimes of languages do) or in another', 'QueueUserAPC QueueUserAPC2 SetThreadContext Wow64SetThreadContext'),
  rule('changes-memory-protection', 'can make memory executable or writable, as code that is unpacked or patched at run time needs', 'VirtualProtect VirtualAlloc NtProtectVirtualMemory NtAllocateVirtualMemory'),
  rule('loads-code', 'can load further code while it runs and look up functions by name', 'LoadLibrary LoadLibraryEx GetProcAddress LdrLoadDll LdrGetProcedureAddress LoadPackagedLibrary'),
  rule('hosts-dotnet', 'can run .NET code inside the process', 'CLRCreateInstance CorBindToRuntime CorBindToRuntimeEx CorBindToCurrentRuntime GetRequestedRuntimeInfo CreateInterface hostfxr_initialize_for_runtime_config get_hostfxr_path'),
  rule('uses-http-client', 'can make HTTP requests of its own', `WinHttpOpen WinHttpConnect WinHttpOpenRequest WinHttpSendRequest WinHttpReceiveResponse WinHttpReadData WinHttpWriteData
    WinHttpQueryHeaders WinHttpSetOption WinHttpAddRequestHeaders WinHttpQueryDataAvailable WinHttpWebSocketCompleteUpgrade WinHttpWebSocketSend WinHttpWebSocketReceive WinHttpCloseHandle WinHttpCrackUrl
    InternetOpen InternetOpenUrl InternetConnect InternetReadFile InternetReadFileEx InternetWriteFile InternetSetOption InternetQueryOption InternetCloseHandle InternetCrackUrl HttpOpenRequest HttpSendRequest
    HttpSendRequestEx HttpQueryInfo HttpAddRequestHeaders URLDownloadToFile URLDownloadToCacheFile URLOpenBlockingStream FtpPutFile FtpGetFile FtpOpenFile curl_easy_perform`),
  rule('connects-to-network', 'can open network connections', `connect WSAConnect WSAConnectByName ConnectEx socket WSASocket send WSASend sendto WSASendTo recv WSARecv recvfrom WSARecvFrom
    bind getaddrinfo GetAddrInfo GetAddrInfoEx gethostbyname WSAStartup select ioctlsocket WSAIoctl closesocket`),
  rule('listens-on-network', 'can accept network connections of its own', 'listen accept WSAAccept AcceptEx HttpInitialize HttpCreateHttpHandle HttpAddUrl HttpAddUrlToUrlGroup HttpCreateServerSession HttpReceiveHttpRequest HttpSendHttpResponse'),
  rule('queries-dns', 'can ask name servers itself', 'DnsQuery DnsQueryEx DnsQuery_UTF8 DnsQuery_A DnsQuery_W'),
  rule('uses-named-pipes', 'can talk to other processes through named pipes', 'CreateNamedPipe ConnectNamedPipe CallNamedPipe WaitNamedPipe TransactNamedPipe PeekNamedPipe ImpersonateNamedPipeClient'),
  rule('encrypts', 'can encrypt, decrypt or hash data, or make random numbers', `CryptEncrypt CryptDecrypt CryptAcquireContext CryptGenKey CryptDeriveKey CryptImportKey CryptExportKey CryptCreateHash CryptHashData CryptGetHashParam
    CryptGenRandom CryptSetKeyParam CryptDestroyKey CryptProtectMemory CryptUnprotectMemory
    BCryptOpenAlgorithmProvider BCryptEncrypt BCryptDecrypt BCryptGenerateSymmetricKey BCryptImportKey BCryptImportKeyPair BCryptCreateHash BCryptHashData BCryptFinishHash BCryptHash BCryptDeriveKeyPBKDF2 BCryptSetProperty
    NCryptEncrypt NCryptDecrypt NCryptOpenKey SystemFunction032 SystemFunction033 RtlEncryptMemory RtlDecryptMemory`),
  rule('opens-protected-data', 'can open data that Windows encrypts for a user or a machine', 'CryptUnprotectData NCryptUnprotectSecret CredRead CredEnumerate LsaRetrievePrivateData'),
  rule('uses-certificate-stores', 'can read or change certificate stores', `CertOpenStore CertOpenSystemStore CertFindCertificateInStore CertEnumCertificatesInStore CertAddCertificateContextToStore
    CertAddEncodedCertificateToStore PFXExportCertStore PFXExportCertStoreEx PFXImportCertStore CryptAcquireCertificatePrivateKey`),
  rule('logs-on', 'can log on with a user name and password', 'LogonUser LogonUserEx LogonUserExEx LsaLogonUser SspiEncodeStringsAsAuthIdentity WNetAddConnection2 WNetAddConnection3 WNetAddConnection WNetUseConnection NetUseAdd'),
  rule('impersonates', 'can act as another user, or end that', 'ImpersonateLoggedOnUser ImpersonateSelf ImpersonateAnonymousToken SetThreadToken DuplicateToken DuplicateTokenEx RevertToSelf CoImpersonateClient RpcImpersonateClient NtImpersonateThread'),
  rule('changes-privileges', 'can read or change the privileges of tokens', 'AdjustTokenPrivileges LookupPrivilegeValue OpenProcessToken OpenThreadToken SetTokenInformation PrivilegeCheck CreateRestrictedToken NtSetInformationToken'),
  rule('manages-accounts', 'can look up or change user accounts', `NetUserAdd NetUserDel NetUserEnum NetUserGetInfo NetUserSetInfo NetLocalGroupAddMembers NetLocalGroupGetMembers NetGroupAddUser NetUserChangePassword
    LsaOpenPolicy LsaAddAccountRights SamConnect SamOpenDomain SamOpenUser SamIConnect SamQueryInformationUser`),
  rule('hooks-logons', 'can add a package to the logon of Windows', 'AddSecurityPackage'),
  rule('controls-services', 'can install, start or stop services', `CreateService StartService ControlService DeleteService OpenSCManager OpenService ChangeServiceConfig ChangeServiceConfig2 QueryServiceStatus QueryServiceConfig
    EnumServicesStatus EnumServicesStatusEx StartServiceCtrlDispatcher RegisterServiceCtrlHandler RegisterServiceCtrlHandlerEx NotifyServiceStatusChange`),
  rule('reads-registry', 'can read the registry', 'RegOpenKey RegOpenKeyEx RegQueryValue RegQueryValueEx RegEnumKey RegEnumKeyEx RegEnumValue RegGetValue RegQueryInfoKey SHGetValue NtQueryValueKey'),
  rule('changes-registry', 'can change the registry', 'RegSetValue RegSetValueEx RegSetKeyValue RegCreateKey RegCreateKeyEx RegDeleteKey RegDeleteKeyEx RegDeleteValue RegDeleteTree RegSaveKey RegSaveKeyEx RegRestoreKey RegLoadKey RegConnectRegistry SHSetValue SHDeleteKey NtSetValueKey'),
  rule('records-input', 'can look at keyboard, clipboard, screen or windows, as programs with windows do', 'GetAsyncKeyState GetKeyState GetKeyboardState SetWindowsHookEx RegisterRawInputDevices GetRawInputData OpenClipboard GetClipboardData BitBlt GetDC GetForegroundWindow GetWindowText'),
  rule('changes-files', 'can create, move or delete files', `WriteFile WriteFileEx DeleteFile MoveFile MoveFileEx MoveFileWithProgress CopyFile CopyFileEx CopyFile2 ReplaceFile CreateDirectory CreateDirectoryEx RemoveDirectory
    SHFileOperation CreateHardLink CreateSymbolicLink SetEndOfFile`),
  rule('searches-files', 'can list folders', 'FindFirstFile FindFirstFileEx FindNextFile GetLogicalDrives GetLogicalDriveStrings FindFirstVolume ReadDirectoryChanges ReadDirectoryChangesEx FindFirstChangeNotification'),
  rule('changes-file-times', 'can set the times of files', 'SetFileTime', 'hides'),
  rule('changes-file-attributes', 'can set what the file system keeps of files: attributes such as hidden, names, times', 'SetFileAttributes SetFileInformationByHandle NtSetInformationFile'),
  rule('changes-permissions', 'can change who may have access to files and keys', 'SetNamedSecurityInfo SetSecurityInfo SetFileSecurity SetKernelObjectSecurity SetEntriesInAcl AddAccessAllowedAce SetSecurityDescriptorDacl RegSetKeySecurity'),
  rule('clears-event-logs', 'can clear event logs', 'ClearEventLog EvtClearLog ElfClearEventLogFile', 'hides'),
  rule('controls-traces', 'can start, stop or change event traces of Windows (ETW)', 'NtTraceControl ControlTrace StartTrace StopTrace'),
  rule('notices-debuggers', 'can notice that it is being debugged', 'IsDebuggerPresent CheckRemoteDebuggerPresent NtQueryInformationProcess NtSetInformationThread'),
  rule('filters-exceptions', 'can handle exceptions of the whole process', 'AddVectoredExceptionHandler RtlAddVectoredExceptionHandler AddVectoredContinueHandler SetUnhandledExceptionFilter'),
  rule('runs-threads', 'can run code of its own beside the requests', 'CreateThread _beginthread _beginthreadex CreateThreadpoolWork SubmitThreadpoolWork TrySubmitThreadpoolCallback CreateThreadpoolTimer SetThreadpoolTimer QueueUserWorkItem CreateTimerQueueTimer RegisterWaitForSingleObject CreateFiber SwitchToFiber'),
  rule('shares-memory', 'can share memory with other processes', 'CreateFileMapping OpenFileMapping MapViewOfFile MapViewOfFileEx'),
  rule('looks-up-modules', 'can look for modules that are loaded in the process', 'GetModuleHandle GetModuleHandleEx EnumProcessModulesEx LdrGetDllHandle GetModuleInformation Module32First Module32Next'),
  rule('uses-com', 'can use COM objects (WMI, the IIS configuration, scripts) or directory services', 'CoCreateInstance CoCreateInstanceEx CoGetClassObject CoGetObject CLSIDFromProgID CoInitializeSecurity CoSetProxyBlanket ADsOpenObject ADsGetObject ldap_init ldap_initA ldap_initW ldap_connect ldap_bind ldap_bind_s ldap_search ldap_search_s'),
  rule('uses-database', 'can talk to databases', 'SQLConnect SQLDriverConnect SQLExecDirect SQLExecute SQLPrepare SQLAllocHandle sqlite3_open sqlite3_exec mysql_real_connect PQconnectdb'),
  rule('installs-drivers', 'can load or talk to drivers', 'NtLoadDriver ZwLoadDriver DeviceIoControl NtDeviceIoControlFile FilterLoad FltRegisterFilter SetupInstallServicesFromInfSection'),
  rule('schedules-shutdown', 'can shut the machine down', 'ExitWindowsEx InitiateSystemShutdown InitiateSystemShutdownEx NtShutdownSystem'),
  rule('unpacks-data', 'can compress or unpack data', 'RtlDecompressBuffer RtlCompressBuffer RtlGetCompressionWorkSpaceSize Decompress CreateDecompressor inflate inflateInit_ uncompress deflate deflateInit_ BrotliDecoderDecompress'),
];

/** Functions that the runtime libraries of compilers import by themselves, so that nearly every native file has them. */
const RUNTIME = new Set(`IsDebuggerPresent SetUnhandledExceptionFilter TerminateProcess LoadLibraryExW LoadLibraryA LoadLibraryW GetProcAddress GetModuleHandleA GetModuleHandleW GetModuleHandleExW
  WriteFile FindFirstFileExW FindFirstFileExA FindNextFileW FindNextFileA VirtualProtect VirtualQuery VirtualAlloc`.split(/\s+/));

const BY_NAME = new Map(IMPORT_RULES.flatMap((one) => [...one.names].map((name) => [name, one] as const)));

/** Rule of an imported function, by its name with or without the A or W at its end. */
export function ruleOf(name: string): ImportRule | undefined {
  return BY_NAME.get(name) ?? (/^[A-Z].*[a-z0-9][AW]$/.test(name) ? BY_NAME.get(name.slice(0, -1)) : undefined);
}

/**
 * One capability for each imported function that a rule knows. `proof.constant` names the function,
 * `KERNEL32.dll!CreateProcessW`, `proof.offset` is the place of that name in the import table.
 */
export function importCapabilities(imports: ImportTable, out: CapabilityList): void {
  const found: { order: number; add: () => void }[] = [];
  for (const { dll, name, ordinal, at, delayed } of imports.functions) {
    const one = ruleOf(name);
    if (one === undefined) continue;
    const constant = `${dll}!${name}`;
    found.push({ order: IMPORT_RULES.indexOf(one), add: () => out.add(one.group, one.id, `${one.what} (imports ${name}${ordinal === null ? '' : `, by its number ${ordinal}`}${delayed ? ', loaded when first used' : ''}${RUNTIME.has(name) ? '; so do the runtime libraries of compilers' : ''})`, { offset: at, constant }) });
  }
  // By rule, within a rule in the order of the file.
  for (const { add } of found.sort((a, b) => a.order - b.order)) add();
}
