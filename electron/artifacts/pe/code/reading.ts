import type { PeFacts } from '../../../../shared/model/pe/index.ts';
import type { CodeReader } from './code-reader.ts';
import type { ImportTable } from './import-table.ts';
import type { CapabilityList } from './sink.ts';
import type { World } from './world.ts';
import { offsetOf } from './world.ts';

/** The facts of a file that its capabilities are read by. */
export type CodeFacts = Pick<PeFacts, 'machine' | 'exports' | 'entryPoints' | 'clr'>;

/** What the readers of the entry points share. */
export class Reading {
  readonly facts: CodeFacts;
  readonly world: World;
  readonly code: CodeReader;
  readonly imports: ImportTable;
  readonly out: CapabilityList;
  /** Places in the table of CHttpModule that belong to events that were registered for. */
  readonly registeredSlots = new Set<number>();

  constructor(facts: CodeFacts, world: World, code: CodeReader, imports: ImportTable, out: CapabilityList) {
    this.facts = facts;
    this.world = world;
    this.code = code;
    this.imports = imports;
    this.out = out;
  }

  /** File offset of a virtual address, or undefined. */
  offset(address: number): number | undefined {
    return offsetOf(this.world, address) ?? undefined;
  }

  /** Printable text at an address: ASCII, or UTF-16 when `wide`; null when no text is there. */
  text(address: number, wide: boolean, max = 256): string | null {
    const at = offsetOf(this.world, address);
    if (at === null) return null;
    const { view } = this.world.image;
    const text = wide ? view.utf16(at, max) : view.utf8(at, max);
    return /^[\x20-\x7e\u00a0-\ud7ff]+$/.test(text) ? text : null;
  }
}
