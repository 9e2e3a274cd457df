import type { Component, EvidenceFile, EvidenceRef } from '../../../shared/model/index.ts';
import { UNDATED, type Entry, type Hit } from './entry.ts';
import type { IndicatorIndex } from './indicator-index.ts';
import { fileName } from '../../knowledge/index.ts';

/** What is compared of a program file besides its name. */
export interface ImageValues {
  readonly sha256: string;
  readonly imphash: string | null;
  readonly pdb: readonly string[];
  readonly mvid: string | null;
  readonly identity: { readonly md5: string; readonly sha1: string } | null;
  readonly signedBy: readonly { readonly subject: string; readonly thumbprint: string }[];
}

/** Components by the evidence path of their files. */
export type FilesOfComponents = ReadonlyMap<string, readonly Component[]>;

export function filesOfComponents(components: readonly Component[]): FilesOfComponents {
  const byFile = new Map<string, Component[]>();
  for (const c of components) {
    for (const file of new Set([c.file, c.file32].flatMap((f) => f?.evidencePath ?? []))) {
      const known = byFile.get(file);
      if (known === undefined) byFile.set(file, [c]);
      else known.push(c);
    }
  }
  return byFile;
}

/** Lines that a file of the evidence meets by its hash, path, name or, for a program file, by what stands in it. */
export function matchFile(index: IndicatorIndex, file: EvidenceFile, image: ImageValues | null, components: FilesOfComponents): Hit[] {
  const where = file.path ?? file.evidencePath;
  const found: { entry: Entry; words: string }[] = [];
  const add = (entries: readonly Entry[], words: string): void => {
    for (const entry of entries) found.push({ entry, words: `${words} ${where}` });
  };
  if (file.sha256 !== null) add(index.exact('sha256', file.sha256), 'is the SHA-256 of');
  if (image !== null) {
    if (image.identity !== null) {
      add(index.exact('sha1', image.identity.sha1), 'is the SHA-1 of');
      add(index.exact('md5', image.identity.md5), 'is the MD5 of');
    }
    if (image.imphash !== null) add(index.exact('imphash', image.imphash), 'is the imphash of');
    if (image.mvid !== null) add(index.exact('mvid', image.mvid.replace(/^\{|\}$/g, '')), 'is the MVID of');
    for (const pdb of image.pdb) add([...index.exact('pdb', pdb), ...(fileName(pdb) === pdb ? [] : index.exact('pdb', fileName(pdb))), ...index.texts(pdb)], 'is in the debug information of');
    for (const { subject, thumbprint } of image.signedBy) {
      for (const value of [thumbprint, subject, ...namesOf(subject)]) add(index.exact('signer', value), 'names a signer of');
    }
  }
  add(index.exact('file-name', fileName(where.replaceAll('/', '\\'))), 'is the name of');
  add(index.path(file.path ?? file.evidencePath.replaceAll('/', '\\')), 'is the path of');
  add(index.texts(where), 'stands in the path of');
  if (found.length === 0) return [];
  const owners = components.get(file.evidencePath) ?? [];
  const ref: EvidenceRef = { path: file.path, evidencePath: file.evidencePath, offset: 0, sha256: file.sha256 ?? image?.sha256 ?? '' };
  const [owner] = owners;
  return once(found).map(({ entry, words }): Hit => ({
    entry, source: 'file', server: owner?.server ?? file.server, component: owner?.id ?? null, about: owner?.id ?? `file ${file.evidencePath}`,
    where: words, refs: [ref], first: owner?.firstSeen ?? UNDATED, count: 1,
  }));
}

/** CN and O of a distinguished name. */
function namesOf(subject: string): string[] {
  return [...subject.matchAll(/(?:^|[,\n+]\s{0,4})(?:CN|O)=("[^"]{0,500}"|[^,\n+]{0,500})/gi)].map((m) => (m[1] ?? '').replaceAll('"', '').trim()).filter((n) => n !== '');
}

function once<T extends { readonly entry: Entry; readonly words: string }>(found: readonly T[]): T[] {
  return [...new Map(found.map((f) => [`${f.entry.list.id} ${f.entry.indicator.line} ${f.entry.indicator.kind} ${f.entry.indicator.value} ${f.words}`, f])).values()];
}
