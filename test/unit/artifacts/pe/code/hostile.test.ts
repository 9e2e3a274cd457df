import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodeReader } from '../../../../../electron/artifacts/pe/code/code-reader.ts';
import { disassembler } from '../../../../../electron/artifacts/pe/code/disassembler.ts';
import { ImportTable } from '../../../../../electron/artifacts/pe/code/import-table.ts';
import { entryState, walk } from '../../../../../electron/artifacts/pe/code/walk.ts';
import { makeWorld } from '../../../../../electron/artifacts/pe/code/world.ts';
import { pointer } from '../../../../../electron/artifacts/pe/code/value.ts';
import { Capability } from '../../../../../shared/model/pe/index.ts';
import { SECTION, type Writer, buildPe } from '../build-pe.ts';
import { fixture } from '../fixtures.ts';
import { capabilitiesOf, openImage, said } from './read.ts';

const ENTRIES = ['GetExtensionVersion', 'GetFilterVersion', 'HttpExtensionProc', 'HttpFilterProc', 'RegisterModule'];
const CODE = 0x200;

/** A file whose exports all lead to the same code. */
function withCode(plus: boolean, code: Uint8Array): Uint8Array {
  return buildPe({
    plus, size: CODE + Math.max(0x400, code.length), directories: { 0: [SECTION, 0x200] },
    fill: (w: Writer) => {
      w.u32(16, 1);
      w.u32(20, ENTRIES.length);
      w.u32(24, ENTRIES.length);
      w.u32(28, SECTION + 0x40);
      w.u32(32, SECTION + 0x60);
      w.u32(36, SECTION + 0x80);
      ENTRIES.forEach((name, i) => {
        w.u32(0x40 + i * 4, SECTION + CODE);
        w.u32(0x60 + i * 4, SECTION + 0xa0 + i * 32);
        w.u16(0x80 + i * 2, i);
        w.text(0xa0 + i * 32, name);
      });
      w.bytes.set(code, CODE);
    },
  });
}

const instructions = (plus: boolean, steps: number, code: Uint8Array): { complete: boolean; calls: number } => {
  const { image } = openImage(withCode(plus, code));
  const iced = disassembler();
  if (iced === null) throw new Error('no disassembler');
  const world = makeWorld(image);
  const reader = new CodeReader(iced, world, 10_000, 20_000);
  let calls = 0;
  const complete = walk(reader, new ImportTable(image, world.base), world.base + SECTION + CODE, entryState(world, [pointer(world.statics.beside())]), { call: () => void (calls += 1) }, { steps, depth: 4 });
  reader.close();
  return { complete, calls };
};

describe('hostile code', () => {
  it('never throws for random bytes, and all that it says fits the model', () => {
    fc.assert(fc.property(fc.boolean(), fc.uint8Array({ minLength: 1, maxLength: 600 }), (plus, code) => {
      for (const one of capabilitiesOf(withCode(plus, code))) Capability.parse(one);
    }), { numRuns: 150 });
  });

  it('never throws for fixtures with changed bytes', () => {
    const files = ['x64/cachehttp.dll', 'x86/cachehttp.dll', 'x86/shopcmp.dll', 'x64/hdrimg.dll'].map((file) => fixture(file));
    fc.assert(fc.property(fc.nat(files.length - 1), fc.array(fc.tuple(fc.nat(0x1000), fc.nat(255)), { minLength: 1, maxLength: 40 }), (which, changes) => {
      const file = files[which]?.slice() ?? new Uint8Array();
      // The headers stay, so that there is code to read.
      for (const [at, value] of changes) if (at + 0x200 < file.length) file[at + 0x200] = value;
      expect(capabilitiesOf(file)).toBeInstanceOf(Array);
    }), { numRuns: 150 });
  });

  it('ends at its limit in code that branches at every instruction, calls itself or jumps in a circle', () => {
    const branches = Uint8Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? 0x74 : 0x00));
    expect(instructions(true, 500, branches).complete).toBe(false);
    // A call of itself, with a pointer in a register that makes it worth following.
    expect(instructions(true, 500, Uint8Array.of(0xe8, 0xfb, 0xff, 0xff, 0xff)).calls).toBeLessThan(20);
    expect(instructions(false, 500, Uint8Array.of(0xeb, 0xfe)).complete).toBe(true);
  });

  it('calls a thousand methods in a row without keeping more than it may say', () => {
    // mov rax,[rdx]; mov r8d,i; call [rax+10h] for each
    const code = new Uint8Array(1000 * 14);
    for (let i = 0; i < 1000; i++) code.set([0x48, 0x8b, 0x02, 0x41, 0xb8, i & 0xff, i >> 8, 0, 0, 0xff, 0x50, 0x10, 0x90, 0x90], i * 14);
    const all = capabilitiesOf(withCode(true, code));
    expect(all.length).toBeLessThanOrEqual(401);
  });

  it('gives the memory of the disassembler back after each file', () => {
    const iced = disassembler() as unknown as { __wasm: { memory: { buffer: ArrayBuffer } } };
    const code = Uint8Array.from({ length: 3000 }, (_, i) => (i * 37) & 0xff);
    const read = (times: number): number => {
      for (let i = 0; i < times; i++) capabilitiesOf(withCode(i % 2 === 0, code));
      return iced.__wasm.memory.buffer.byteLength;
    };
    const before = read(20);
    expect(read(200)).toBe(before);
  });

  it('says that code of other processors is not read', () => {
    const file = withCode(true, Uint8Array.of(0xc3)).slice();
    file.set([0x64, 0xaa], 0x44);
    expect(said(capabilitiesOf(file), 'machine-not-read')).toEqual([expect.stringContaining('not recoverable')]);
    expect(capabilitiesOf(file).find(({ id }) => id === 'machine-not-read')?.proof.offset).toBe(file.indexOf(0xc3, 0x200));
  });

  it('says that an entry point without code could not be read', () => {
    const all = capabilitiesOf(withCode(true, Uint8Array.of(0x06)));
    expect(said(all, 'module-events-unknown')).toHaveLength(1);
    expect(said(all, 'filter-flags-unknown')).toHaveLength(1);
    expect(said(all, 'module-registers-nothing')).toHaveLength(0);
  });
});
