import { compareBy, compareText, foldCase } from '../../shared/base/compare.ts';
import { type ClrFacts, HTTP_TYPES, type HttpType, type OpenType, type PeFacts, type PeKind } from '../../shared/model/index.ts';
import type { ImageFacts, ImageIndex } from './facts.ts';

/** An assembly of the server. */
interface Assembly {
  readonly facts: ImageFacts;
  readonly clr: ClrFacts;
  /** Folded folder; '' when where it lay is not known. */
  readonly folder: string;
  readonly index: number;
}

/** A type of one assembly inherits from a type of another: from any of `candidates`, which are files of that name. */
interface Edge {
  readonly assembly: Assembly;
  readonly type: string;
  readonly open: OpenType | null;
  readonly parent: string;
  readonly candidates: readonly Assembly[];
}

/** How a type came to be something. */
interface Reached { readonly role: string; readonly chain: string; readonly length: number; readonly edge: Edge | null }

/** Copies of one assembly with different content that are looked at for one parent. */
const MAX_CANDIDATES = 16;
const MAX_EDGES = 200_000;
const MAX_REACHED = 50_000;
/** Base types between a type and what ASP.NET calls; more is a trick. */
const MAX_CHAIN = 16;

const keyOf = (assembly: Assembly, type: string): string => `${assembly.index}\0${type}`;

/**
 * Types that are modules, handlers or the like only through a base type or interface in another assembly of the same
 * server, by evidencePath. `through` tells the chain, and where files of one name say different things. Circles end;
 * nothing is guessed: a parent whose assembly is not in the evidence stays open.
 */
export function inheritedTypes(images: readonly ImageFacts[]): ReadonlyMap<string, readonly HttpType[]> {
  const assemblies = images.flatMap((facts, index): Assembly[] => {
    const clr = facts.pe?.clr ?? null;
    const path = foldCase(facts.place.path ?? '');
    return clr === null || clr.assembly === '' ? [] : [{ facts, clr, folder: path.slice(0, Math.max(0, path.lastIndexOf('\\'))), index }];
  });
  if (!assemblies.some((a) => a.clr.openTypes.length > 0)) return new Map();
  return new Resolver(assemblies).resolve();
}

class Resolver {
  readonly #assemblies: readonly Assembly[];
  readonly #byName = new Map<string, Assembly[]>();
  /** Edges by the type that they come from. */
  readonly #edges = new Map<string, Edge[]>();
  readonly #reached = new Map<string, Map<string, Reached>>();
  readonly #queue: { readonly assembly: Assembly; readonly type: string; readonly reached: Reached }[] = [];
  #count = 0;

  constructor(assemblies: readonly Assembly[]) {
    this.#assemblies = assemblies;
    for (const assembly of assemblies) {
      const name = foldCase(assembly.clr.assembly);
      const list = this.#byName.get(name);
      if (list) list.push(assembly);
      else this.#byName.set(name, [assembly]);
    }
    for (const assembly of assemblies) this.#connect(assembly);
  }

