import type { Output } from '../../../shared/contract/index.ts';
import { fileName } from '../../ui/source-link.tsx';

type Component = Output<'component.list'>['components'][number];

export const KIND_WORDS: Readonly<Record<Component['kind'], string>> = {
  'native-module': 'native module', 'managed-module': 'managed module', 'managed-handler': 'managed handler', 'isapi-filter': 'ISAPI filter',
  'isapi-extension': 'ISAPI extension', cgi: 'CGI program', other: 'other',
};
export const ORIGIN_WORDS: Readonly<Record<Component['origin'], string>> = { stock: 'stock', 'known-product': 'known product', unknown: 'unknown' };
export const FILE_WORDS: Readonly<Record<Component['fileStatus'], string>> = {
  present: 'present', absent: 'absent', 'not-collected': 'not collected', 'not-a-file': 'not a file', none: '',
};
export const SIGNATURE_WORDS: Readonly<Record<Component['signature'], string>> = {
  valid: 'valid', 'valid-untrusted-root': 'valid, own root', expired: 'expired', 'wrong-usage': 'wrong usage', tampered: 'tampered', malformed: 'malformed',
  unsigned: 'unsigned', catalog: 'by catalog', 'not-checked': 'not checked',
};

/** What people call it: its registered name, else its type, else its file. */
export function componentName(c: Component): string {
  return c.name ?? c.type ?? (c.file === null ? (c.image ?? '(no name)') : fileName(c.file.path ?? c.file.evidencePath));
}
