import { type Heaps, compressed } from './heaps.ts';
import { type ColumnReader, type MetadataTables, type Target, decodeAs, decodeTypeDefOrRef } from './tables.ts';

const MAX_NESTING = 16;
const GENERIC_INSTANCE = 0x15;
const NOTHING: Target = { table: null, row: 0 };

/** Names of the types of one module, who encloses them, and which methods are theirs. */
export class TypeIndex {
  readonly #tables: MetadataTables;
  readonly #heaps: Heaps;
  readonly #names = { TypeDef: new Map<number, string>(), TypeRef: new Map<number, string>() };
  #enclosing: Uint32Array | null = null;
  #methodPointers: Uint32Array | null = null;
  readonly #firstMethod: ColumnReader;

  constructor(tables: MetadataTables, heaps: Heaps) {
    this.#tables = tables;
    this.#heaps = heaps;
    this.#firstMethod = tables.column('TypeDef', 'methods');
  }

  /** Full name of a TypeDef, TypeRef or the generic type behind a TypeSpec; nested types as `Outer+Inner`. */
  name(target: Target): string {
    const { table, row } = this.resolve(target);
    if (table !== 'TypeDef' && table !== 'TypeRef') return '';
    const names = this.#names[table];
    const known = names.get(row);
    if (known !== undefined) return known;
    const name = this.#name(table, row, 0);
    this.#heaps.charge(name.length);
    names.set(row, name);
    return name;
  }

  #name(table: 'TypeDef' | 'TypeRef', row: number, depth: number): string {
    const own = this.#heaps.string(this.#tables.cell(table, row, 'name'));
    const namespace = this.#heaps.string(this.#tables.cell(table, row, 'namespace'));
    const full = namespace === '' ? own : `${namespace}.${own}`;
    const outer = depth < MAX_NESTING ? this.#outer(table, row) : 0;
    return outer === 0 ? full : `${this.#name(table, outer, depth + 1)}+${full}`;
  }

  #outer(table: 'TypeDef' | 'TypeRef', row: number): number {
    if (table === 'TypeDef') return this.#enclosers()[row] ?? 0;
    const scope = this.#tables.coded('TypeRef', row, 'scope');
    return scope.table === 'TypeRef' ? scope.row : 0;
  }

  #enclosers(): Uint32Array {
    if (this.#enclosing !== null) return this.#enclosing;
    const enclosing = new Uint32Array(this.#tables.rows('TypeDef') + 1);
    const nested = this.#tables.column('NestedClass', 'nested');
    const outer = this.#tables.column('NestedClass', 'enclosing');
    for (let row = 1; row <= this.#tables.rows('NestedClass'); row++) if (nested(row) < enclosing.length) enclosing[nested(row)] = outer(row);
    return (this.#enclosing = enclosing);
  }

  /** A TypeSpec stands for the generic type that it instantiates (II.23.2.14). */
  resolve(target: Target): Target {
    if (target.table !== 'TypeSpec') return target;
    const signature = this.#heaps.blob(this.#tables.cell('TypeSpec', target.row, 'signature'));
    const generic = signature[0] === GENERIC_INSTANCE ? compressed(signature, 2) : null;
    const resolved = generic ? decodeTypeDefOrRef(generic.value) : null;
    return resolved && resolved.table !== 'TypeSpec' ? resolved : NOTHING;
  }

  /** Where a TypeRef says that its type is: a row of AssemblyRef, ModuleRef or Module; row 0 when nowhere. */
  scope(typeRef: number): Target {
    let row = typeRef;
    for (let depth = 0; depth <= MAX_NESTING; depth++) {
      const scope = this.#tables.coded('TypeRef', row, 'scope');
      if (scope.table !== 'TypeRef') return scope;
      row = scope.row;
    }
    return NOTHING;
  }

  /** The type that a method belongs to: the last one whose methods begin at or before it (II.22.37). */
  ownerOf(method: number): Target {
    const place = this.#placeOf(method);
    let low = 1;
    let high = this.#tables.rows('TypeDef');
    if (high === 0 || place === 0) return NOTHING;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#firstMethod(middle) <= place) low = middle;
      else high = middle - 1;
    }
    return { table: 'TypeDef', row: low };
  }

  /** Rows of MethodDef that belong to a type. */
  *methodsOf(type: number): Generator<number> {
    const pointers = this.#tables.rows('MethodPtr');
    const last = type < this.#tables.rows('TypeDef') ? this.#firstMethod(type + 1) - 1 : Infinity;
    const rows = pointers > 0 ? pointers : this.#tables.rows('MethodDef');
    for (let row = Math.max(1, this.#firstMethod(type)); row <= Math.min(last, rows); row++) yield pointers > 0 ? this.#tables.cell('MethodPtr', row, 'method') : row;
  }

  /** Uncompressed streams (#-) may list methods through MethodPtr: the place of a method in that list. */
  #placeOf(method: number): number {
    const rows = this.#tables.rows('MethodPtr');
    if (rows === 0) return method;
    if (this.#methodPointers === null) {
      const places = new Uint32Array(this.#tables.rows('MethodDef') + 1);
      const pointer = this.#tables.column('MethodPtr', 'method');
      for (let row = 1; row <= rows; row++) if (pointer(row) < places.length) places[pointer(row)] = row;
      this.#methodPointers = places;
    }
    return this.#methodPointers[method] ?? 0;
  }

  /** `Type::Method` of a row of MethodDef. */
  methodName(method: number): string {
    return `${this.name(this.ownerOf(method))}::${this.#heaps.string(this.#tables.cell('MethodDef', method, 'name'))}`;
  }

  /** The type whose member a row of MethodDef or MemberRef is; nothing for members of modules and of methods. */
  declaring(member: Target): Target {
    if (member.table === 'MethodDef') return this.ownerOf(member.row);
    return member.table === 'MemberRef' ? decodeAs('MemberRefParent', this.#tables.cell('MemberRef', member.row, 'class')) : NOTHING;
  }
}
