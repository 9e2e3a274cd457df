import { foldCase } from '../../../shared/base/compare.ts';
import { quote } from '../../../shared/base/limits.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import type { Component, Missing, Server } from '../../../shared/model/index.ts';
import { applicationOf, attributeOf, type ImageIndex } from '../../components/index.ts';
import { parseTypeName } from '../../knowledge/index.ts';
import type { Host } from './hosts.ts';

/** Components that a sentence names; the others are counted. */
const NAMED = 3;

/** What tells of the server as a whole; all other questions are about components that nobody knows. */
const OF_SERVER: ReadonlySet<string> = new Set(['application folder', 'configuration']);

const nameOf = (c: Component): string => quote(c.name ?? c.image ?? c.type ?? c.kind, 80);
const isCode = (c: Component): boolean => c.kind !== 'other' && c.kind !== 'cgi';
const isNative = (c: Component): boolean => isCode(c) && !c.kind.startsWith('managed-');
const isUnknown = (c: Component): boolean => c.origin === 'unknown' && c.registrations.length > 0;

/** `X, Y and 2 more`. */
function names(components: readonly Component[]): string {
  const shown = [...new Set(components.map(nameOf))];
  return shown.length > NAMED ? `${shown.slice(0, NAMED).join(', ')} and ${shown.length - NAMED} more` : shown.join(', ');
}

/** What this server's components leave open, by what would decide it. Each question once, with the components that it is about. */
export function toAskFor(server: Server, host: Host, components: readonly Component[], images: ImageIndex): Missing[] {
  const ask = new Questions(server, host);
  const unknown = components.filter((c) => isUnknown(c) && isCode(c));
  const native = unknown.filter(isNative);
  const gone = unknown.filter((c) => c.fileStatus === 'absent');
  eventLogs(ask, unknown, native, gone);
  copies(ask, unknown);
  registry(ask, server, components);
  fileTable(ask, components, images, gone);
  managedFiles(ask, server, unknown);
  dotNetRoots(ask, server);
  applications(ask, server, host);
  return ask.list();
}

/** Collects what is not in the evidence. */
class Questions {
  readonly #server: Server;
  readonly #host: Host;
  readonly #found = new Map<string, Missing>();

  constructor(server: Server, host: Host) {
    this.#server = server;
    this.#host = host;
  }

