import { compareText } from '../../../../shared/base/compare.ts';
import { attributeValue, type ConfigElement } from '../../../../shared/model/index.ts';
import type { TracedModule } from '../../../findings/index.ts';
import type { ServerModel } from '../../model/case-model.ts';
import type { RawRegistration } from '../../../iis/index.ts';
import type { TracedRequest } from '../freb.ts';

const MODULE_LISTS: ReadonlySet<string> = new Set(['system.webServer/modules', 'system.webServer/globalModules', 'system.web/httpModules']);
/** What the core of IIS and ASP.NET call themselves where a trace names a module; no list has them. */
const NO_MODULES: ReadonlySet<string> = new Set(['IIS Web Core', 'ManagedPipelineHandler', 'global.asax', 'AspNetInitializationExceptionModule', '']);
const MAX_REFS = 5;
const MAX_URLS = 5;
const MAX_DISTINCT = 5000;

/**
 * Modules that traces name although no list of the configuration in force has them, at whatever level; with the copies
 * that do. The URL is not asked: a request may have been sent on to another one.
 */
export function tracedModules(model: ServerModel, lines: readonly RawRegistration[], requests: readonly TracedRequest[]): readonly TracedModule[] {
  if (!model.files.applicationHost.document.complete) return [];
  const configured = new Set(lines.flatMap((line) => (MODULE_LISTS.has(line.section) && line.name !== null ? [line.name] : [])));
  // Without a single module the lists stand in files that were not read.
  if (configured.size === 0) return [];
  const found = new Map<string, { -readonly [K in keyof TracedModule]: TracedModule[K] } & { urls: string[]; notifications: string[]; refs: TracedModule['refs'][number][] }>();
  for (const request of [...requests].sort((a, b) => compareText(a.time ?? '~', b.time ?? '~'))) {
    if (request.server !== model.server.id) continue;
    for (const { module, notification, ref } of request.modules) {
      if (configured.has(module) || NO_MODULES.has(module)) continue;
      let one = found.get(module);
      if (one === undefined) {
        if (found.size >= MAX_DISTINCT) continue;
        found.set(module, (one = { module, traces: 0, first: request.time, last: request.time, urls: [], notifications: [], refs: [], copies: [] }));
      }
      one.traces += 1;
      if (request.time !== null) one.last = request.time;
      const url = `${request.verb} ${request.url}`;
      if (one.urls.length < MAX_URLS && !one.urls.includes(url)) one.urls.push(url);
      if (one.notifications.length < 20 && !one.notifications.includes(notification)) one.notifications.push(notification);
      if (one.refs.length < MAX_REFS) one.refs.push(ref);
    }
  }
  const wanted = new Set(found.keys());
  if (wanted.size === 0) return [];
  for (const { copy, file } of model.copies) {
    for (const name of namesIn(file.document.root, wanted)) {
      const one = found.get(name);
      if (one !== undefined) one.copies = [...one.copies, copy.id];
    }
  }
  return [...found.values()].sort((a, b) => compareText(a.module, b.module));
}

/** Names among the wanted ones that a module list of the file adds. */
function namesIn(root: ConfigElement | null, wanted: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set<string>();
  const pending = root === null ? [] : [root];
  for (let element = pending.pop(); element; element = pending.pop()) {
    const list = /^(?:globalModules|modules|httpModules)$/.test(element.name);
    for (const child of element.children) {
      pending.push(child);
      const name = list && child.name === 'add' ? attributeValue(child, 'name') : undefined;
      if (name !== undefined && wanted.has(name)) names.add(name);
    }
  }
  return names;
}
