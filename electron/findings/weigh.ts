import { quote } from '../../shared/base/limits.ts';
import type { Component, ConfigChange, EvidenceRef, Severity } from '../../shared/model/index.ts';
import { arrivalOf, attributeOf, changesAbout, permitsOnly, sectionName } from '../components/index.ts';
import { PRODUCTS, STOCK, TRUST_WORDS, fileName, runsAnything, folderTrust, looksLikeFile, looksLikeFolder, looksLikeModule, parseTypeName, pathParts, type LookAlike } from '../knowledge/index.ts';
import type { RuleFacts } from './facts.ts';
import type { Scale, WeighedFact } from './rule.ts';
import { posesAsMicrosoft, signatureWords } from './signatures.ts';
import { between, fileOf, fileRef, lineOf, registrationRef } from './words.ts';

/** A fact that speaks against a component, with what proves it. */
export interface Circumstance extends WeighedFact {
  readonly refs: readonly EvidenceRef[];
}

export const isNative = (c: Component): boolean => c.kind === 'native-module' || c.kind === 'isapi-filter' || c.kind === 'isapi-extension';
export const isManaged = (c: Component): boolean => c.kind === 'managed-module' || c.kind === 'managed-handler';

/** Changes between the copies of the configuration that are about this component's entries. */
export const historyOf = (c: Component, facts: RuleFacts): ReturnType<typeof changesAbout> =>
  changesAbout(c.registrations, facts.server.configuration?.evidencePath ?? null, facts.changes, facts.copies);

/** The change between two copies with which the component came, or null. */
export const arrivalIn = (c: Component, facts: RuleFacts): ConfigChange | null => arrivalOf(c.registrations, facts.server.configuration?.evidencePath ?? null, facts.changes, facts.copies);

/** `was added`, or how else an entry can come to name this code. */
export const arrivalWords = (arrival: ConfigChange): string => (arrival.what === 'added' ? 'was added' : 'was put in the place of other code in an entry that was there');

type Imitation = LookAlike & { readonly what: string };

const imitations = new WeakMap<Component, readonly Imitation[]>();

/** What the names of a component imitate: its own name, its file's name, a folder of its path. Several rules ask. */
export function looksLike(c: Component): readonly Imitation[] {
  const known = imitations.get(c) ?? imitationsOf(c);
  imitations.set(c, known);
  return known;
}

function imitationsOf(c: Component): Imitation[] {
  const out: Imitation[] = [];
  const add = (what: string, like: LookAlike | null): void => {
    if (like !== null) out.push({ what, ...like });
  };
  const moduleLike = c.kind === 'native-module' || c.kind === 'isapi-filter' || c.kind === 'managed-module';
  if (c.name !== null && moduleLike && c.registrations.length > 0) add(`name "${c.name}"`, looksLikeModule(c.name));
  if (c.image !== null && isNative(c)) {
    const file = fileName(c.image);
    add(`file name "${file}"`, looksLikeFile(file));
    for (const folder of pathParts(c.image).slice(0, -1)) add(`folder "${folder}"`, looksLikeFolder(folder));
  }
  return out;
}

/** True when a managed type calls itself part of .NET or Windows and is in no list of such types. */
export function posesAsVendor(c: Component): boolean {
  if (c.type === null) return false;
  const { type } = parseTypeName(c.type);
  return type.startsWith('System.') || type.startsWith('Microsoft.Web.') || type.startsWith('Microsoft.IIS.');
}

interface StockBlock { readonly first: number; readonly last: number }

const blocks = new WeakMap<RuleFacts['registrations'], ReadonlyMap<string, StockBlock>>();

