import { GLOBAL_METHODS, MODULE_METHODS } from './interfaces.ts';
import { readModuleMethod } from './module-methods.ts';
import type { Reading } from './reading.ts';
import type { State } from './state.ts';
import { type Value, pointer } from './value.ts';
import { type VirtualTable, methodAt, tableOf } from './virtual-table.ts';
import { methodState, walk } from './walk.ts';

/** An object that IIS will call methods of, and the state in which it was handed over. */
export interface Registered {
  readonly kind: 'factory' | 'global';
  readonly object: Value;
  readonly state: State;
}

/** How far a method is looked through for the message of the base class. */
const LOOKED_AT = 40;

/** The classes whose methods IIS calls, found from the objects that were handed to it, and what those methods do. */
export function readModuleClasses(reading: Reading, registered: readonly Registered[]): boolean {
  const seen = new Set<number>();
  let found = false;
  for (const { kind, object, state } of registered) {
    const table = tableOf(reading, state, object);
    if (table === null || seen.has(table.address)) continue;
    seen.add(table.address);
    if (kind === 'global') {
      found = report(reading, table, 'CGlobalModule', GLOBAL_METHODS, 'global-methods') !== null || found;
      continue;
    }
    name(reading, table, 'module factory');
    for (const module of modulesOf(reading, table)) {
      if (seen.has(module.address)) continue;
      seen.add(module.address);
      const own = report(reading, module, 'CHttpModule', MODULE_METHODS, 'module-methods');
      found ||= own !== null;
      readMethods(reading, module, own);
    }
  }
  return found;
}

function name(reading: Reading, table: VirtualTable, what: string): void {
  if (table.className !== null) reading.out.add('requests', 'class-name', `its ${what} is of the class ${table.className} (type information beside its table of methods)`, { offset: table.at, constant: table.className });
}

/** Tables of the modules that IHttpModuleFactory::GetHttpModule (the first method) hands out. */
function modulesOf(reading: Reading, factory: VirtualTable): VirtualTable[] {
  const entry = methodAt(reading, factory, 0);
  if (entry === null) return [];
  const { world } = reading;
  const result = world.statics.beside();
  const found = new Map<number, VirtualTable>();
  const self = pointer(world.statics.beside());
  const allocator = pointer(world.statics.beside());
  const state = methodState(world, self, [pointer(result), allocator]);
  walk(reading.code, reading.imports, entry, state, {
    end: (last) => {
      const table = tableOf(reading, last, last.load(pointer(result), world.pointer));
      if (table !== null && found.size < 4) found.set(table.address, table);
    },
  }, { steps: 1500, depth: 3 });
  return [...found.values()];
}

/**
 * Which methods a class has of its own. The SDK's base classes (httpserv.h) leave a message in each method that says
 * that it was not overridden; a method without it is the class's own. Without one such message nothing can be told.
 * @returns the places of the own methods, or null
 */
function report(reading: Reading, table: VirtualTable, base: 'CHttpModule' | 'CGlobalModule', methods: readonly string[], id: string): readonly number[] | null {
  name(reading, table, base === 'CHttpModule' ? 'module' : 'global module');
  const own: number[] = [];
  let inherited = 0;
  for (let slot = 0; slot < methods.length; slot++) {
    const address = methodAt(reading, table, slot);
    if (address === null) return null;
    const from = messageOf(reading, address);
    if (from === base) inherited += 1;
    else own.push(slot);
  }
  if (inherited === 0) return null;
  const words = own.map((slot) => methods[slot]).filter((word) => word !== 'Terminate');
  reading.out.add('requests', id, `methods of its own (inferred: the other ${inherited} have the SDK's message of ${base}): ${words.join(', ') || 'none'}`, { offset: table.at });
  return own;
}

/** The base class whose message a method writes, or null. */
function messageOf(reading: Reading, entry: number): string | null {
  let address = entry;
  for (let i = 0; i < LOOKED_AT; i++) {
    const instruction = reading.code.read(address);
    if (instruction === null || instruction.flow === 'return' || instruction.flow === 'indirect-jump' || instruction.flow === 'stop') return null;
    for (const operand of instruction.operands) {
      const value = operand.kind === 'immediate' ? operand.value : operand.kind === 'memory' && operand.base === null && operand.index === null ? operand.displacement : null;
      const text = value === null ? null : messageText(reading, value);
      if (text !== null) return text;
    }
    address = instruction.flow === 'jump' && instruction.target !== null ? instruction.target : instruction.next;
  }
  return null;
}

function messageText(reading: Reading, address: number): string | null {
  const at = reading.offset(address);
  if (at === undefined) return null;
  const found = /subscribed to event (CHttpModule|CGlobalModule)::|^(CHttpModule|CGlobalModule)::On/.exec(reading.world.image.view.utf8(at, 80));
  return found?.[1] ?? found?.[2] ?? null;
}

function readMethods(reading: Reading, table: VirtualTable, own: readonly number[] | null): void {
  const slots = own ?? [...MODULE_METHODS.keys()].filter((slot) => reading.registeredSlots.has(slot));
  for (const slot of slots.slice(0, MODULE_METHODS.length)) {
    const address = methodAt(reading, table, slot);
    if (address !== null) readModuleMethod(reading, address, MODULE_METHODS[slot] ?? '');
  }
}
