import type { Output } from '../../../shared/contract/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import { fileName } from '../../ui/source-link.tsx';
import { componentName, KIND_WORDS, ORIGIN_WORDS, signatureWords } from './words.ts';

type Component = Output<'component.list'>['components'][number];
type Image = Output<'image.list'>['images'][number];
type Finding = Output<'finding.list'>['findings'][number];
type StackRow = Output<'story.stack'>['rows'][number];
type Problem = Output<'evidence.problems'>['problems'][number];
const NO_PROBLEMS: readonly Problem[] = [];
const NO_STACKS: readonly StackRow[] = [];

/** On how many hosts a component is; `rank` is its place where those that differ come first. */
export interface OnHosts { readonly servers: number; readonly of: number; readonly contents: number; readonly rank: number }

/** A row of the Components screen: something registered, with its file where there is one, or a program file that nothing registers. */
export interface ProgramRow {
  /** Id of the component, or `image:` and the SHA-256. */
  readonly key: string;
  readonly name: string;
  readonly component: Component | null;
  readonly image: Image | null;
  readonly signature: string;
  readonly code: 'native' | 'managed' | '';
  /** Ids of the findings that name it. */
  readonly findings: readonly string[];
  /** What is odd about the file or could not be read in it; null where it was not read as a program. */
  readonly oddities: number | null;
  /** Null where there are not several hosts. */
  readonly hosts: OnHosts | null;
}

export function imageKey(sha256: string): string {
  return `image:${sha256}`;
}

/** Components in the order given, then the files that belong to none. */
export function programRows(components: readonly Component[], images: readonly Image[], findings: readonly Pick<Finding, 'id' | 'component' | 'refs'>[], problems: readonly Pick<Problem, 'evidencePath'>[] = NO_PROBLEMS, stacks: readonly StackRow[] = NO_STACKS): readonly ProgramRow[] {
  const hosts = onHosts(stacks);
  const byHash = new Map(images.map((i) => [i.sha256, i]));
  const unread = new Map<string, number>();
  for (const { evidencePath } of problems) unread.set(evidencePath, (unread.get(evidencePath) ?? 0) + 1);
  const oddities = (image: Image | null, evidencePath: string | undefined): number | null => (image === null ? null : image.oddities + (unread.get(evidencePath ?? '') ?? 0));
  const used = new Set<string>();
  const rows: ProgramRow[] = components.map((component) => {
    const image = component.file === null ? null : (byHash.get(component.file.sha256) ?? null);
    for (const file of [component.file, component.file32]) if (file !== null) used.add(file.sha256);
    return {
      key: component.id, name: componentName(component), component, image, signature: component.signature === 'not-checked' && image !== null ? image.signature : component.signature, code: codeOf(component, image), findings: component.findings, oddities: oddities(image, component.file?.evidencePath), hosts: hosts.get(component.id) ?? null,
    };
  });
  const free = images.filter((i) => !used.has(i.sha256) && i.components.length === 0);
  const named = findingsByPlace(findings);
  for (const image of free) {
    const found = new Set(image.places.flatMap((p) => named.get(p.evidencePath) ?? []));
    rows.push({
      key: imageKey(image.sha256), name: nameOfImage(image), component: null, image, signature: image.signature, code: image.managed ? 'managed' : 'native', findings: [...found], oddities: oddities(image, image.places[0]?.evidencePath), hosts: null,
    });
  }
  return rows;
}

function onHosts(stacks: readonly StackRow[]): ReadonlyMap<string, OnHosts> {
  return new Map(stacks.flatMap(({ servers, of, contents, components }, rank) => components.map((id) => [id, { servers: servers.length, of, contents, rank }] as const)));
}

/** `1 of 3`, and how many contents its file has among them where they differ. */
export function hostsWords({ hosts }: Pick<ProgramRow, 'hosts'>): string {
  return hosts === null ? '' : `${hosts.servers} of ${hosts.of}${hosts.contents > 1 ? `, ${hosts.contents} contents` : ''}`;
}

export function nameOfImage(image: Image): string {
  const place = image.places[0];
  return place === undefined ? image.sha256 : fileName(place.path ?? place.evidencePath);
}

function findingsByPlace(findings: readonly Pick<Finding, 'id' | 'component' | 'refs'>[]): ReadonlyMap<string, readonly string[]> {
  const out = new Map<string, string[]>();
  for (const { id, component, refs } of findings) {
    if (component !== null) continue;
    for (const { evidencePath } of refs) {
      const list = out.get(evidencePath);
      if (list === undefined) out.set(evidencePath, [id]);
      else list.push(id);
    }
  }
  return out;
}

function codeOf(component: Component, image: Image | null): ProgramRow['code'] {
  if (image !== null) return image.managed ? 'managed' : 'native';
  if (component.kind === 'managed-module' || component.kind === 'managed-handler') return 'managed';
  return component.kind === 'native-module' || component.kind === 'isapi-filter' || component.kind === 'isapi-extension' ? 'native' : '';
}

/** Where it is registered, or where the file lies that nothing registers. */
export function registeredWords({ component, image }: ProgramRow): string {
  if (component === null) {
    const places = image?.places ?? [];
    return places.length > 1 ? `nowhere; the file lies at ${places.length} places` : 'nowhere';
  }
  const first = component.registrations[0];
  if (first === undefined) return 'nowhere';
  return component.registrations.length === 1 ? first.scope : `${first.scope} and ${component.registrations.length - 1} more`;
}

/** Everything that the filter of the list looks at. */
export function textOfRow(row: ProgramRow): string {
  const { component: c, image } = row;
  return [
    row.name, signatureWords(row.signature), row.code, image?.signer, image?.machine, image?.sha256, ...(image?.places ?? []).map((p) => p.path ?? p.evidencePath),
    ...(c === null ? ['no component'] : [c.image, c.type, KIND_WORDS[c.kind], ORIGIN_WORDS[c.origin], c.file?.path, c.file?.sha256, ...c.registrations.map((r) => `${r.scope} ${r.section}`)]),
  ].join(' ');
}

const ORIGIN_RANK = { unknown: 0, 'known-product': 1, stock: 2 } as const;
const originRank = (r: ProgramRow): number => (r.component === null ? 0.5 : ORIGIN_RANK[r.component.origin]);

/** Orders rows by a column of the list; `findings` is the order of the screen: findings, then oddities of the file, then origin. */
export function rowOrder(column: string): (a: ProgramRow, b: ProgramRow) => number {
  const name = (r: ProgramRow): string => r.name.toUpperCase();
  const key = (r: ProgramRow): string => r.key;
  const odd = (r: ProgramRow): number => -(r.oddities ?? -1);
  const found = (r: ProgramRow): number => -r.findings.length;
  switch (column) {
    case 'name': return compareBy(name, key);
    case 'kind': return compareBy((r) => r.component?.kind ?? '~', name, key);
    case 'origin': return compareBy(originRank, name, key);
    case 'signature': return compareBy((r) => r.signature, name, key);
    case 'code': return compareBy((r) => r.code, name, key);
    case 'linker': return compareBy((r) => r.image?.linkerTime ?? '~', name, key);
    case 'first': return compareBy((r) => r.component?.firstSeen.time ?? '~', (r) => r.component?.firstSeen.order ?? 1e9, name, key);
    case 'hosts': return compareBy((r) => r.hosts?.rank ?? 1e9, name, key);
    case 'oddities': return compareBy(odd, found, originRank, name, key);
    default: return compareBy(found, odd, originRank, name, key);
  }
}
