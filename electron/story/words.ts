import { quote } from '../../shared/base/limits.ts';
import type { Component, ComponentKind } from '../../shared/model/index.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import { fileName } from '../knowledge/index.ts';

const KIND: Readonly<Record<ComponentKind, string>> = {
  'native-module': 'native module', 'managed-module': 'managed module', 'managed-handler': 'managed handler', 'isapi-filter': 'ISAPI filter',
  'isapi-extension': 'ISAPI extension', cgi: 'CGI program', other: 'entry',
};

/** `native module "X" (C:\...\x.dll)`. */
export function subjectOf({ kind, name, image, type, file }: Pick<Component, 'kind' | 'name' | 'image' | 'type' | 'file'>): string {
  const what = image ?? type ?? file?.path ?? file?.evidencePath ?? null;
  if (name === null) return `${KIND[kind]}${what === null ? '' : ` ${quote(what)}`}`;
  return `${KIND[kind]} "${quote(name)}"${what === null ? '' : ` (${quote(what)})`}`;
}

/** What people call it. */
export function nameOf({ name, type, file, image }: Pick<Component, 'name' | 'type' | 'file' | 'image'>): string {
  return name ?? type ?? fileName(file?.path ?? file?.evidencePath ?? image ?? '(no name)');
}

const UNITS = [[86_400, 'day', 'days'], [3600, 'h', 'h'], [60, 'minute', 'minutes'], [1, 's', 's']] as const;

/** `14 minutes 3 s`, `2 days 4 h`: two neighbouring units at most, whole seconds. */
export function spanText(seconds: number): string {
  const all = Math.abs(Math.round(seconds));
  const at = UNITS.findIndex(([size]) => all >= size);
  if (at < 0) return '0 s';
  let rest = all;
  const parts: string[] = [];
  for (const [size, one, more] of UNITS.slice(at, at + 2)) {
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n > 0) parts.push(`${n} ${n === 1 ? one : more}`);
  }
  return parts.join(' ');
}

/** Seconds from one UTC text to another; null where one is no moment. */
export function secondsBetween(from: string | null, to: string | null): number | null {
  const a = from === null ? null : parseInstant(from);
  const b = to === null ? null : parseInstant(to);
  return a === null || b === null ? null : Number((b - a) / 10_000n) / 1000;
}

/** `copy CFGHISTORY_0000000007`, `the file in force`, `what pool X was started with`. */
export function copyWords(id: string): string {
  if (id === 'live') return 'the file in force';
  if (id.startsWith('live:')) return `${quote(id.slice(5))} in force`;
  if (id.startsWith('absent:')) return 'now, where the file is gone';
  return id.startsWith('pool:') ? `what pool ${quote(id.slice(5))} was started with` : `copy ${quote(id)}`;
}

/** `1 row`, `1 200 rows` without separators. */
export const many = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

/** `C:` of a Windows path; null where the path does not say. */
export function driveOf(path: string | null): string | null {
  if (path === null) return null;
  if (/^%(?:windir|SystemRoot|SystemDrive|ProgramFiles(?:\(x86\))?|ProgramData|CommonProgramFiles(?:\(x86\))?|ProgramW6432|CommonProgramW6432)%/i.test(path)) return 'C:';
  return /^[A-Za-z]:/.test(path) ? path.slice(0, 2).toUpperCase() : null;
}
