import { compareBy, compareText } from '../../../../shared/base/compare.ts';
import { HTTP_TYPES, type HttpType, type OpenType } from '../../../../shared/model/pe/index.ts';
import { LimitReached } from '../../kit/findings.ts';
import type { OpenTables } from './metadata.ts';
import { type Target, decodeAs, token } from './tables.ts';

const INTERFACE = 0x20;
/** Pairs of a type and something that it inherits: an honest file has fewer than it has types. */
const MAX_INHERITED = 100_000;
const MAX_OPEN_TYPES = 2000;
const MAX_PARENTS = 32;
const SHARED_COST = 8;

/** Keys of Microsoft's own platform assemblies: a reference with such a token is satisfied by nobody else's file. */
const PLATFORM_KEYS: ReadonlySet<string> = new Set(['b77a5c561934e089', 'b03f5f7f11d50a3a', 'cc7b13ffcd2ddd51', '7cec85d7bea7798e', '31bf3856ad364e35']);
/** Platform assemblies in which no type of ASP.NET's pipeline lies. */
const PLAIN = /^(?:mscorlib|netstandard|WindowsBase|PresentationCore|PresentationFramework|Microsoft\.(?:CSharp|VisualBasic|Win32\.[\w.]+)|System(?:\.(?!Web|IdentityModel|ServiceModel)[\w.]+)?)$/;

const DEFINES = /^(?:$|System\.|Microsoft\.)/;

export interface Inheritance {
  httpTypes: HttpType[];
  /** Interfaces of the module that extend one which ASP.NET calls. */
  httpInterfaces: HttpType[];
  openTypes: OpenType[];
}

/** Something that a type inherits: a name that ASP.NET calls, or a parent in another assembly. */
interface Trait { readonly role: string | null; readonly type: string; readonly assembly: string }

/** Name and public key token (null for none) of a row of AssemblyRef. */
export type ReferenceName = (row: number) => Reference;
interface Reference { readonly name: string; readonly token: string | null }

/** True for a reference to a platform assembly without types of ASP.NET's pipeline, which only Microsoft's key satisfies. */
export function isPlainPlatform({ name, token: key }: Reference): boolean {
  return key !== null && PLATFORM_KEYS.has(key) && PLAIN.test(name);
}

/**
 * What the types of a module are to ASP.NET: names that it calls among what they implement and extend, themselves or
 * through other types of the module, and parents in other assemblies that leave the question open. Circles end.
 */
export function readInheritance(open: OpenTables, assembly: string, referenceName: ReferenceName, out: Inheritance): void {
  const inherited = new Traits(open, assembly, referenceName).spread();
  const { tables, types } = open;
  const flags = tables.column('TypeDef', 'flags');
  for (const [row, traits] of inherited) {
    const type = types.name({ table: 'TypeDef', row });
    const isInterface = (flags(row) & INTERFACE) !== 0;
    const roles = [...traits].flatMap((t) => t.role ?? []);
    if (roles.length > 0) (isInterface ? out.httpInterfaces : out.httpTypes).push({ type, implements: roles.sort(compareText) });
    const parents = [...traits].filter((t) => t.role === null).slice(0, MAX_PARENTS).map((t) => ({ type: t.type, assembly: t.assembly }));
    // Thousands of types may share parents with long names, and each is told with all of them.
    for (const parent of parents) open.heaps.charge((parent.type.length + parent.assembly.length) * SHARED_COST);
    if (parents.length > 0) out.openTypes.push({ type, token: token('TypeDef', row), parents: parents.sort((a, b) => compareText(a.type, b.type) || compareText(a.assembly, b.assembly)), interface: isInterface });
  }
  const byType = compareBy((t: { readonly type: string }) => t.type);
  for (const list of [out.httpTypes, out.httpInterfaces]) list.sort(byType);
  out.openTypes.sort(byType);
  if (out.openTypes.length > MAX_OPEN_TYPES) {
    out.openTypes.length = MAX_OPEN_TYPES;
    throw new LimitReached(`more than ${MAX_OPEN_TYPES} types with a parent in another assembly; the rest is not listed`);
  }
}

