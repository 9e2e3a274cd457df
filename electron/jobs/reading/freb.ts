import { compareBy } from '../../../shared/base/compare.ts';
import { quote } from '../../../shared/base/limits.ts';
import type { EvidenceRef } from '../../../shared/model/index.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import type { TraceArtifact } from '../../artifacts/kit/definition.ts';
import type { Named, RequestTrace } from '../../artifacts/kit/trace.ts';
import { traceArtifacts } from '../../artifacts/registry.ts';
import { appendEvents, type NewEvent } from '../../timeline/append.ts';
import { fileIdOf } from '../../timeline/file-id.ts';
import { putTraceFiles, type TraceFile } from '../../timeline/served/trace-files.ts';
import { checkCancelled, mapLimited } from '../limited.ts';
import type { CaseModel } from '../model/case-model.ts';
import type { ReadingContext } from './context.ts';
import { nameOf, placeOf, type Inventory, type ManifestFile } from './inventory.ts';
import { readHead, readWhole } from './read-file.ts';

/** Traces of one case that are read; the rest is told. A site keeps fifty unless somebody set another number. */
const MAX_TRACES = 30_000;
/** Characters of the list of modules that an event carries. */
const MAX_LISTED = 8000;
/** Calls of one trace that are kept for the rules, one for each module. */
const MAX_MODULES = 100;

interface TraceTask { readonly file: ManifestFile; readonly server: string | null; readonly artifact: TraceArtifact; readonly siteId: number | null }

/** A module that a trace names, at its first call. */
export interface TracedModuleCall { readonly module: string; readonly notification: string; readonly ref: EvidenceRef }

/** One traced request, as the rules need it. */
export interface TracedRequest {
  readonly server: string | null;
  readonly site: string | null;
  readonly url: string;
  readonly verb: string;
  /** UTC text, or null. */
  readonly time: string | null;
  readonly modules: readonly TracedModuleCall[];
}

export interface ReadTraces { readonly requests: readonly TracedRequest[]; readonly files: readonly TraceFile[]; readonly events: readonly NewEvent[] }

/** Reads every trace of a request; none of them is kept in memory longer than it takes to sum it up. */
export async function readTraces(ctx: ReadingContext, inventory: Inventory, model: CaseModel): Promise<ReadTraces> {
  const tasks = await traceTasks(ctx, inventory);
  if (tasks.length === 0) return { requests: [], files: [], events: [] };
  ctx.board.plan('traces', 'Traces of requests', 'files');
  let done = 0;
  const read = await mapLimited(tasks, 2, ctx.signal, async (task) => {
    const one = await readTrace(ctx, task, model);
    ctx.board.progress('traces', (done += 1), tasks.length, nameOf(task.file.evidencePath));
    return one;
  });
  ctx.board.end('traces', 'done', `${tasks.length} files`);
  const kept = read.filter((r) => r !== null);
  return { requests: kept.flatMap((r) => (r.request === null ? [] : [r.request])), files: kept.map((r) => r.file), events: kept.flatMap((r) => (r.event === null ? [] : [r.event])) };
}

/** Puts them into the timeline, behind `storeEvents`, which takes every event away that is no row of a log. */
export async function storeTraces(ctx: ReadingContext, { files, events }: ReadTraces): Promise<void> {
  await putTraceFiles(ctx.connection, files);
  for (let i = 0; i < events.length; i += 5000) {
    checkCancelled(ctx.signal);
    await appendEvents(ctx.connection, events.slice(i, i + 5000));
  }
}

/** Whether any file has the name of a trace: evidence of traces alone is evidence of IIS. */
export function hasTraces(inventory: Inventory): boolean {
  const artifacts = traceArtifacts();
  for (const { evidencePath } of inventory.files.values()) if (artifacts.some((a) => a.locate(evidencePath.replaceAll('\\', '_')) !== null)) return true;
  return false;
}

/** By place on a host; a loose file by its name and its first bytes. What a shadow copy repeats counts once. */
async function traceTasks(ctx: ReadingContext, inventory: Inventory): Promise<TraceTask[]> {
  const tasks: TraceTask[] = [];
  for (const artifact of traceArtifacts()) {
    for (const file of inventory.files.values()) {
      const found = artifact.locate(file.evidencePath.replaceAll('\\', '_'));
      if (found === null) continue;
      const earlier = inventory.hosts.earlierOf(file.evidencePath);
      const now = earlier === null ? null : earlier.host.view.resolve(earlier.path, 64).entry;
      if (now !== null && now.size === file.size) continue;
      if (found.siteId === null) {
        const head = await readHead(ctx, file, Math.min(artifact.headBytes, file.size));
        if (head === null || !artifact.looksLike(head)) continue;
      }
      file.artifact = artifact.id;
      tasks.push({ file, server: file.server ?? earlier?.host.id ?? null, artifact, siteId: found.siteId });
    }
  }
  tasks.sort(compareBy((t) => t.file.evidencePath));
  for (const { file } of tasks.slice(MAX_TRACES, MAX_TRACES + 1)) ctx.problems.add(placeOf(file), file.server, { kind: 'limit', message: `More than ${MAX_TRACES} traces of requests; ${tasks.length - MAX_TRACES} from here on were not read.` });
  return tasks.slice(0, MAX_TRACES);
}