/** From the first to the last stock globalModules entry of each file, by line. Every unknown component asks. */
function stockBlocks(facts: RuleFacts): ReadonlyMap<string, StockBlock> {
  const known = blocks.get(facts.registrations);
  if (known !== undefined) return known;
  const found = new Map<string, StockBlock>();
  for (const r of facts.registrations) {
    if (sectionName(r.section) !== 'globalModules' || r.name === null || r.image === null || !STOCK.globalModule(r.name, r.image)) continue;
    const block = found.get(r.evidencePath);
    found.set(r.evidencePath, { first: Math.min(block?.first ?? r.line, r.line), last: Math.max(block?.last ?? r.line, r.line) });
  }
  blocks.set(facts.registrations, found);
  return found;
}

/** Where the entry stands among the stock ones. appcmd, IIS Manager and most installers append; roles that are added later come behind. */
function placeOfEntry(c: Component, facts: RuleFacts): Circumstance | null {
  for (const own of c.registrations) {
    const block = sectionName(own.section) === 'globalModules' ? stockBlocks(facts).get(own.evidencePath) : undefined;
    if (block === undefined) continue;
    const ref = registrationRef(own);
    if (own.line < block.first) return { sentence: `It stands before the stock entries (${lineOf(ref)}); installers append behind them.`, weight: 1, rule: 'not-installer-written', refs: [ref] };
    if (own.line < block.last) return { sentence: `It stands between stock entries (${lineOf(ref)}): roles of Windows were added after it, or it was written in by hand.`, weight: 0, rule: 'not-installer-written', refs: [ref] };
  }
  return null;
}

const weighed = new WeakMap<Component, { readonly changes: RuleFacts['changes']; readonly found: readonly Circumstance[] }>();

/** Every circumstance that rules weigh, for one component that is not in the baseline. What is asked again of the same history is not worked out again. */
export function circumstances(c: Component, facts: RuleFacts): readonly Circumstance[] {
  const known = weighed.get(c);
  if (known?.changes === facts.changes) return known.found;
  const found = circumstancesOf(c, facts);
  weighed.set(c, { changes: facts.changes, found });
  return found;
}

function circumstancesOf(c: Component, facts: RuleFacts): Circumstance[] {
  const out: Circumstance[] = [];
  const all = c.registrations.map(registrationRef);
  if (c.image !== null && !isManaged(c)) {
    const trust = folderTrust(c.image);
    const weight = trust === 'system' || trust === 'program' ? 0 : trust === 'other' ? 1 : 2;
    out.push({ sentence: `The image ${TRUST_WORDS[trust]}.`, weight, rule: 'outside-trusted-folder', refs: all.slice(0, 1) });
  }
  for (const like of looksLike(c)) out.push({ sentence: `Its ${like.what} resembles "${like.of}" (${like.how}).`, weight: isManaged(c) ? 1 : 2, rule: 'look-alike-name', refs: all.slice(0, 1) });
  const arrival = arrivalIn(c, facts);
  if (arrival !== null) out.push({ sentence: `It ${arrivalWords(arrival)} ${between(arrival)} of the configuration.`, weight: 1, rule: 'appeared-in-history', refs: arrival.refs });
  const place = placeOfEntry(c, facts);
  if (place !== null) out.push(place);
  const unlocked = c.registrations.find((r) => c.kind === 'native-module' && sectionName(r.section) === 'modules' && r.scope === 'server' && attributeOf(r, 'lockItem') !== 'true');
  if (unlocked !== undefined) out.push({ sentence: `Its <modules> entry has no lockItem (${lineOf(unlocked)}); the installer of Windows writes native entries with lockItem="true".`, weight: 0, rule: 'not-installer-written', refs: [registrationRef(unlocked)] });
  const shell = c.kind === 'cgi' && c.image !== null ? runsAnything(c.image) : null;
  if (shell !== null) {
    const given = c.registrations.map((r) => attributeOf(r, 'arguments') ?? '').find((a) => a !== '');
    const serves = c.registrations.some((r) => !permitsOnly(r.section));
    out.push({ sentence: `${shell} runs whatever it is given${given === undefined ? '' : ` (arguments: ${quote(given)})`}; no product maps requests to it.`, weight: serves ? 2 : 1, refs: all.slice(0, 1) });
  }
  for (const s of c.signatures) {
    if (s.status === 'tampered' || posesAsMicrosoft(s)) out.push({ sentence: `Of ${fileOf(c, s)?.path ?? 'its file'}: ${signatureWords(s)}.`, weight: 2, rule: s.status === 'tampered' ? 'signature-tampered' : 'untrusted-signer', refs: fileRef(fileOf(c, s)) });
  }
  if (isManaged(c)) out.push(...managedCircumstances(c, all));
  return out;
}

