import type { ConfigElement } from '../../../shared/model/index.ts';
import { itemValue } from './keys.ts';

/** `.asp,C:\WINDOWS\system32\inetsrv\asp.dll,5,GET,HEAD`: a mapping of one extension (`*`: of every request). */
export interface ScriptMap {
  readonly extension: string;
  /** As written; a CGI program carries its arguments. */
  readonly processor: string;
  /** Script access is enough (MD_SCRIPTMAPFLAG_SCRIPT, 1); without it the folder must give Execute. */
  readonly script: boolean;
  /** Joined with commas; `*` where none is listed, which stands for all since IIS 5. */
  readonly verbs: string;
  readonly item: ConfigElement;
}

/** Reads one string of ScriptMaps: `Extension,ScriptProcessor,Flags,IncludedVerbs` (Microsoft, ScriptMaps Metabase Property). Null when it has no processor. */
export function scriptMap(item: ConfigElement): ScriptMap | null {
  const value = itemValue(item);
  const first = value.indexOf(',');
  if (first < 0) return null;
  // Commas may stand in the path, so the flags are looked for: the first part behind it that is a number alone.
  const rest = value.slice(first + 1);
  const flags = /,\s*(\d{1,10})\s*(?=,|$)/.exec(rest);
  const processor = (flags === null ? rest : rest.slice(0, flags.index)).trim();
  if (processor === '') return null;
  const verbs = flags === null ? '' : rest.slice(flags.index + flags[0].length).split(',').map((verb) => verb.trim()).filter((verb) => verb !== '').join(',');
  return { extension: value.slice(0, first).trim(), processor, script: (Number(flags?.[1] ?? 0) & 1) === 1, verbs: verbs === '' ? '*' : verbs, item };
}

/** `0,c:\windows\system32\inetsrv\asp.dll,0,ASP,Active Server Pages`: what may run, and what may not. */
export interface Restriction {
  readonly allowed: boolean;
  /** `*.dll` and `*.exe` stand for all extensions and programs that no other entry names. */
  readonly path: string;
  readonly group: string;
  readonly description: string;
  readonly item: ConfigElement;
}

/** Reads one string of WebSvcExtRestrictionList: `AllowDenyFlag,Path,UIDeletableFlag,GroupID,Description` (Microsoft, WebSvcExtRestrictionList Metabase Property). */
export function restriction(item: ConfigElement): Restriction | null {
  const match = /^\s*([01])\s*,(.*)$/s.exec(itemValue(item));
  if (!match) return null;
  const rest = match[2] ?? '';
  const tail = /,\s*[01]\s*,([^,]*)(?:,(.*))?$/s.exec(rest);
  const path = (tail === null ? rest : rest.slice(0, tail.index)).trim();
  return path === '' ? null : { allowed: match[1] === '1', path, group: tail?.[1]?.trim() ?? '', description: tail?.[2]?.trim() ?? '', item };
}

/** The program of a processor that carries arguments: `c:\perl\perl.exe "%s" %s`. A DLL has none. */
export function programOf(processor: string): string {
  const quoted = /^"([^"]+)"/.exec(processor);
  if (quoted) return quoted[1] ?? processor;
  return /^(.*?\.exe)(?:\s.*)?$/is.exec(processor)?.[1] ?? processor;
}

/** Docs of WebSvcExtRestrictionList: a path that ends in `.dll` is an ISAPI extension, anything else a CGI program. */
export const isExtension = (processor: string): boolean => /\.dll"?$/i.test(processor.trim());
