import type { Component, ComponentKind, Moment, Origin, Severity, SignatureStatus, TimeFidelity } from '../../shared/model/index.ts';
import { value } from './blocks.ts';

const FIDELITY: Readonly<Record<Moment['fidelity'], string>> = {
  exact: 'written as it happened', 'mtime-only': 'a file time, which anybody with access can set', 'order-only': 'only the order is known',
  forgeable: 'a stamp that the maker of the file chooses', 'zone-assumed': 'local time read as UTC, the zone is assumed',
};
const FROM: Readonly<Record<Moment['from'], string>> = {
  'history-order': 'order of the configuration copies', 'file-time': 'time of a file', log: 'log row', pe: 'PE header', none: 'nothing dates it',
};

/** When, from what, and what that is worth. */
export function momentText(moment: Moment): string {
  const { time, order, from, fidelity } = moment;
  if (time === null) return order === undefined ? 'not dated by anything in the evidence' : `in configuration copy no. ${order} and later; nothing dates it`;
  return `${time} (${FROM[from]}: ${FIDELITY[fidelity]})`;
}

export const KIND_WORDS: Readonly<Record<ComponentKind, string>> = {
  'native-module': 'native module', 'managed-module': 'managed module', 'managed-handler': 'managed handler', 'isapi-filter': 'ISAPI filter',
  'isapi-extension': 'ISAPI extension', cgi: 'CGI or FastCGI program', other: 'other',
};
export const ORIGIN_WORDS: Readonly<Record<Origin, string>> = { stock: 'ships with IIS or .NET', 'known-product': 'known product', unknown: 'unknown' };
export const SIGNATURE_WORDS: Readonly<Record<SignatureStatus, string>> = {
  valid: 'valid', 'valid-untrusted-root': 'valid, but the root is not a trusted one', expired: 'expired', 'wrong-usage': 'made with a certificate for another use',
  tampered: 'does not fit the file', malformed: 'malformed', unsigned: 'unsigned', catalog: 'valid through a catalog', 'not-checked': 'not checked',
};
export const FILE_STATUS_WORDS: Readonly<Record<Component['fileStatus'], string>> = {
  present: 'in the evidence', absent: 'absent: its folder was collected and it is not in it', 'not-collected': 'not collected', 'not-a-file': 'not a plain file', none: 'names no file',
};
/** What the times of a file are worth, by what the collection kept of them. */
export const FIDELITY_WORDS: Readonly<Record<TimeFidelity, string>> = {
  full: 'as on the server; anybody with access can set them', 'mtime-only': 'the time of the content alone was kept; anybody with access can set it', none: 'times of the copy, not of the server',
};
const RANK: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2, info: 3 };

/** 0 for the gravest; 4 where there is none. */
export function rankOf(severity: Severity | null): number {
  return severity === null ? 4 : RANK[severity];
}

/** What a component is called: its name, else its type or image. */
export function nameOf(component: Component): string {
  return value(component.name ?? component.type ?? component.image ?? component.file?.path ?? component.file?.evidencePath ?? component.id);
}

/** Sites and applications that load it, each once. */
export function loadedByText(component: Component, most = 20): string {
  if (component.loadedBy.length === 0) return component.dormant === null ? 'no site or application that is known' : `nothing: ${value(component.dormant)}`;
  const all = [...new Set(component.loadedBy.map((l) => `${value(l.site)}${l.application === '/' ? '' : value(l.application)}`))];
  return all.length <= most ? all.join(', ') : `${all.slice(0, most).join(', ')} and ${all.length - most} more`;
}