function managedCircumstances(c: Component, all: readonly EvidenceRef[]): Circumstance[] {
  const out: Circumstance[] = [];
  const server = c.registrations.find((r) => r.scope === 'server');
  if (server !== undefined) out.push({ sentence: `It is registered for the whole server (${lineOf(server)}), not by one application.`, weight: 2, refs: [registrationRef(server)] });
  if (posesAsVendor(c)) out.push({ sentence: 'Its type name is in a namespace of .NET or Windows, and no such type is known.', weight: 2, refs: all.slice(0, 1) });
  const name = c.name;
  if (c.kind === 'managed-module' && name !== null && STOCK.isModuleName(name)) out.push({ sentence: `It uses the name of the stock module ${name}.`, weight: 1, rule: 'stock-name-other-image', refs: all.slice(0, 1) });
  const loadsNative = c.entryPoints.includes('RegisterModule');
  if (loadsNative) out.push({ sentence: 'The assembly exports RegisterModule too: it can be loaded as a native module.', weight: 2, refs: all.slice(0, 1) });
  return out;
}

const scale = (words: string, severity: Scale['severity']): Scale => ({ words, severity });
const NATIVE = scale('unknown native code sees every request of its processes: medium, and high from 2 points', (sum) => (sum >= 2 ? 'high' : 'medium'));
const SWITCHED_OFF = scale('an unknown ISAPI filter that the configuration has switched off: info, low from 1 point, medium from 2', (sum) => (sum >= 2 ? 'medium' : sum === 1 ? 'low' : 'info'));
const EXTENSION = scale('an unknown ISAPI extension sees the requests that are mapped to it alone: low, medium from 1 point, high from 2', (sum) => (sum >= 2 ? 'high' : sum === 1 ? 'medium' : 'low'));
const MANAGED = scale('unknown managed types are what applications consist of: info, low from 1 point, medium from 2, high from 4', (sum) => (sum >= 4 ? 'high' : sum >= 2 ? 'medium' : sum === 1 ? 'low' : 'info'));
const SHELL = scale('a program that runs whatever it is given: medium, and high from 2 points', (sum) => (sum >= 2 ? 'high' : 'medium'));
const PROGRAM = scale('another program: low, and medium from 2 points', (sum) => (sum >= 2 ? 'medium' : 'low'));

/** How points make the severity of an unknown component, by what kind of code it is. */
export function scaleOf(c: Component): Scale {
  if (c.kind === 'isapi-filter' && c.registrations.every((r) => attributeOf(r, 'enabled')?.toLowerCase() === 'false')) return SWITCHED_OFF;
  // Outside Windows and Program Files its place is a point.
  if (c.kind === 'isapi-extension') return EXTENSION;
  if (isNative(c)) return NATIVE;
  if (isManaged(c)) return MANAGED;
  return c.kind === 'cgi' && c.image !== null && runsAnything(c.image) !== null ? SHELL : PROGRAM;
}

/** Severity of an unknown component by where it lies and how it came. */
export const severityOf = (c: Component, found: readonly WeighedFact[]): Severity => scaleOf(c).severity(found.reduce((total, f) => total + f.weight, 0));

/** Whether the name is one that Windows or a known product uses for a module or filter. */
export const isUsedName = (name: string): boolean => STOCK.isModuleName(name) || STOCK.isFilterName(name) || PRODUCTS.isModuleName(name) || PRODUCTS.isFilterName(name);
