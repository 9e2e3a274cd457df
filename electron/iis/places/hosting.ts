import { childrenNamed, type ConfigElement } from '../../../shared/model/index.ts';
import type { FoundCode } from '../registration.ts';
import { adds, fileSetting, present, type Reader, typeSetting, value } from './found.ts';
import { loadingVariables } from './variables.ts';

/** The program of a command line: up to the closing quote, or up to the first blank behind its ending. */
function programOf(commandLine: string): string {
  const text = commandLine.trim();
  const quoted = /^"([^"]*)"?/.exec(text)?.[1];
  return quoted ?? /^(.*?\.(?:exe|cmd|bat|com))(?=\s|$)/i.exec(text)?.[1] ?? text.split(/\s/, 1)[0] ?? text;
}

/** The assembly that `dotnet` is told to run: its first argument that is a file. */
function assemblyArgument(args: string): string | null {
  return /(?:^|\s)"([^"]+\.(?:dll|exe))"|(?:^|\s)([^\s"]+\.(?:dll|exe))(?=\s|$)/i.exec(args)?.slice(1).find((m) => m !== undefined) ?? null;
}

/**
 * ASP.NET Core module and HttpPlatformHandler: a program that serves every request. `dotnet` only runs what its first
 * argument names, out of process or (hostingModel="inprocess") inside w3wp.exe.
 */
function readProcess(section: ConfigElement): FoundCode[] {
  const program = fileSetting(section, 'processPath', { name: 'processPath' });
  const host = /^(?:.*[\\/])?dotnet(?:\.exe)?$/i.test(program?.image?.trim().replace(/^"(.*)"$/, '$1') ?? '');
  const assembly = host ? assemblyArgument(value(section, 'arguments') ?? '') : null;
  return [...present([program && { ...program, image: assembly ?? programOf(program.image ?? ''), besideFile: true }]), ...loadingVariables(section, 'environmentVariable')];
}

function readFastCgi(section: ConfigElement): FoundCode[] {
  return childrenNamed(section, 'application').flatMap((application) => [
    { kind: 'cgi' as const, element: application, name: null, image: value(application, 'fullPath') },
    ...loadingVariables(application, 'environmentVariable'),
  ]);
}

/** iisnode: the program that runs every script, and a script that it runs before each. */
function readIisNode(section: ConfigElement): FoundCode[] {
  const node = fileSetting(section, 'nodeProcessCommandLine', { name: 'nodeProcessCommandLine' });
  return present([node && { ...node, image: programOf(node.image ?? '') }, fileSetting(section, 'interceptor', { name: 'interceptor' })]);
}

/** DLLs in which WebDAV keeps properties and locks; both bitnesses can be named. */
function readStores(section: ConfigElement): FoundCode[] {
  const stores = ['propertyStores', 'lockStores'].flatMap((name) => childrenNamed(section, name)).flatMap(adds);
  return present(stores.flatMap((store) => [fileSetting(store, 'image'), fileSetting(store, 'image32')]));
}

/** Sections of IIS and of its products that name code by a file, a type or a class id; names as in their schema files. */
export const HOSTING: readonly (readonly [section: string, Reader])[] = [
  ['system.webServer/fastCgi', readFastCgi],
  ['system.webServer/httpCompression', (s) => present(childrenNamed(s, 'scheme').map((e) => fileSetting(e, 'dll')))],
  ['system.webServer/rewrite/providers', (s) => present(childrenNamed(s, 'provider').map((e) => typeSetting(e, 'type')))],
  ['system.webServer/tracing/traceFailedRequests', (s) => present(adds(s).map((e) => fileSetting(e, 'customActionExe', { name: 'customActionExe' })))],
  ['system.webServer/aspNetCore', readProcess],
  ['system.webServer/httpPlatform', readProcess],
  ['system.webServer/iisnode', readIisNode],
  ['system.webServer/webdav/globalSettings', readStores],
  ['system.applicationHost/listenerAdapters', (s) => present(adds(s).map((e) => fileSetting(e, 'protocolManagerDll')))],
  ['system.applicationHost/serviceAutoStartProviders', (s) => present(adds(s).map((e) => typeSetting(e, 'type')))],
];
