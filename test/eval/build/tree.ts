import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { program } from './dll.ts';
import { statesOf } from './edits.ts';
import { logFiles } from './logs.ts';
import type { NamedScenario, ScenarioImage } from './scenario.ts';
import { nameHash } from './seeded.ts';
import { el, printed } from './xml.ts';

const CONFIG = 'C/Windows/System32/inetsrv/config';
const DEPLOYED = '2025-11-14T09:12:40Z';
const INSTALLED = '2025-09-30T07:20:10Z';

/** Signs a program in the name of a subject; null where the programs that sign are not there. */
export type Signer = ((bytes: Uint8Array, subject: string) => Uint8Array) | null;

/** Where a folder of the configuration lies below the evidence. */
const below = (folder: string): string => folder.replace(/^%SystemDrive%/i, 'C:').replace(/^([A-Za-z]):\\/, '$1/').replaceAll('\\', '/');

function signedProgram(described: ScenarioImage, sign: Signer): Uint8Array {
  const bytes = program(described);
  if (described.signed === undefined || sign === null) return bytes;
  const signed = sign(bytes, described.signed.subject);
  // One letter of the content, behind the headers and before the signature.
  if (described.signed.changed) signed[0x450] = (signed[0x450] ?? 0) ^ 0x20;
  return signed;
}

/** True when the run can build it: some need a signature, which programs of the system make. @param signs whether they are here */
export const canBuild = (scenario: NamedScenario, signs: boolean): boolean => signs || Object.values(scenario.images).every((i) => i.signed === undefined);

/** Writes the evidence of a scenario: configuration with its copies, pages, logs and program files, each with its time. */
export function buildTree(scenario: NamedScenario, folder: string, sign: Signer): void {
  const put = (name: string, content: string | Uint8Array, time: string): void => {
    const place = path.join(folder, name);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, content);
    utimesSync(place, new Date(time), new Date(time));
  };
  const named = new Set(Object.keys(scenario.files));
  if (scenario.base !== 'iis6') {
    configuration(scenario, put);
    if (!named.has(`${CONFIG}/redirection.config`)) put(`${CONFIG}/redirection.config`, printed(el('configuration', {}, [el('configSections', {}, [el('section', { name: 'configurationRedirection' })]), el('configurationRedirection')])), INSTALLED);
    pages(scenario, named, put);
  }
  for (const [name, { at = DEPLOYED, lines }] of Object.entries(scenario.files)) put(name, lines.join('\r\n'), at);
  for (const [name, described] of Object.entries(scenario.images)) put(name, signedProgram(described, sign), described.written ?? DEPLOYED);
}

type Put = (name: string, content: string | Uint8Array, time: string) => void;

function configuration(scenario: NamedScenario, put: Put): void {
  const states = statesOf(scenario);
  for (const [i, { at, config }] of states.entries()) {
    // The service looks every two minutes.
    if (scenario.history === 'kept') put(`C/inetpub/history/CFGHISTORY_${String(i + 1).padStart(10, '0')}/applicationHost.config`, printed(config), new Date(Date.parse(at) + 90_000).toISOString());
    if (i === states.length - 1) put(`${CONFIG}/applicationHost.config`, printed(config), at);
  }
  for (const [pool, time] of Object.entries(scenario.started)) {
    const state = states.filter((s) => s.at <= time).at(-1);
    if (state !== undefined) put(`C/inetpub/temp/appPools/${pool}/${pool}.config`, printed(state.config), time);
  }
}

function pages(scenario: NamedScenario, named: ReadonlySet<string>, put: Put): void {
  const { logs } = scenario;
  const sites = scenario.sites.length > 0 ? scenario.sites : [{ id: 1, path: '%SystemDrive%\\inetpub\\wwwroot' }];
  for (const site of sites) {
    for (const page of logs?.pages ?? ['/index.html']) {
      const name = `${below(site.path)}${page === '/' ? '/index.html' : page}`;
      // Only what lies on a disk; the others are answered by code.
      if (!named.has(name) && /\.\w+$/.test(name)) put(name, `<!-- ${page} ${nameHash(page)} -->\r\n`, DEPLOYED);
    }
  }
  for (const log of logFiles(scenario, sites.map((s) => s.id))) put(log.path, log.text, log.last);
}
