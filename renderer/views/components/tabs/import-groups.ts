import { compareBy } from '../../../../shared/base/compare.ts';
import type { PeFacts } from '../../../../shared/model/index.ts';

/** A name that the file imports, and from where. */
export interface ImportRow {
  readonly key: string;
  /** In plain words what functions like this are for; empty for all others. */
  readonly purpose: string;
  readonly dll: string;
  readonly name: string;
}

/**
 * What functions of Windows are for, by the beginning of their names (ANSI and Unicode variants alike). The first that fits
 * counts, so that the special stand before the general. Source: the header files that document the functions (Windows API).
 */
const PURPOSES: readonly (readonly [string, RegExp])[] = [
  ['starts programs', /^(CreateProcess|WinExec$|ShellExecute|_?w?system$|_w?popen$|_w?spawn|_w?exec[lv])/],
  ['reaches into other processes', /^(OpenProcess$|VirtualAllocEx|VirtualProtectEx|WriteProcessMemory|ReadProcessMemory|CreateRemoteThread|QueueUserAPC|SetThreadContext|GetThreadContext|NtMapViewOfSection|ZwMapViewOfSection|NtUnmapViewOfSection|NtWriteVirtualMemory|RtlCreateUserThread|SuspendThread|CreateToolhelp32Snapshot|Process32|Module32|Thread32|EnumProcess|MiniDumpWriteDump)/],
  ['acts as another user', /^(LogonUser|ImpersonateLoggedOnUser|ImpersonateNamedPipeClient|RevertToSelf|DuplicateToken|SetThreadToken|OpenProcessToken|OpenThreadToken|AdjustTokenPrivileges|LookupPrivilege|CreateRestrictedToken|LsaLogonUser)/],
  ['works with accounts and passwords', /^(NetUser|NetLocalGroup|NetGroup|Lsa(Open|Query|Retrieve|Store|Enumerate)|Sam(Connect|Open|Query|Enum)|Cred(Read|Enumerate|Write|UI)|LookupAccount)/],
  ['talks over the network', /^(socket$|WSASocket|WSAStartup|WSASend|WSARecv|WSAConnect|connect$|bind$|listen$|accept$|send$|sendto$|recv$|recvfrom$|getaddrinfo|gethostby|GetAddrInfo|DnsQuery|inet_|InetPton|InetNtop|ioctlsocket|select$|closesocket|setsockopt|htons$)/],
  ['talks HTTP', /^(WinHttp|Internet(Open|Connect|Read|Write|Query|Set|Close)|Http(Open|Send|Add|Query|End)|URLDownload|URLOpen)/],
  ['talks HTTP as a server, beside IIS', /^Http(Initialize|AddUrl|CreateHttpHandle|ReceiveHttpRequest|SendHttpResponse|CreateRequestQueue|CreateServerSession|CreateUrlGroup)/],
  ['loads code while it runs', /^(LoadLibrary|GetProcAddress$|LdrLoadDll|LdrGetProcedureAddress|GetModuleHandle|CLRCreateInstance|CorBindToRuntime|CoCreateInstance)/],
  ['makes memory executable', /^(VirtualProtect$|VirtualAlloc$|NtAllocateVirtualMemory|NtProtectVirtualMemory|HeapCreate$)/],
  ['installs or controls services', /^(OpenSCManager|CreateService|OpenService|StartService|ControlService|ChangeServiceConfig|DeleteService|QueryService)/],
  ['reads or writes the registry', /^(Reg(Open|Create|Set|Query|Delete|Enum|Close|Get|Save|Load)|SHRegGet|SHSetValue|SHGetValue)/],
  ['encrypts, decrypts or hashes', /^(Crypt|BCrypt|NCrypt|Cert|SystemFunction0(36|40|41)|EVP_|AES_)/],
  ['looks for a debugger or a sandbox', /^(IsDebuggerPresent|CheckRemoteDebugger|NtQueryInformationProcess|NtSetInformationThread|OutputDebugString|GetTickCount|QueryPerformanceCounter)/],
  ['works with the event log', /^(OpenEventLog|ClearEventLog|ReportEvent|RegisterEventSource|EvtOpen|EvtQuery|EvtClearLog|EventRegister|EventWrite)/],
  ['reads, writes or finds files', /^(CreateFile|OpenFile$|ReadFile|WriteFile|DeleteFile|MoveFile|CopyFile|FindFirstFile|FindNextFile|FindClose$|SetFileAttributes|GetFileAttributes|SetFileTime|CreateDirectory|RemoveDirectory|GetTempPath|GetTempFileName|CreateFileMapping|MapViewOfFile|_?w?fopen|fread$|fwrite$|_wfsopen|ReplaceFile|GetFileSize|SetEndOfFile|SetFilePointer|FlushFileBuffers)/],
  ['talks to other processes', /^(CreatePipe|CreateNamedPipe|ConnectNamedPipe|PeekNamedPipe|CallNamedPipe|TransactNamedPipe|OpenFileMapping|RpcServer|RpcString|NdrClient)/],
  ['asks what machine and user this is', /^(GetComputerName|GetUserName|GetVersion|RtlGetVersion|GetSystemInfo|GetNativeSystemInfo|GetAdapters|NetWkstaGetInfo|GetSystemDirectory|GetWindowsDirectory|GetVolumeInformation|GetLogicalDrive|GetDriveType|GlobalMemoryStatus|GetEnvironment)/],
  ['waits, threads and locks', /^(CreateThread|_beginthread|CreateMutex|OpenMutex|CreateEvent|CreateSemaphore|CreateTimer|Sleep|WaitFor|SetWaitable|InitializeCriticalSection|EnterCriticalSection|LeaveCriticalSection|DeleteCriticalSection|AcquireSRW|ReleaseSRW|InitializeSRW|Tls(Alloc|Free|Get|Set)|Fls(Alloc|Free|Get|Set))/],
];

/** The purposes in the order of the screen; what has none comes last. */
const RANK: ReadonlyMap<string, number> = new Map(PURPOSES.map(([words], i) => [words, i]));
export const OTHER = 'other';

/** In plain words what a function of this name is for; null for all others. */
export function purposeOf(name: string): string | null {
  return PURPOSES.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** Every imported name as a row: those with a purpose first, in the order of what they mean for a server. */
export function importRows(imports: PeFacts['imports']): readonly ImportRow[] {
  const rows: ImportRow[] = [];
  for (const { dll, names } of imports) {
    // A DLL of which no name is imported is loaded all the same.
    for (const name of names.length === 0 ? [''] : names) rows.push({ key: `${rows.length}`, purpose: purposeOf(name) ?? OTHER, dll, name });
  }
  return rows.sort(compareBy((r) => RANK.get(r.purpose) ?? 99, (r) => r.dll.toUpperCase(), (r) => Number(r.key)));
}
