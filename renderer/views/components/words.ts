import type { Output } from '../../../shared/contract/index.ts';
import { fileName } from '../../ui/source-link.tsx';

type Component = Output<'component.list'>['components'][number];
type Image = Output<'image.list'>['images'][number];

export const KIND_WORDS: Readonly<Record<Component['kind'], string>> = {
  'native-module': 'native module', 'managed-module': 'managed module', 'managed-handler': 'managed handler', 'isapi-filter': 'ISAPI filter',
  'isapi-extension': 'ISAPI extension', cgi: 'CGI program', other: 'other',
};
export const ORIGIN_WORDS: Readonly<Record<Component['origin'], string>> = { stock: 'stock', 'known-product': 'known product', unknown: 'unknown' };
export const FILE_WORDS: Readonly<Record<Component['fileStatus'], string>> = {
  present: 'present', absent: 'absent', 'not-collected': 'not collected', 'not-a-file': 'not a file', none: '',
};
export const SIGNATURE_WORDS: Readonly<Record<Component['signature'], string>> = {
  valid: 'valid', 'valid-untrusted-root': 'valid, unknown root', expired: 'expired', 'wrong-usage': 'wrong usage', tampered: 'tampered', malformed: 'malformed',
  unsigned: 'unsigned', catalog: 'by catalog', 'not-checked': 'not checked',
};
/** What the file can be used as, by its exports and metadata. */
export const USE_WORDS: Readonly<Record<Image['kinds'][number], string>> = {
  'native-module': 'native module', 'isapi-filter': 'ISAPI filter', 'isapi-extension': 'ISAPI extension', 'managed-module': 'managed module', 'managed-handler': 'managed handler',
};
/** Said where a fact is missing because an earlier version of the program, which did not read it, made the case. */
export const NOT_READ = 'Not read by the version that made this case. Read the evidence again to have it.';

/** The verdict in the words of the lists; a word of a later version stands for itself. */
export function signatureWords(status: string): string {
  return Object.hasOwn(SIGNATURE_WORDS, status) ? SIGNATURE_WORDS[status as Component['signature']] : status;
}

/** What a verdict means, in one sentence. */
const SIGNATURE_SENTENCES: Readonly<Record<Component['signature'], string>> = {
  valid: 'The signature holds and leads to an authority that this program knows. It says who signed, not that the file belongs here.',
  'valid-untrusted-root': 'The signature holds, but it leads to no authority that this program knows: anybody can make such a one.',
  expired: 'The signature holds, but a certificate had expired and no timestamp proves that it was made before.',
  'wrong-usage': 'The signature holds, but its certificate is not meant for signing code.',
  tampered: 'The signature does not belong to these bytes: the file, or the signature, was changed.',
  malformed: 'There is a certificate table, but it cannot be read as a signature.',
  unsigned: 'The file has no signature of its own and no catalog that was collected covers it.',
  catalog: 'The file has no signature of its own; a signed catalog that was collected covers it.',
  'not-checked': 'Not checked: this neither accuses nor clears.',
};
export function signatureSentence(status: string): string {
  return Object.hasOwn(SIGNATURE_SENTENCES, status) ? SIGNATURE_SENTENCES[status as Component['signature']] : status;
}

/** What people call it: its registered name, else its type, else its file. */
export function componentName(c: Component): string {
  return c.name ?? c.type ?? (c.file === null ? (c.image ?? '(no name)') : fileName(c.file.path ?? c.file.evidencePath));
}

/** `0x1A400`. */
export function hex(n: number): string {
  return `0x${n.toString(16).toUpperCase()}`;
}

/** Colour of a verdict; none for what neither accuses nor clears: anybody can buy a certificate, so a signature that holds clears nothing. */
export const SIGNATURE_TONE: Readonly<Record<string, 'warn' | 'bad'>> = { tampered: 'bad', malformed: 'bad', 'valid-untrusted-root': 'warn', 'wrong-usage': 'warn', expired: 'warn' };

/** The verdict on the signature of a program, wherever it stands. */
export function statusOf({ authenticode, component, row }: { readonly authenticode: { readonly status: string } | null; readonly component: Pick<Component, 'signature'> | null; readonly row: Pick<Image, 'signature'> | null }): string {
  return authenticode?.status ?? component?.signature ?? row?.signature ?? 'not-checked';
}