  /** Asks for a file or folder unless it was collected; `path` may hold variables. */
  file(what: string, path: string, why: string): void {
    const { status, path: full } = this.#host.view.resolve(path, 64);
    if (status === 'present' || status === 'not-a-file') return;
    this.add(what, full ?? this.#host.view.expand(path, 64), why);
  }

  /** Asks for a file only where its folder was not collected: else it never was there. */
  uncollected(what: string, path: string, why: string): void {
    if (this.#host.view.resolve(path, 64).status === 'not-collected') this.file(what, path, why);
  }

  /** Asks for a folder of which nothing was collected. */
  folder(what: string, path: string, why: string): void {
    const { view } = this.#host;
    if (view.resolve(path, 64).status === 'not-collected' && view.below(path).length === 0) this.file(what, path, why);
  }

  add(what: string, path: string, why: string): void {
    const key = `${what}\u0000${foldCase(path)}`;
    if (!this.#found.has(key)) this.#found.set(key, { path, evidencePath: '', what, why, server: this.#server.id, about: OF_SERVER.has(what) ? 'server' : 'unknown' });
  }

  list(): Missing[] {
    return [...this.#found.values()];
  }
}

const EVENTS = '%windir%\\System32\\winevt\\Logs';

function eventLogs(ask: Questions, unknown: readonly Component[], native: readonly Component[], gone: readonly Component[]): void {
  if (native.length > 0) {
    ask.file('event log', `${EVENTS}\\Application.evtx`, `IIS writes there when a worker process could not load a module, filter or extension (events 2280, 2282, 2293, 2295, 2296, 2214): it dates ${names(gone.length > 0 ? gone.filter((c) => native.includes(c)).concat(native).slice(0, native.length) : native)}`);
  }
  if (unknown.some((c) => c.registrations.some((r) => r.scope === 'server'))) {
    ask.file('event log', `${EVENTS}\\Microsoft-IIS-Configuration%4Operational.evtx`, `if it was switched on, event 29 says which account changed what in the configuration, and when; a change without one was made with an editor: it decides how ${names(unknown.filter((c) => c.registrations.some((r) => r.scope === 'server')))} came`);
  }
}

/** Copies that IIS makes by itself: without any, nothing says since when an entry stands there. */
function copies(ask: Questions, unknown: readonly Component[]): void {
  const server = unknown.filter((c) => c.registrations.some((r) => r.scope === 'server'));
  if (server.length === 0) return;
  ask.folder('configuration history', '%SystemDrive%\\inetpub\\history', `IIS keeps copies of its configuration there (CFGHISTORY folders): they show between which two ${names(server)} came`);
  ask.folder('pool configurations', '%SystemDrive%\\inetpub\\temp\\appPools', `what each running pool was started with: it shows whether ${names(server)} was loaded`);
}

function registry(ask: Questions, server: Server, components: readonly Component[]): void {
  const filters = components.filter((c) => c.kind === 'isapi-filter' && c.registrations.length > 0);
  if (/^[67]\b/.test(server.iisVersion ?? '') && filters.length > 0) {
    ask.file('registry', '%windir%\\System32\\config\\SYSTEM', `IIS ${server.iisVersion ?? ''} also loads filters that Services\\W3SVC\\Parameters, value Filter DLLs, names; the configuration does not show them`);
  }
  const profilers = components.filter((c) => c.kind === 'other' && c.origin === 'unknown' && /^(?:COR|CORECLR)_/i.test(c.name ?? ''));
  if (profilers.length > 0) {
    ask.file('registry', '%windir%\\System32\\config\\SYSTEM', `the environment of the services W3SVC and WAS and of the machine can name the profiler that ${names(profilers)} switches on`);
  }
  const classes = components.filter((c) => c.kind === 'other' && c.origin === 'unknown' && c.image === null && c.registrations.some((r) => r.attributes.some((a) => /^\{?[0-9a-f]{8}-[0-9a-f]{4}-/i.test(a.value))));
  if (classes.length > 0) {
    const ids = classes.flatMap((c) => c.registrations.flatMap((r) => attributeOf(r, 'value') ?? attributeOf(r, 'clsid') ?? attributeOf(r, 'customLogPluginClsid') ?? [])).slice(0, NAMED);
    ask.file('registry', '%windir%\\System32\\config\\SOFTWARE', `which file the class ${ids.map((id) => quote(id, 60)).join(', ')} of ${names(classes)} stands for (Classes\\CLSID\\...\\InprocServer32)`);
  }
}

const DAY = 864_000_000_000n;

/** The linker's stamp, or a lost time, leaves open when the file came. */
function isDoubtful(c: Component, times: ReadonlyMap<string, { readonly modified: string | null; readonly stamp: string | null }>): boolean {
  const own = c.file === null ? undefined : times.get(c.file.evidencePath);
  if (own === undefined) return false;
  if (own.modified === null) return true;
  const [written, stamp] = [parseInstant(own.modified), own.stamp === null ? null : parseInstant(own.stamp)];
  return written !== null && stamp !== null && stamp > written + DAY;
}

/** The file table says when a file came and was changed, whatever its times were set to; its journal, when one went. */
function fileTable(ask: Questions, components: readonly Component[], images: ImageIndex, gone: readonly Component[]): void {
  const unknown = components.filter((c) => c.origin === 'unknown' && c.file !== null && isCode(c));
  if (unknown.length + gone.length === 0) return;
  const times = new Map(images.all.map((i) => [i.place.evidencePath, { modified: i.modified, stamp: i.pe?.timestamp.time ?? null }]));
  const drive = (path: string | null): string => /^([A-Za-z]:)/.exec(path ?? '')?.[1]?.toUpperCase() ?? '';
  const byDrive = (list: readonly Component[], pathOf: (c: Component) => string | null, say: (d: string, own: readonly Component[]) => void): void => {
    for (const d of new Set(list.map((c) => drive(pathOf(c))).filter((d) => d !== ''))) say(d, list.filter((c) => drive(pathOf(c)) === d));
  };
  byDrive(unknown.filter((c) => isDoubtful(c, times)), (c) => c.file?.path ?? null, (d, own) => ask.file('file table', `${d}\\$MFT`, `the times of ${names(own)} were lost in the collection or do not fit its making: the file table holds a second set of them`));
  byDrive(gone, (c) => images.lookup(c.image?.split('|')[0] ?? '', 64).place.path, (d, own) => ask.file('change journal', `${d}\\$Extend\\$UsnJrnl`, `the files of ${names(own)} are gone: the journal says when they were deleted or renamed`));
}

/** The exact files of unknown types whose application was not collected. */
function managedFiles(ask: Questions, server: Server, unknown: readonly Component[]): void {
  for (const c of unknown) {
    if (!c.kind.startsWith('managed-') || c.type === null || (c.fileStatus !== 'not-collected' && c.fileStatus !== 'absent')) continue;
    const { assembly } = parseTypeName(c.type);
    if (assembly === null) continue;
    for (const r of c.registrations.slice(0, NAMED)) {
      const folder = applicationOf(server, r.scope)?.physicalPath.path ?? null;
      if (folder === null) continue;
      if (c.fileStatus === 'not-collected') ask.uncollected('assembly', `${folder}\\bin\\${assembly}.dll`, `${c.kind} ${nameOf(c)} names the type ${quote(c.type, 120)}; the bin folder of its application was not collected`);
      else ask.folder('shadow copies', '%windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files', `the assembly of ${nameOf(c)} is not in its folder; ASP.NET runs copies from there, which stay`);
    }
  }
}

/** Lists for all applications of one version and bitness, where a pool in Classic mode reads them. */
function dotNetRoots(ask: Questions, { pools, sites }: Server): void {
  const used = new Set(sites.flatMap((s) => s.applications.map((a) => foldCase(a.pool))));
  for (const pool of pools) {
    if (pool.pipeline !== 'Classic' || pool.clr === '' || !used.has(foldCase(pool.name))) continue;
    const folder = `%windir%\\Microsoft.NET\\Framework${pool.bitness === 64 ? '64' : ''}\\${pool.clr.startsWith('v4') ? 'v4.0.30319' : 'v2.0.50727'}\\Config`;
    for (const name of ['web.config', 'machine.config']) ask.file('configuration', `${folder}\\${name}`, `pool ${quote(pool.name, 80)} runs in Classic mode: modules and handlers of all its applications can stand there`);
  }
}

/** Applications whose folder was not collected: their own modules and handlers are not known. One line for each site. */
function applications(ask: Questions, { sites }: Server, { view }: Host): void {
  for (const site of sites) {
    const lost = site.applications.filter((a) => a.physicalPath.path !== null && view.resolve(`${a.physicalPath.path}\\web.config`, 64).status === 'not-collected');
    const [first] = lost;
    if (first === undefined || first.physicalPath.path === null) continue;
    const others = lost.length > 1 ? ` and ${lost.length - 1} more of this site` : '';
    ask.add('application folder', first.physicalPath.path, `site ${quote(site.name, 80)}, application ${quote(first.path, 80)}${others}: web.config and bin were not collected, so that modules, handlers and code of the application itself are not known`);
  }
}