class Traits {
  readonly #open: OpenTables;
  readonly #assembly: string;
  readonly #referenceName: ReferenceName;
  readonly #ofTypeRef = new Map<number, Trait | Target | null>();
  readonly #children = new Map<number, number[]>();
  readonly #traits = new Map<number, Set<Trait>>();
  readonly #queue: (readonly [row: number, trait: Trait])[] = [];
  #ownTypes: Map<string, number> | null = null;

  constructor(open: OpenTables, assembly: string, referenceName: ReferenceName) {
    this.#open = open;
    this.#assembly = assembly;
    this.#referenceName = referenceName;
  }

  /** Direct traits first, then down to the children until nothing new comes. */
  spread(): ReadonlyMap<number, ReadonlySet<Trait>> {
    const { tables } = this.#open;
    const parent = tables.column('TypeDef', 'extends');
    for (let row = 1; row <= tables.rows('TypeDef'); row++) this.#inherit(row, parent(row));
    const type = tables.column('InterfaceImpl', 'class');
    const implemented = tables.column('InterfaceImpl', 'interface');
    for (let row = 1; row <= tables.rows('InterfaceImpl'); row++) this.#inherit(type(row), implemented(row));
    for (let done = 0; done < this.#queue.length; done++) {
      const [row, trait] = this.#queue[done] ?? [0, null];
      if (trait !== null) for (const child of this.#children.get(row) ?? []) this.#add(child, trait);
    }
    return this.#traits;
  }

  #inherit(row: number, coded: number): void {
    const target = this.#open.types.resolve(decodeAs('TypeDefOrRef', coded));
    if (target.row === 0 || row === 0 || row > this.#open.tables.rows('TypeDef')) return;
    const parent = target.table === 'TypeRef' ? this.#typeRef(target.row) : target.table === 'TypeDef' ? target : null;
    if (parent === null) return;
    if ('role' in parent) {
      this.#add(row, parent);
      return;
    }
    // System.Web and its like define what ASP.NET calls; a type of that name in any other assembly is another type.
    const name = DEFINES.test(this.#assembly) ? this.#open.types.name(parent) : '';
    if (HTTP_TYPES.has(name)) this.#add(row, this.#role(name));
    const list = this.#children.get(parent.row);
    if (list) list.push(row);
    else this.#children.set(parent.row, [row]);
  }

  #add(row: number, trait: Trait): void {
    const own = this.#traits.get(row);
    if (own?.has(trait) === true) return;
    if (own) own.add(trait);
    else this.#traits.set(row, new Set([trait]));
    if (this.#queue.push([row, trait]) > MAX_INHERITED) throw new LimitReached(`more than ${MAX_INHERITED} inherited types`);
  }

  readonly #roles = new Map<string, Trait>();

  #role(name: string): Trait {
    const known = this.#roles.get(name) ?? { role: name, type: name, assembly: '' };
    this.#roles.set(name, known);
    return known;
  }

  /** What a TypeRef stands for: a trait, a type of the own module behind a detour, or nothing of interest. */
  #typeRef(row: number): Trait | Target | null {
    const known = this.#ofTypeRef.get(row);
    if (known !== undefined) return known;
    const found = this.#lookAt(row);
    this.#ofTypeRef.set(row, found);
    return found;
  }

  #lookAt(row: number): Trait | Target | null {
    const { types } = this.#open;
    const scope = types.scope(row);
    const reference = scope.table === 'AssemblyRef' ? this.#referenceName(scope.row) : null;
    if (reference !== null && isPlainPlatform(reference)) return null;
    const type = types.name({ table: 'TypeRef', row });
    if (HTTP_TYPES.has(type)) return this.#role(type);
    if (reference !== null && reference.name !== this.#assembly) return { role: null, type, assembly: reference.name };
    const own = this.#own().get(type);
    return own === undefined ? null : { table: 'TypeDef', row: own };
  }

  /** Types of the module by name, for references that name the own module or assembly. */
  #own(): ReadonlyMap<string, number> {
    if (this.#ownTypes !== null) return this.#ownTypes;
    const own = new Map<string, number>();
    for (let row = 1; row <= this.#open.tables.rows('TypeDef'); row++) own.set(this.#open.types.name({ table: 'TypeDef', row }), row);
    return (this.#ownTypes = own);
  }
}
