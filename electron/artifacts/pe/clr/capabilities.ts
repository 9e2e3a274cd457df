import type { Capability, ClrFacts } from '../../../../shared/model/pe/index.ts';
import { LimitReached } from '../../kit/findings.ts';
import { OutOfBounds } from '../../kit/bytes.ts';
import type { Image } from '../image.ts';
import { readEvents } from './attributes.ts';
import { LOADS_CODE, MEMBER_RULES, type MemberRule } from './capability-rules.ts';
import { compressed } from './heaps.ts';
import { type Metadata, type OpenTables, openMetadata } from './metadata.ts';
import { decodeAs, token } from './tables.ts';
import { findUserStrings } from './user-strings.ts';

const MAX_MEMBERS = 400;
/** ELEMENT_TYPE_CLASS, ELEMENT_TYPE_SZARRAY and ELEMENT_TYPE_U1 (II.23.1.16). */
const CLASS = 0x12;
const ARRAY = 0x1d;
const BYTE = 0x05;

/** What a request's events let code do, beside being called. */
const EVENT_WORDS: ReadonlyMap<string, readonly [group: Capability['group'], id: string, what: string]> = new Map([
  ['AuthenticateRequest', ['changes', 'decides-authentication', 'takes part in deciding who the user is'] as const],
  ['AuthorizeRequest', ['changes', 'decides-authorization', 'takes part in deciding what a user may do'] as const],
  ['LogRequest', ['sees', 'sees-logging', 'is called when a request is logged'] as const],
  ['PreSendRequestHeaders', ['changes', 'changes-response-headers', 'is called right before headers are sent, and can change them'] as const],
  ['PreSendRequestContent', ['changes', 'changes-responses', 'is called right before content is sent'] as const],
]);

/** Literals that name where passwords of Basic authentication stand, folded, with what names them. */
const PASSWORD_PLACES: ReadonlyMap<string, string> = new Map([
  ['AUTH_PASSWORD', 'the server variable AUTH_PASSWORD'], ['AUTHORIZATION', 'the header Authorization'], ['HTTP_AUTHORIZATION', 'the server variable HTTP_AUTHORIZATION'],
]);

/** A native function by its name, as the rules on imports see it. */
export type NativeRule = (name: string) => { readonly id: string; readonly what: string; readonly group: Capability['group'] } | undefined;

/**
 * What managed code can see, change and do, by the members and native functions that it refers to and the events that it
 * subscribes to. Each has the metadata token that shows it. A reference does not say that the code is ever run.
 */
export function clrCapabilities(image: Image, clr: ClrFacts | null, nativeRule: NativeRule): Capability[] {
  const metadata = clr === null ? null : openMetadata(image);
  if (clr === null || metadata?.tables === null || metadata === null) return [];
  const out: Capability[] = [];
  try {
    addEvents(metadata.tables, out);
    addStarts(clr, out);
    const members = memberCapabilities(metadata.tables);
    out.push(...passwordCapabilities(metadata, members), ...members, ...pinvokeCapabilities(clr, nativeRule));
  } catch (error) {
    if (!(error instanceof OutOfBounds) && !(error instanceof LimitReached)) throw error;
    const tables = metadata.root.headers.find(({ name }) => name === '#~' || name === '#-');
    out.push({ group: 'limits', id: 'metadata-damaged', what: `members of the metadata could not all be read: ${error.message}`, proof: tables === undefined ? {} : { offset: tables.offset } });
  }
  return out;
}

function addEvents(tables: OpenTables, out: Capability[]): void {
  for (const [event, row] of readEvents(tables)) {
    const proof = { token: token('MemberRef', row), constant: `System.Web.HttpApplication::${event}` };
    out.push({ group: 'requests', id: 'managed-event', what: `subscribes to the event ${event} of requests`, proof });
    const means = EVENT_WORDS.get(event.replace(/^Post(?=Auth)/, ''));
    if (means) out.push({ group: means[0], id: means[1], what: `${means[2]} (${event})`, proof });
  }
}

const STATE_WORDS: Readonly<Record<ClrFacts['startMethods'][number]['state'], string>> = {
  found: '', missing: '; there is no such method in the file', 'not-callable': '; the method is not public and static without parameters, so ASP.NET refuses it', 'other-assembly': '; it lies in another assembly',
};

function addStarts(clr: ClrFacts, out: Capability[]): void {
  for (const start of clr.startMethods) {
    out.push({ group: 'requests', id: 'runs-at-application-start', what: `asks ASP.NET to run ${start.target} before an application starts${STATE_WORDS[start.state]}`, proof: { token: start.token, constant: start.target } });
  }
}

function memberCapabilities({ tables, heaps, types }: OpenTables): Capability[] {
  const owner = tables.column('MemberRef', 'class');
  const name = tables.column('MemberRef', 'name');
  const signature = tables.column('MemberRef', 'signature');
  const rulesOf = new Map<number, ReadonlyMap<string, readonly MemberRule[]> | null>();
  const seen = new Set<string>();
  const out: Capability[] = [];
  for (let row = 1; row <= tables.rows('MemberRef') && out.length < MAX_MEMBERS; row++) {
    const coded = owner(row);
    let rules = rulesOf.get(coded);
    if (rules === undefined) rulesOf.set(coded, (rules = MEMBER_RULES.get(types.name(decodeAs('MemberRefParent', coded))) ?? null));
    if (rules === null) continue;
    const member = heaps.string(name(row));
    const named = rules.get(member) ?? [];
    const fromBytes = named.some((rule) => rule.bytes === true) && takesBytes(heaps.blob(signature(row)));
    for (const rule of [...named, ...(rules.get('*') ?? [])]) {
      // One overload is told by one rule: the one from bytes loads no file.
      if (rule.bytes === undefined ? fromBytes && rule.id === LOADS_CODE : !fromBytes) continue;
      const constant = `${types.name(decodeAs('MemberRefParent', coded))}::${member}`;
      if (seen.has(`${rule.id} ${constant}`)) continue;
      seen.add(`${rule.id} ${constant}`);
      out.push({ group: rule.group, id: rule.id, what: `${rule.what} (refers to ${constant})`, proof: { token: token('MemberRef', row), constant } });
    }
  }
  return out;
}

/** Whether the first parameter of a method that returns an object (II.23.2.1) is an array of bytes. */
function takesBytes(signature: Uint8Array): boolean {
  const returned = signature[2] === CLASS ? compressed(signature, 3) : null;
  return returned !== null && signature[returned.next] === ARRAY && signature[returned.next + 1] === BYTE;
}

/** A literal that names a place of passwords says something only in code that reads headers or server variables. */
function passwordCapabilities({ root }: Metadata, members: readonly Capability[]): Capability[] {
  if (!members.some((m) => m.id === 'sees-request-headers')) return [];
  return [...findUserStrings(root, new Set(PASSWORD_PLACES.keys()))].map(([text, offset]) => ({
    group: 'sees', id: 'sees-basic-passwords', what: `can see passwords of Basic authentication: it reads headers or server variables and has the text of ${PASSWORD_PLACES.get(text) ?? text}`, proof: { offset, constant: text },
  }));
}

function pinvokeCapabilities(clr: ClrFacts, nativeRule: NativeRule): Capability[] {
  return clr.pinvokes.slice(0, MAX_MEMBERS).flatMap(({ dll, name, token: place }) => {
    const rule = dll === '' ? undefined : nativeRule(name);
    return rule === undefined ? [] : [{ group: rule.group, id: rule.id, what: `${rule.what} (declares the native function ${name})`, proof: { token: place, constant: `${dll}!${name}` } }];
  });
}
