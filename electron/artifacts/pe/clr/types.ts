import { compareText } from '../../../../shared/base/compare.ts';
import type { HttpType } from '../../../../shared/model/pe/index.ts';
import { HTTP_TYPES } from './aspnet.ts';
import { type Heaps, compressed } from './heaps.ts';
import { type MetadataTables, type Target, decodeTypeDefOrRef } from './tables.ts';

const MAX_NESTING = 16;
/** Longest chain of base types that is followed; a chain in a circle ends here. */
const MAX_DEPTH = 64;
const INTERFACE = 0x20;
const GENERIC_INSTANCE = 0x15;

/** Names and inheritance of the types of one module. */
export class TypeIndex {
  readonly #tables: MetadataTables;
  readonly #heaps: Heaps;
  readonly #enclosing = new Map<number, number>();
  readonly #interfaces = new Map<number, Target[]>();
  readonly #names = new Map<string, string>();

  constructor(tables: MetadataTables, heaps: Heaps) {
    this.#tables = tables;
    this.#heaps = heaps;
    for (let row = 1; row <= tables.rows('NestedClass'); row++) {
      this.#enclosing.set(tables.cell('NestedClass', row, 'nested'), tables.cell('NestedClass', row, 'enclosing'));
    }
    for (let row = 1; row <= tables.rows('InterfaceImpl'); row++) {
      const type = tables.cell('InterfaceImpl', row, 'class');
      const list = this.#interfaces.get(type);
      const target = tables.coded('InterfaceImpl', row, 'interface');
      if (list) list.push(target);
      else this.#interfaces.set(type, [target]);
    }
  }

  /** Full name of a TypeDef, TypeRef or the generic type behind a TypeSpec; nested types as `Outer+Inner`. */
  name(target: Target): string {
    const { table, row } = this.#resolve(target);
    if (table !== 'TypeDef' && table !== 'TypeRef') return '';
    const key = `${table}:${row}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = this.#name(table, row, 0);
    this.#heaps.charge(name.length);
    this.#names.set(key, name);
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
    if (table === 'TypeDef') return this.#enclosing.get(row) ?? 0;
    const scope = this.#tables.coded('TypeRef', row, 'scope');
    return scope.table === 'TypeRef' ? scope.row : 0;
  }

  /** A TypeSpec stands for the generic type that it instantiates (II.23.2.14). */
  #resolve(target: Target): Target {
    if (target.table !== 'TypeSpec') return target;
    const signature = this.#heaps.blob(this.#tables.cell('TypeSpec', target.row, 'signature'));
    const generic = signature[0] === GENERIC_INSTANCE ? compressed(signature, 2) : null;
    const resolved = generic ? decodeTypeDefOrRef(generic.value) : null;
    return resolved && resolved.table !== 'TypeSpec' ? resolved : { table: null, row: 0 };
  }

  /** All types of the module, interfaces aside, that ASP.NET would call, sorted by name. */
  httpTypes(): HttpType[] {
    const out: HttpType[] = [];
    const known = new Map<number, ReadonlySet<string>>();
    for (let row = 1; row <= this.#tables.rows('TypeDef'); row++) {
      if ((this.#tables.cell('TypeDef', row, 'flags') & INTERFACE) !== 0) continue;
      const found = this.#roles(row, known, 0);
      if (found.size > 0) out.push({ type: this.name({ table: 'TypeDef', row }), implements: [...found].sort(compareText) });
    }
    return out.sort((a, b) => compareText(a.type, b.type));
  }

  /** Known names among what a type implements and extends, itself or through types of this module. */
  #roles(row: number, known: Map<number, ReadonlySet<string>>, depth: number): ReadonlySet<string> {
    const done = known.get(row);
    if (done) return done;
    const found = new Set<string>();
    known.set(row, found);
    if (depth >= MAX_DEPTH) return found;
    for (const parent of [this.#tables.coded('TypeDef', row, 'extends'), ...(this.#interfaces.get(row) ?? [])]) {
      const target = this.#resolve(parent);
      if (target.row === 0) continue;
      const name = this.name(target);
      if (HTTP_TYPES.has(name)) found.add(name);
      if (target.table === 'TypeDef') for (const inherited of this.#roles(target.row, known, depth + 1)) found.add(inherited);
    }
    return found;
  }
}
