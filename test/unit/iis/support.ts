import { createHash } from 'node:crypto';
import { parseConfig } from '../../../electron/artifacts/iis-config/index.ts';
import type { ConfigurationFile, ConfigurationFiles } from '../../../electron/iis/index.ts';
import { readServer } from '../../../electron/iis/index.ts';
import type { Server } from '../../../shared/model/index.ts';

export const APPLICATION_HOST = 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config';
const VARIABLES = new Map([['WINDIR', 'C:\\Windows'], ['SYSTEMROOT', 'C:\\Windows'], ['SYSTEMDRIVE', 'C:'], ['PROGRAMFILES', 'C:\\Program Files']]);

const fold = (path: string): string => path.toUpperCase();
export const evidencePathOf = (path: string): string => path.replace(/^([A-Za-z]):/, '$1').replaceAll('\\', '/');

export function configurationFile(path: string, content: string | Uint8Array): ConfigurationFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { path, evidencePath: evidencePathOf(path), sha256: createHash('sha256').update(bytes).digest('hex'), document: parseConfig(bytes).document };
}

/**
 * A server in memory: `others` by full Windows path; null there means that the file was not collected. Everything else
 * is absent, and machine.config and the root web.config are not collected.
 */
export function serverFiles(applicationHost: string | Uint8Array, others: Readonly<Record<string, string | null>> = {}): ConfigurationFiles {
  const parsed = new Map(Object.entries(others).map(([path, text]) => [fold(path), text === null ? null : configurationFile(path, text)]));
  return {
    applicationHost: configurationFile(APPLICATION_HOST, applicationHost),
    expand: (path) => path.replace(/%([^%]+)%/g, (all, name: string) => VARIABLES.get(name.toUpperCase()) ?? all),
    place: (path) => ({ path, evidencePath: evidencePathOf(path) }),
    at: (path) => {
      const found = parsed.get(fold(path));
      if (found) return found;
      return found === null || /\\Microsoft\.NET\\/i.test(path) ? 'not-collected' : 'absent';
    },
    webConfigsBelow: (path) => Object.keys(others).filter((name) => others[name] !== null && fold(name).startsWith(`${fold(path)}\\`) && /\\web\.config$/i.test(name)).toSorted(),
  };
}

export function serverOf(files: ConfigurationFiles): Server {
  return readServer(files, 'srv', null).server;
}

interface HostParts {
  readonly globalModules?: string;
  /** Content of system.webServer inside `<location path="" overrideMode="Allow">`. */
  readonly unlocked?: string;
  /** Content of system.webServer at the root. */
  readonly locked?: string;
  readonly locations?: string;
  readonly pools?: string;
  readonly sites?: string;
}

export const SITE = `<site name="Main" id="1"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\www" /></application>
  <application path="/app" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\app" /></application></site>`;
export const POOL = '<add name="P" managedRuntimeVersion="v4.0" />';

/** An applicationHost.config as the installer lays it out, as small as it can be. */
export function host(parts: HostParts = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<configuration>
  <configSections>
    <sectionGroup name="system.webServer">
      <section name="globalModules" allowDefinition="AppHostOnly" overrideModeDefault="Deny" />
      <section name="handlers" overrideModeDefault="Deny" />
      <section name="isapiFilters" allowDefinition="MachineToApplication" overrideModeDefault="Deny" />
      <section name="modules" allowDefinition="MachineToApplication" overrideModeDefault="Deny" />
      <sectionGroup name="security"><section name="isapiCgiRestriction" allowDefinition="AppHostOnly" overrideModeDefault="Deny" /></sectionGroup>
    </sectionGroup>
  </configSections>
  <system.applicationHost>
    <applicationPools>${parts.pools ?? POOL}</applicationPools>
    <sites>${parts.sites ?? SITE}</sites>
  </system.applicationHost>
  <system.webServer>
    <globalModules>${parts.globalModules ?? '<add name="A" image="a.dll" /><add name="B" image="b.dll" /><add name="IsapiModule" image="isapi.dll" /><add name="IsapiFilterModule" image="filter.dll" />'}</globalModules>
    ${parts.locked ?? ''}
  </system.webServer>
  <location path="" overrideMode="Allow"><system.webServer>${parts.unlocked ?? '<modules><add name="A" /><add name="B" lockItem="true" /></modules><handlers accessPolicy="Read, Script" />'}</system.webServer></location>
  ${parts.locations ?? ''}
</configuration>`;
}

export const webConfig = (content: string): string => `<configuration><system.webServer>${content}</system.webServer></configuration>`;