async function readTrace(ctx: ReadingContext, { file, server, artifact, siteId }: TraceTask, model: CaseModel): Promise<{ readonly request: TracedRequest | null; readonly file: TraceFile; readonly event: NewEvent | null } | null> {
  const whole = await readWhole(ctx, file, artifact.maxBytes);
  const sites = model.servers.find((s) => s.server.id === server)?.server.sites ?? [];
  const nothing = { rows: 0, headers: 0, padding: 0, rejected: file.size };
  const entry: TraceFile = {
    fileId: fileIdOf(file.evidencePath), ...placeOf(file), server, site: sites.find((s) => s.id === siteId)?.name ?? null, sha256: file.sha256 ?? '', size: file.size, rows: 0, rejected: file.size > 0 ? 1 : 0, bytes: nothing, time: null,
  };
  if (whole === null) return { request: null, file: entry, event: null };
  const { trace, bytes, problems } = artifact.parse(whole.bytes);
  ctx.problems.addAll(placeOf(file), server, problems);
  const counted = { ...entry, sha256: whole.sha256, size: whole.bytes.length, bytes, rejected: bytes.rejected > 0 ? 1 : 0 };
  if (trace === null) return { request: null, file: counted, event: null };
  const value = (name: string): string => trace.request.find((a) => a.name === name)?.value ?? '';
  const site = sites.find((s) => String(s.id) === value('siteId'))?.name ?? entry.site;
  const time = trace.time === null ? null : parseInstant(trace.time);
  const ref: EvidenceRef = { ...placeOf(file), line: trace.line, offset: trace.offset, length: trace.length, sha256: whole.sha256 };
  // Texts that were cut out of a document keep all of it in memory: what stays is copied.
  return structuredClone({
    file: { ...counted, site, rows: 1, time },
    request: { server, site, url: value('url'), verb: value('verb'), time: trace.time, modules: modulesOf(trace, ref) },
    event: { ...eventOf(trace, value), ...placeOf(file), sha256: whole.sha256, server, site, offset: trace.offset, line: trace.line, length: trace.length, time },
  });
}

function modulesOf({ calls }: RequestTrace, ref: EvidenceRef): TracedModuleCall[] {
  const first = new Map<string, TracedModuleCall>();
  for (const { module, notification, line, offset, length } of calls) {
    if (module === '' || first.has(module) || first.size >= MAX_MODULES) continue;
    first.set(module, { module, notification, ref: { path: ref.path, evidencePath: ref.evidencePath, line, ...(offset === null || length === null ? {} : { offset, length }), sha256: ref.sha256 } });
  }
  return [...first.values()];
}

function eventOf(trace: RequestTrace, value: (name: string) => string): Omit<NewEvent, 'evidencePath' | 'path' | 'sha256' | 'server' | 'offset' | 'time'> {
  const [verb, status, url] = [value('verb'), value('statusCode'), value('url')];
  const setter = trace.statuses.at(-1);
  const called = trace.calls.map((c) => `${c.module} ${c.notification}${c.number === null ? '' : ` (0x${c.number.toString(16)})`}${c.post ? ' post' : ''}`);
  const by = setter === undefined ? '' : `; status set by ${quote(setter.module, 100)}`;
  const chosen = trace.handler === null ? '' : `; handler ${quote(trace.handler.name, 100)}`;
  const listed = (name: string, texts: readonly string[]): Named[] => (texts.length === 0 ? [] : [{ name, value: quote(texts.join('; '), MAX_LISTED) }]);
  return {
    seq: 30, meaning: 'request-traced', fidelity: trace.time === null ? 'order-only' : 'exact', source: 'freb',
    what: `${quote(verb, 20)} ${quote(status, 20)} traced`.trim(),
    message: `${quote(url, 500)}${chosen}${by}; ${called.length} calls of modules${trace.complete ? '' : '; the file was cut short'}`,
    fields: [
      ...trace.request.filter((a) => a.value !== ''),
      ...(trace.handler === null ? [] : [{ name: 'handler', value: trace.handler.name }, ...(trace.handler.value === '' ? [] : [{ name: 'handlerCode', value: trace.handler.value }])]),
      ...listed('statusSetBy', trace.statuses.map((s) => `${s.module} ${s.notification} ${s.status}${s.reason === '' ? '' : ` ${s.reason}`}`)),
      ...listed('urlChanged', trace.urls.map((u) => `${u.name} -> ${u.value}`)),
      ...listed('filters', trace.filters),
      { name: 'events', value: String(trace.events) },
      ...listed('modules', called),
    ],
  };
}
