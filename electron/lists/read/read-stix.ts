import { quote } from '../../../shared/base/limits.ts';
import type { IndicatorKind } from '../../../shared/model/index.ts';
import type { ListProblems } from '../limits.ts';

/** A value of a pattern before it is checked; `line` is the number of the object in the bundle, counted from 1. */
export interface RawIndicator { readonly kind: IndicatorKind; readonly value: string; readonly note: string; readonly line: number }

/** Object paths of STIX 2.1 (sections 6.1 and 6.7 on) that say something IISight can look for, in lower case without quotes. */
const PATHS: ReadonlyMap<string, IndicatorKind> = new Map<string, IndicatorKind>([
  ['file:hashes.sha-256', 'sha256'], ['file:hashes.sha256', 'sha256'], ['file:hashes.sha-1', 'sha1'], ['file:hashes.sha1', 'sha1'], ['file:hashes.md5', 'md5'],
  ['file:name', 'file-name'], ['file:parent_directory_ref.path', 'path'], ['directory:path', 'path'], ['ipv4-addr:value', 'ip'], ['ipv6-addr:value', 'ip'], ['url:value', 'url-path'],
  ['network-traffic:src_ref.value', 'ip'], ['network-traffic:dst_ref.value', 'ip'],
  ["network-traffic:extensions.http-request-ext.request_header.user-agent", 'user-agent'], ['domain-name:value', 'text'],
  ['file:extensions.windows-pebinary-ext.imphash', 'imphash'],
]);
const MAX_OBJECTS = 200_000;
const MAX_PATTERN = 16_384;

interface StixObject { readonly type?: unknown; readonly name?: unknown; readonly description?: unknown; readonly pattern?: unknown; readonly pattern_type?: unknown; readonly revoked?: unknown }

/** Comparisons of all indicator patterns of a bundle (STIX 2.1, https://docs.oasis-open.org/cti/stix/v2.1/stix-v2.1.html). */
export function stixIndicators(text: string, problems: ListProblems): RawIndicator[] {
  let bundle: unknown;
  try {
    bundle = JSON.parse(text);
  } catch {
    problems.add('The file is no JSON: it ends too early or is damaged.');
    return [];
  }
  const objects: unknown = typeof bundle === 'object' && bundle !== null && 'objects' in bundle ? bundle.objects : bundle;
  if (!Array.isArray(objects)) {
    problems.add('The JSON is no STIX bundle: there is no list "objects".');
    return [];
  }
  if (objects.length > MAX_OBJECTS) problems.add(`The bundle has ${objects.length} objects; the first ${MAX_OBJECTS} were read.`);
  return objects.slice(0, MAX_OBJECTS).flatMap((object: unknown, i) => ofObject(object, i + 1, problems));
}

function ofObject(object: unknown, line: number, problems: ListProblems): RawIndicator[] {
  if (typeof object !== 'object' || object === null) return [];
  const { type, name, description, pattern, pattern_type: language, revoked } = object as StixObject;
  if (type !== 'indicator') return [];
  if (revoked === true) {
    problems.add(`Object ${line}: the indicator was revoked by its author and is left out.`);
    return [];
  }
  if (typeof pattern !== 'string' || (language !== undefined && language !== 'stix')) {
    problems.add(`Object ${line}: its pattern is not in the language of STIX.`);
    return [];
  }
  if (pattern.length > MAX_PATTERN) {
    problems.add(`Object ${line}: the pattern has ${pattern.length} characters and is left out.`);
    return [];
  }
  const note = [name, description].filter((t): t is string => typeof t === 'string').join(': ');
  return ofPattern(pattern, note, line, problems);
}

/** `path = 'value'`; the value with `\'` and `\\` in it. No part can match in two ways, so it takes one pass. */
const COMPARISON = /(?<![a-z0-9-])([a-z0-9-]{1,40}:[A-Za-z0-9_.'-]{1,200}?)\s{0,8}(=|IN|LIKE|MATCHES|!=|>|<)\s{0,8}('(?:[^'\\]|\\.){0,4000}')?/g;

function ofPattern(pattern: string, note: string, line: number, problems: ListProblems): RawIndicator[] {
  const found: RawIndicator[] = [];
  const skipped: string[] = [];
  // Each value is compared by itself: what AND and FOLLOWEDBY ask beyond that is said once.
  for (const m of pattern.matchAll(COMPARISON)) {
    const path = (m[1] ?? '').toLowerCase().replaceAll("'", '');
    const kind = PATHS.get(path);
    if (kind === undefined || m[2] !== '=' || m[3] === undefined) skipped.push(m[1] ?? '');
    else found.push({ kind, value: m[3].slice(1, -1).replace(/\\(.)/g, '$1'), note, line });
  }
  if (skipped.length > 0) problems.add(`Object ${line}: ${skipped.slice(0, 3).map((s) => quote(s, 60)).join(', ')} cannot be looked for here and ${skipped.length === 1 ? 'is' : 'are'} left out.`);
  else if (found.length === 0) problems.add(`Object ${line}: the pattern "${quote(pattern, 80)}" has no comparison that can be looked for.`);
  if (/\]\s{0,8}(?:AND|FOLLOWEDBY)\b|\bAND\b/.test(pattern) && found.length > 1) problems.add(`Object ${line}: the pattern asks for several things together; each is looked for by itself.`);
  return found;
}
