import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SaxesParser } from 'saxes';
import { parseConfig } from '../../../electron/artifacts/iis-config/index.ts';
import { effectiveLists, loadedBy, readServer, registrations, type ConfigurationFile } from '../../../electron/iis/index.ts';
import { configurationFilesOf } from '../../../electron/jobs/model/configuration-files-of.ts';
import { findHosts } from '../../../electron/jobs/reading/hosts.ts';

/**
 * One side of the bench in a process of its own: `bare` parses every file with the XML library and does nothing,
 * `engine` answers every application from the same bytes. Prints one line of JSON with every round; the first is that
 * of a process that has just begun, as in real use.
 */
const [folder = '', side = 'engine', rounds = '1'] = process.argv.slice(2);
const APPLICATION_HOST = 'C/Windows/System32/inetsrv/config/applicationHost.config';

const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
  .map((e) => path.join(e.parentPath, e.name)).sort()
  .map((file) => ({ evidencePath: path.relative(folder, file).replaceAll(path.sep, '/'), bytes: new Uint8Array(readFileSync(file)) }));

/**
 * Seconds since it was made: of the clock, or of the processor where that is less, because other work on the machine
 * holds the clock back and threads of the collector beside ours add to the processor.
 */
function stopwatch(): () => number {
  const begun = performance.now();
  const used = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(used);
    return Math.min((performance.now() - begun) / 1000, (user + system) / 1e6);
  };
}

interface Round { readonly seconds: number; readonly parts: Readonly<Record<string, number>>; readonly applications: number; readonly entries: number; readonly notEffective: number; readonly reasons: readonly string[] }

function bare(): Round {
  const elapsed = stopwatch();
  let events = 0;
  const nothing = (): void => {
    events += 1;
  };
  const decoder = new TextDecoder();
  for (const { bytes } of files) {
    const parser = new SaxesParser();
    for (const name of ['opentag', 'closetag', 'text', 'attribute', 'comment', 'error'] as const) parser.on(name, nothing);
    parser.write(decoder.decode(bytes)).close();
  }
  const seconds = elapsed();
  return { seconds, parts: {}, applications: 0, entries: events, notEffective: 0, reasons: [] };
}

function engine(): Round {
  const parts: Record<string, number> = {};
  const elapsed = stopwatch();
  let lap = stopwatch();
  const part = (name: string): void => {
    parts[name] = lap();
    lap = stopwatch();
  };
  const hosts = findHosts(files.map((f) => ({ evidencePath: f.evidencePath, type: 'file', size: f.bytes.length, modified: null, created: null, problem: null })));
  const view = hosts.hosts[0]?.view;
  if (view === undefined) throw new Error('no host in the evidence');
  const parsed = new Map<string, ConfigurationFile>();
  part('index of names');
  for (const { evidencePath, bytes } of files) {
    const { document } = parseConfig(bytes);
    parsed.set(evidencePath, { path: view.windowsPath(evidencePath), evidencePath, sha256: '', document });
  }
  part('parse');
  const host = parsed.get(APPLICATION_HOST);
  if (host === undefined) throw new Error('no applicationHost.config');
  const of = configurationFilesOf(view, parsed, host);
  const { server } = readServer(of, 'server', null);
  part('sites and pools');
  let applications = 0;
  let entries = 0;
  let notEffective = 0;
  const reasons = new Set<string>();
  for (const site of server.sites) {
    for (const application of site.applications) {
      const result = effectiveLists(of, server, site.name, application.path);
      if (result === null) throw new Error(`no answer for ${site.name}${application.path}`);
      const { modules, handlers, isapiFilters, globalModules, isapiCgiRestriction, httpModules, httpHandlers } = result.config;
      for (const list of [modules, handlers, isapiFilters, globalModules, isapiCgiRestriction, httpModules, httpHandlers]) {
        entries += list.entries.length;
        if (list.outcome !== 'effective') {
          reasons.add(list.reason ?? list.outcome);
          notEffective += 1;
        }
      }
      applications += 1;
    }
  }
  part('effective lists');
  const seconds = elapsed();
  lap = stopwatch();
  const lines = registrations(of, server);
  part('registrations (not counted)');
  loadedBy(of, server, lines);
  part('loaded by (not counted)');
  return { seconds, parts, applications, entries, notEffective, reasons: [...reasons].slice(0, 5) };
}

const results: Round[] = [];
for (let i = 0; i < Number(rounds); i++) results.push(side === 'bare' ? bare() : engine());
const peakMb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
process.stdout.write(`${JSON.stringify({ rounds: results, peakMb, files: files.length, bytes: files.reduce((n, f) => n + f.bytes.length, 0) })}\n`);
