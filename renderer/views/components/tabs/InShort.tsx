import type { ReactNode } from 'react';
import type { PeFacts } from '../../../../shared/model/index.ts';
import { Badge, count, Fields, VisibleText, type Field } from '../../../ui/index.ts';
import type { Program } from '../use-program.ts';
import { KIND_WORDS, NOT_READ, SIGNATURE_TONE, signatureWords, statusOf, USE_WORDS } from '../words.ts';
import { odditiesOf } from './oddities.ts';

/** So many abilities stand in the strip; all of them follow below it. */
const FIRST = 3;

/** What stands in the place of a signer's name. */
const NOBODY: Readonly<Record<string, string>> = { unsigned: 'nobody', malformed: 'not readable' };

/** The file in five lines: what it is, what it says of itself, who signed it, what it can see and change, what is odd. */
export function InShort({ program, facts }: { readonly program: Program; readonly facts: PeFacts }): ReactNode {
  const status = statusOf(program);
  const tone = SIGNATURE_TONE[status];
  const signer = program.row?.signer ?? program.authenticode?.signers[0]?.subject ?? null;
  const fields: readonly Field[] = [
    { name: 'is', value: <VisibleText text={whatItIs(program, facts)} /> },
    ...(saysOfItself(facts) === '' ? [] : [{ name: 'says of itself', value: <><VisibleText text={saysOfItself(facts)} /> <span className="quiet">(anybody can write this)</span></> }]),
    { name: 'signed by', value: <>{signer === null ? (NOBODY[status] ?? 'not known') : <VisibleText text={signer} />} <Badge {...(tone === undefined ? {} : { tone })}>{signatureWords(status)}</Badge></> },
    { name: 'sees, changes', value: <VisibleText text={seesAndChanges(facts)} /> },
    { name: 'odd', value: <VisibleText text={whatIsOdd(program)} /> },
  ];
  return <section aria-label="In short"><Fields label="In short" fields={fields} /></section>;
}

/** `a native module for IIS: x64 DLL, native code; registered as native module`. */
export function whatItIs({ component, problems }: Pick<Program, 'component' | 'problems'>, facts: PeFacts): string {
  const code = facts.clr === null ? 'native code' : facts.clr.mixedMode ? '.NET and native code' : '.NET';
  const use = facts.kinds.length === 0 ? (problems.length > 0 ? 'nothing that IIS loads, as far as it could be read' : 'nothing that IIS loads') : facts.kinds.map((k) => USE_WORDS[k]).join(', ');
  const registered = component === null || component.registrations.length === 0 ? 'registered nowhere' : `registered as ${KIND_WORDS[component.kind]}`;
  return `${use}; ${facts.machine}${facts.isDll ? ' DLL' : ' program'}, ${code}; ${registered}`;
}

/** Product, maker and version as the version information gives them; empty without any. */
export function saysOfItself({ versionInfo }: Pick<PeFacts, 'versionInfo'>): string {
  const value = (name: string): string => (Object.hasOwn(versionInfo, name) ? (versionInfo[name] ?? '') : '');
  const cut = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}...` : text);
  return [value('FileDescription') || value('ProductName'), value('CompanyName'), value('FileVersion')].filter((text) => text.trim() !== '').map(cut).join(', ');
}

/** The first things that it sees or changes, and how many more there are. */
export function seesAndChanges({ capabilities, fields }: Pick<PeFacts, 'capabilities' | 'fields'>): string {
  if (fields.length === 0) return NOT_READ;
  const of = (...groups: readonly string[]): readonly string[] => [...new Set(capabilities.filter((c) => groups.includes(c.group)).map((c) => c.what))];
  const main = [...of('sees'), ...of('changes')];
  const others = of('requests', 'system', 'hides').length;
  const rest = Math.max(0, main.length - FIRST) + others;
  const limits = of('limits').length === 0 ? '' : '; not all could be recovered';
  if (main.length === 0) return `${others === 0 ? 'nothing that its bytes show' : `nothing of requests; ${count(others)} other abilities below`}${limits}`;
  return `${main.slice(0, FIRST).join('; ')}${rest === 0 ? '' : `; ${count(rest)} more below`}${limits}`;
}

/** The first oddity, and how many more there are. */
export function whatIsOdd(program: Pick<Program, 'facts' | 'problems' | 'authenticode'>): string {
  const odd = odditiesOf(program);
  const first = odd.find((o) => o.what !== 'file') ?? odd[0];
  return first === undefined ? 'nothing was found' : `${first.message}${odd.length === 1 ? '' : ` (and ${count(odd.length - 1)} more: Oddities tab)`}`;
}