  #connect(assembly: Assembly): void {
    for (const open of assembly.clr.openTypes) for (const parent of open.parents) this.#add(assembly, open.type, open, parent);
    for (const forward of assembly.clr.forwards) this.#add(assembly, forward.type, null, forward);
  }

  #add(assembly: Assembly, type: string, open: OpenType | null, parent: { readonly type: string; readonly assembly: string }): void {
    const candidates = this.#candidates(assembly, parent.assembly);
    const edge: Edge = { assembly, type, open, parent: parent.type, candidates };
    for (const candidate of candidates) {
      if (this.#count >= MAX_EDGES) return;
      this.#count += 1;
      const key = keyOf(candidate, parent.type);
      const list = this.#edges.get(key);
      if (list) list.push(edge);
      else this.#edges.set(key, [edge]);
    }
  }

  readonly #known = new Map<string, readonly Assembly[]>();

  /** Files of an assembly's name: those beside the file that asks, else all of the server; of equal content one. */
  #candidates(from: Assembly, name: string): readonly Assembly[] {
    const key = `${from.folder}\0${foldCase(name)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const all = this.#byName.get(foldCase(name)) ?? [];
    const beside = from.folder === '' ? [] : all.filter((a) => a.folder === from.folder);
    const distinct = new Map<string, Assembly>();
    for (const assembly of beside.length > 0 ? beside : all) {
      const content = assembly.facts.file?.sha256 ?? `${assembly.index}`;
      if (!distinct.has(content)) distinct.set(content, assembly);
    }
    const found = [...distinct.values()].sort(compareBy((a) => a.facts.place.evidencePath)).slice(0, MAX_CANDIDATES);
    this.#known.set(key, found);
    return found;
  }

  resolve(): ReadonlyMap<string, readonly HttpType[]> {
    for (const assembly of this.#assemblies) {
      for (const { type, implements: roles } of [...assembly.clr.httpTypes, ...assembly.clr.httpInterfaces]) {
        if (!this.#edges.has(keyOf(assembly, type))) continue;
        for (const role of roles) this.#reach(assembly, type, { role, chain: role, length: 0, edge: null });
      }
    }
    for (let done = 0; done < this.#queue.length && done < MAX_REACHED; done++) {
      const item = this.#queue[done];
      if (item !== undefined) this.#spread(item.assembly, item.type, item.reached);
    }
    return this.#answers();
  }

  #reach(assembly: Assembly, type: string, reached: Reached): void {
    const key = keyOf(assembly, type);
    const roles = this.#reached.get(key) ?? new Map<string, Reached>();
    this.#reached.set(key, roles);
    if (roles.has(reached.role)) return;
    roles.set(reached.role, reached);
    this.#queue.push({ assembly, type, reached });
  }

  #spread(assembly: Assembly, type: string, { role, chain, length }: Reached): void {
    if (length >= MAX_CHAIN) return;
    const { place } = assembly.facts;
    const step = `${type} of ${assembly.clr.assembly} ${assembly.clr.version} (${place.path ?? place.evidencePath})`;
    for (const edge of this.#edges.get(keyOf(assembly, type)) ?? []) this.#reach(edge.assembly, edge.type, { role, chain: length === 0 ? step : `${step}, through ${chain}`, length: length + 1, edge });
  }

  #answers(): ReadonlyMap<string, readonly HttpType[]> {
    const answers = new Map<string, HttpType[]>();
    for (const assembly of this.#assemblies) {
      const found: HttpType[] = [];
      const own = new Map(assembly.clr.httpTypes.map((t) => [t.type, new Set(t.implements)]));
      for (const open of assembly.clr.openTypes) {
        if (open.interface) continue;
        const reached = [...(this.#reached.get(keyOf(assembly, open.type))?.values() ?? [])].filter((r) => r.edge?.open === open && own.get(open.type)?.has(r.role) !== true);
        if (reached.length === 0) continue;
        const through = [...new Set(reached.map((r) => `${r.chain}${this.#doubt(r)}`))].sort(compareText).join('; ');
        found.push({ type: open.type, implements: reached.map((r) => r.role).sort(compareText), through });
      }
      if (found.length > 0) answers.set(assembly.facts.place.evidencePath, found);
    }
    return answers;
  }

  /** What is said where several files carry the name of the parent's assembly and nothing tells which one is loaded. */
  #doubt({ edge, role }: Reached): string {
    if (edge === null || edge.candidates.length < 2) return '';
    const agree = edge.candidates.filter((c) => this.#reached.get(keyOf(c, edge.parent))?.has(role) === true).length;
    return ` (${edge.candidates.length}${edge.candidates.length === MAX_CANDIDATES ? ' or more' : ''} different files of the evidence have that assembly's name and nothing tells which is loaded; ${agree === edge.candidates.length ? 'all' : `${agree}`} of them make it so)`;
  }
}

const KINDS: readonly PeKind[] = ['native-module', 'isapi-filter', 'isapi-extension', 'managed-module', 'managed-handler'];

/** Facts of a file with the types that it has through other assemblies, and the kinds that follow from them. */
function extended(pe: PeFacts, extra: readonly HttpType[]): PeFacts {
  if (pe.clr === null) return pe;
  const httpTypes = [...pe.clr.httpTypes, ...extra].sort(compareBy((t) => t.type));
  const roles = new Set(extra.flatMap((t) => t.implements.map((name) => HTTP_TYPES.get(name))));
  const kinds = new Set<PeKind>([...pe.kinds, ...(roles.has('module') ? ['managed-module' as const] : []), ...(roles.has('handler') ? ['managed-handler' as const] : [])]);
  return { ...pe, clr: { ...pe.clr, httpTypes: merged(httpTypes) }, kinds: KINDS.filter((kind) => kinds.has(kind)) };
}

/** One row for each type: what it is by itself and what through others. */
function merged(types: readonly HttpType[]): HttpType[] {
  const byType = new Map<string, HttpType>();
  for (const type of types) {
    const known = byType.get(type.type);
    const through = known?.through ?? type.through;
    byType.set(type.type, known === undefined ? type : { type: type.type, implements: [...new Set([...known.implements, ...type.implements])].sort(compareText), ...(through === undefined ? {} : { through }) });
  }
  return [...byType.values()];
}

/** The images of a server, each with what its types inherit from the other assemblies of that server. */
export function withInherited(images: ImageIndex): ImageIndex {
  const extra = inheritedTypes(images.all);
  if (extra.size === 0) return images;
  const known = new Map<string, PeFacts>();
  const extend = (facts: ImageFacts): ImageFacts => {
    const types = extra.get(facts.place.evidencePath);
    if (types === undefined || facts.pe === null) return facts;
    const pe = known.get(facts.place.evidencePath) ?? extended(facts.pe, types);
    known.set(facts.place.evidencePath, pe);
    return { ...facts, pe };
  };
  return { lookup: (imagePath, bitness) => extend(images.lookup(imagePath, bitness)), all: images.all.map(extend) };
}
