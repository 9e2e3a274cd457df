import type { ClrFacts, PeFacts, PeKind } from '../../../shared/model/pe/index.ts';
import { compareText } from '../../../shared/base/compare.ts';
import { HTTP_TYPES, type HttpRole } from './clr/aspnet.ts';

const MODULE = ['RegisterModule'];
const FILTER = ['GetFilterVersion', 'HttpFilterProc'];
const EXTENSION = ['GetExtensionVersion', 'HttpExtensionProc'];
/** Every name that IIS looks up in a DLL; the Terminate functions are optional. */
const ENTRY_POINTS: ReadonlySet<string> = new Set([...MODULE, ...FILTER, 'TerminateFilter', ...EXTENSION, 'TerminateExtension']);

/** The exports that IIS calls. It asks for the exact name, so decorated names do not count. */
export function entryPoints(exports: PeFacts['exports']): string[] {
  const found = new Set<string>();
  for (const { name } of exports) if (name !== null && ENTRY_POINTS.has(name)) found.add(name);
  return [...found].sort(compareText);
}

/**
 * What IIS can use the file as: native by its exports, managed by its types. A CLR header alone says nothing: native
 * modules written in C++/CLI have one too.
 */
export function kindsOf(points: readonly string[], clr: ClrFacts | null): PeKind[] {
  const has = (names: readonly string[]): boolean => names.every((name) => points.includes(name));
  const roles = new Set<HttpRole | undefined>(clr?.httpTypes.flatMap((t) => t.implements.map((name) => HTTP_TYPES.get(name))) ?? []);
  const kinds: PeKind[] = [];
  if (has(MODULE)) kinds.push('native-module');
  if (has(FILTER)) kinds.push('isapi-filter');
  if (has(EXTENSION)) kinds.push('isapi-extension');
  if (roles.has('module')) kinds.push('managed-module');
  if (roles.has('handler')) kinds.push('managed-handler');
  return kinds;
}
