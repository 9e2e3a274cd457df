import { quote } from '../../shared/base/limits.ts';
import type { Component, ComponentFile, ComponentKind, ComponentSignature, EvidenceRef } from '../../shared/model/index.ts';
import { type ImageIndex, permitsOnly, refOfRegistration } from '../components/index.ts';
import { fileName } from '../knowledge/index.ts';
import { signatureWords } from './signatures.ts';
import { imageOf } from './image-of.ts';

const KIND: Readonly<Record<ComponentKind, string>> = {
  'native-module': 'native module',
  'managed-module': 'managed module',
  'managed-handler': 'managed handler',
  'isapi-filter': 'ISAPI filter',
  'isapi-extension': 'ISAPI extension',
  cgi: 'CGI program',
  other: 'entry',
};

export const kindWords = (kind: string): string => KIND[kind as ComponentKind] ?? kind;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `native module "X" (C:\...\x.dll)`, for the middle of a sentence. */
export function subjectOf(c: Component): string {
  const what = c.image ?? c.type;
  const name = c.name === null || c.name === what ? null : `"${quote(c.name)}"`;
  return [kindWords(c.kind), name, what === null ? null : name === null ? quote(what) : `(${quote(what)})`].filter((p) => p !== null).join(' ');
}

/** The same at the beginning of a sentence. */
export const Subject = (c: Component): string => capital(subjectOf(c));

/** `applicationHost.config line 312`. */
export function lineOf(r: { readonly path: string | null; readonly evidencePath: string; readonly line?: number | undefined }): string {
  const file = fileName(r.path ?? r.evidencePath.replaceAll('/', '\\'));
  return r.line === undefined ? file : `${file} line ${r.line}`;
}

export { refOfRegistration as registrationRef };

/** More references than this say nothing new; the count is in the sentences. */
const MAX_REFS = 20;

/** Registrations first, then the files themselves. */
export function refsOf(c: Component): EvidenceRef[] {
  const files = [c.file, c.file32].flatMap((f) => (f === null ? [] : [{ path: f.path, evidencePath: f.evidencePath, offset: 0, sha256: f.sha256 }]));
  return [...c.registrations.slice(0, MAX_REFS).map(refOfRegistration), ...files];
}

/** Drops doubles and cuts; keeps the order. */
export function distinctRefs(refs: readonly EvidenceRef[], max: number = MAX_REFS): EvidenceRef[] {
  const seen = new Map<string, EvidenceRef>();
  for (const r of refs) seen.set([r.evidencePath, r.line, r.column, r.offset].join('\u0000'), r);
  return [...seen.values()].slice(0, max);
}

/** `copy CFGHISTORY_0000000007`, the file in force (of another file than applicationHost.config with its path), what a pool was started with. */
export function copyWords(id: string): string {
  if (id === 'live') return 'the file in force';
  if (id.startsWith('live:')) return `${quote(id.slice(5))} in force`;
  if (id.startsWith('absent:')) return 'now, where the file is gone';
  return id.startsWith('pool:') ? `what pool ${quote(id.slice(5))} was started with` : `copy ${quote(id)}`;
}

/** `between copy A and copy B`. */
export const between = (change: { readonly from: string; readonly to: string }): string => `between ${copyWords(change.from)} and ${copyWords(change.to)}`;

/** `Registered in SECTION at applicationHost.config line 312, scope server.` for each, at most three. */
export function registeredWords(c: Component): string[] {
  const shown = c.registrations.slice(0, 3).map((r) => `${permitsOnly(r.section) ? 'Permitted' : 'Registered'} in ${r.section} at ${lineOf(r)}, scope ${r.scope}.`);
  const more = c.registrations.length - shown.length;
  return more > 0 ? [...shown, `And ${more} more registrations.`] : shown;
}

/** What the evidence holds of the file, and of the one that 32-bit processes load. */
export function fileWords(c: Component): string {
  const other = c.file32 === null ? '' : ` 32-bit processes load ${c.file32.path ?? c.file32.evidencePath}: SHA-256 ${c.file32.sha256}; ${signedWords(c, 'file32')}.`;
  return `${mainWords(c)}${other}`;
}

function mainWords(c: Component): string {
  if (c.file !== null) return `The file is in the evidence: SHA-256 ${c.file.sha256}; ${signedWords(c, 'file')}.`;
  if (c.fileStatus === 'absent') return 'The file is not in its folder, which was collected.';
  return c.fileStatus === 'not-collected' ? 'The file was not collected.' : 'No file is known for it.';
}

function signedWords(c: Component, which: ComponentSignature['which']): string {
  const signature = c.signatures.find((s) => s.which === which);
  return signature === undefined ? 'its signature was not checked' : signatureWords(signature);
}

/** The file that a signature of the component belongs to. */
export const fileOf = (c: Component, s: ComponentSignature): ComponentFile | null => (s.which === 'file32' ? c.file32 : c.file);

/** The table of signatures of a file as a reference; the file's beginning where it has none. */
export function tableRef(images: ImageIndex, file: ComponentFile | null): EvidenceRef[] {
  const table = imageOf(images, file)?.pe?.certificateTable ?? null;
  return fileRef(file).map((ref) => (table === null || table.offset > (file?.size ?? 0) ? ref : { ...ref, offset: table.offset }));
}

/** The beginning of a file as a reference, or nothing. */
export function fileRef(file: ComponentFile | null): EvidenceRef[] {
  return file === null ? [] : [{ path: file.path, evidencePath: file.evidencePath, offset: 0, sha256: file.sha256 }];
}
