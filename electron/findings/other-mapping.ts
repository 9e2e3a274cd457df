import type { Component, Registration, Severity } from '../../shared/model/index.ts';
import { attributeOf, sectionName } from '../components/index.ts';
import { STOCK, fileName, parseTypeName } from '../knowledge/index.ts';
import type { FindingDraft } from './rule.ts';
import { Subject, distinctRefs, lineOf, registrationRef } from './words.ts';

/** Stock code that runs the file which a request names: mapped to another extension, that file is run as a script. */
const RUNS_FILES: ReadonlySet<string> = new Set([
  'asp.dll', 'aspnet_isapi.dll', 'System.Web.UI.PageHandlerFactory', 'System.Web.UI.SimpleHandlerFactory', 'System.Web.Services.Protocols.WebServiceHandlerFactory',
  'System.Web.Script.Services.ScriptHandlerFactory', 'System.Web.Compilation.PageBuildProvider', 'System.Web.Compilation.UserControlBuildProvider', 'System.Web.Compilation.MasterPageBuildProvider',
  'System.Web.Compilation.WebHandlerBuildProvider', 'System.Web.Compilation.WebServiceBuildProvider',
]);

/** Extensions of files that are stored or handed out, and never run by a stock configuration. */
const CONTENT = /\.(?:avif|bmp|bak|conf|config|csv|docx?|eot|gif|ico|inc|ini|jpe?g|less|log|map|md|mp[34]|pdf|png|pptx?|rar|svg|tiff?|tmp|ttf|webm|webp|woff2?|xlsx?|zip)$/i;

/** What runs the file, as one word; null for code that answers without running the file. */
function runner(c: Component): string | null {
  const what = c.type === null ? fileName(c.image ?? '').toLowerCase() : parseTypeName(c.type).type;
  return RUNS_FILES.has(what) ? what : null;
}

/** A folder of content below an application, where uploads go. */
const inFolder = (r: Registration): boolean => r.scope.startsWith('dir:');

function severityFor(r: Registration, path: string): Severity {
  if (r.scope === 'unassigned') return 'info';
  if (inFolder(r)) return 'medium';
  return CONTENT.test(path) ? 'low' : 'info';
}

/** The files that an entry is for: the path of a handler, or the extension of a build provider. */
function filesOf(r: Registration): string | null {
  const section = sectionName(r.section);
  if (section === 'handlers' || section === 'httpHandlers') return attributeOf(r, 'path');
  const extension = section === 'compilation' ? attributeOf(r, 'extension') : null;
  return extension === null ? null : `*${extension}`;
}

function mappingOf(c: Component, r: Registration): FindingDraft[] {
  const path = filesOf(r);
  const code = runner(c);
  if (code === null || path === null) return [];
  // Without an extension it is the wildcard map of older frameworks, which runs no file by its own name.
  if (!/\.[^./*\\]+$/.test(path) || STOCK.mapping(path, c.image, c.type)) return [];
  const severity = severityFor(r, path);
  return [{
    severity,
    title: `${Subject(c)} is mapped to "${path.slice(0, 100)}" (${r.scope}), which no stock entry maps to it`,
    component: c,
    subject: [r.evidencePath, r.scope, path].join('\u0000'),
    supports: [
      `${attributeOf(r, 'name') ?? 'The entry'}: path "${path.slice(0, 100)}", verb "${(attributeOf(r, 'verb') ?? '').slice(0, 100)}", at ${lineOf(r)}.`,
      `The code is stock (${c.originReason}); the mapping is not: files of that name are then run by ${code}.`,
      ...(CONTENT.test(path) ? ['Windows hands out, or refuses, files of that name and never runs them.'] : []),
      ...(inFolder(r) ? ['The entry stands in a folder below an application, not where the application is configured.'] : []),
    ],
    refutes: ['The application maps an extension of its own and its documentation or deployment package says so.', 'No file of that name lies there, and no request asked for one.'],
    refs: distinctRefs([registrationRef(r)]),
    attack: ['T1505.003'],
    first: c.firstSeen,
  }];
}

/** Stock code behind URLs that no installer gives it. */
export function otherMappings(components: readonly Component[]): FindingDraft[] {
  return components.filter((c) => c.origin === 'stock').flatMap((c) => c.registrations.flatMap((r) => mappingOf(c, r)));
}
