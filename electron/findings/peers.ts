import { foldCase } from '../../shared/base/compare.ts';
import type { Component, EvidenceRef, Server } from '../../shared/model/index.ts';
import type { ImageFacts, ImageIndex } from '../components/index.ts';
import { fileName } from '../knowledge/index.ts';

/** A value of a file by which others are found that were made from the same. The strongest first. */
export const PEER_TRAITS = ['sha256', 'mvid', 'symbols', 'pdb', 'imphash'] as const;
export type PeerTrait = (typeof PEER_TRAITS)[number];

/** A component with a file, and where a value that it shares stands in that file. */
export interface Peer {
  readonly server: Pick<Server, 'id' | 'name'>;
  readonly component: Component;
  readonly ref: EvidenceRef;
}

/** Components of all servers of a case by what their files have in common. */
export interface Peers {
  readonly servers: number;
  /** Components whose file was read. */
  readonly files: number;
  /** Values of one component's file, as they are compared. */
  traits(component: Component): readonly { readonly trait: PeerTrait; readonly value: string }[];
  /** All that have the value, in the order of the servers. */
  holders(trait: PeerTrait, value: string): readonly Peer[];
}

/** Import hashes of files that import only the start of the runtime: MD5 of `mscoree._cordllmain` and `mscoree._corexemain`. */
const MANAGED_IMPORTS = new Set(['dae02f32a21e03ce65412f6e56942daa', 'f34d5f2d4577ed6d9ceec516c1f5a744']);
/** Fewer imported functions than these are the same in many programs. */
const TELLING_IMPORTS = 20;
/** No tool makes a GUID of one byte over and over: whoever wrote it says nothing with it. */
const says = (guid: string): boolean => !/^(..)\1*$/.test(guid.replaceAll('-', '').slice(0, 32)) && guid !== '';

interface Value { readonly trait: PeerTrait; readonly value: string; readonly at: { readonly offset: number; readonly length?: number } }

/** Compares the files of all components once, before the rules of the first server run. */
export function peersOf(all: readonly { readonly server: Pick<Server, 'id' | 'name'>; readonly components: readonly Component[]; readonly images: ImageIndex }[]): Peers {
  const index = new Map<string, Peer[]>();
  const own = new Map<string, readonly Value[]>();
  for (const { server, components, images } of all) {
    const byPlace = new Map(images.all.map((image) => [image.place.evidencePath, image]));
    for (const component of components) {
      const { file } = component;
      if (file === null) continue;
      const values = valuesOf(file.sha256, byPlace.get(file.evidencePath));
      own.set(component.id, values);
      for (const { trait, value, at } of values) {
        const key = `${trait}\0${value}`;
        const peer = { server, component, ref: { path: file.path, evidencePath: file.evidencePath, ...at, sha256: file.sha256 } };
        const list = index.get(key);
        if (list === undefined) index.set(key, [peer]);
        else list.push(peer);
      }
    }
  }
  return { servers: all.length, files: own.size, traits: ({ id }) => own.get(id) ?? [], holders: (trait, value) => index.get(`${trait}\0${value}`) ?? [] };
}

function valuesOf(sha256: string, image: ImageFacts | undefined): Value[] {
  const values: Value[] = sha256 === '' ? [] : [{ trait: 'sha256', value: sha256, at: { offset: 0 } }];
  const pe = image?.pe ?? null;
  if (pe === null) return values;
  const mvid = pe.clr?.mvid.toLowerCase() ?? '';
  if (says(mvid)) values.push({ trait: 'mvid', value: mvid, at: { offset: 0 } });
  for (const entry of pe.debug) {
    const at = { offset: entry.dataOffset, length: entry.dataSize };
    // A symbol server finds the file by its name and this identity.
    if (entry.identity !== null && entry.pdb !== null && says(entry.identity)) values.push({ trait: 'symbols', value: `${foldCase(fileName(entry.pdb.replaceAll('/', '\\')))} ${entry.identity.toUpperCase()}`, at });
    // A bare name says nothing of the machine on which it was built.
    if (entry.pdb !== null && /[\\/]/.test(entry.pdb)) values.push({ trait: 'pdb', value: foldCase(entry.pdb), at });
  }
  const imported = pe.imports.reduce((n, dll) => n + dll.names.length, 0);
  if (pe.imphash !== null && !MANAGED_IMPORTS.has(pe.imphash) && imported >= TELLING_IMPORTS) values.push({ trait: 'imphash', value: pe.imphash, at: { offset: 0 } });
  const seen = new Set<string>();
  return values.filter(({ trait, value }) => !seen.has(`${trait} ${value}`) && seen.add(`${trait} ${value}`));
}
