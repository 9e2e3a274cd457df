import { describe, expect, it } from 'vitest';
import { type PeParse, parsePe, peEvents } from '../../../../electron/artifacts/pe/index.ts';
import { SECTION, type Writer, buildPe } from './build-pe.ts';

const read = (bytes: Uint8Array): NonNullable<PeParse['facts']> => {
  const { facts } = parsePe(bytes);
  if (!facts) throw new Error('not read');
  return facts;
};

describe('exports', () => {
  const table = (w: Writer): void => {
    w.u32(12, SECTION + 0x80);
    w.u32(16, 5);
    w.u32(20, 3);
    w.u32(24, 1);
    w.u32(28, SECTION + 0x40);
    w.u32(32, SECTION + 0x50);
    w.u32(36, SECTION + 0x58);
    w.u32(0x40, SECTION + 0xa0);
    w.u32(0x44, 0x1234);
    w.u32(0x48, 0);
    w.u32(0x50, SECTION + 0x90);
    w.u16(0x58, 0);
    w.text(0x80, 'own.dll');
    w.text(0x90, 'RegisterModule');
    w.text(0xa0, 'other.Forwarded');
  };

  it('reads names, ordinals and forwarders, and counts a forwarded entry point', () => {
    const facts = read(buildPe({ directories: { 0: [SECTION, 0x100] }, fill: table }));
    expect(facts.exports).toEqual([
      { name: 'RegisterModule', ordinal: 5, rva: SECTION + 0xa0, forwarder: 'other.Forwarded' },
      { name: null, ordinal: 6, rva: 0x1234, forwarder: null },
    ]);
    expect(facts.exportName).toBe('own.dll');
    expect(facts.kinds).toEqual(['native-module']);
  });

  it('does not take a decorated or lower-case name for an entry point', () => {
    const facts = read(buildPe({ directories: { 0: [SECTION, 0x80] }, fill: (w) => { table(w); w.text(0x90, '_RegisterModule@12'); } }));
    expect([facts.entryPoints, facts.kinds]).toEqual([[], []]);
  });
});

describe('imports', () => {
  const descriptor = (w: Writer, at: number, lookup: number, name: number, addresses: number): void => {
    w.u32(at, lookup);
    w.u32(at + 12, name);
    w.u32(at + 16, addresses);
  };

  it('reads 64-bit thunks by name and ordinal and names known ordinals in the hash only', () => {
    const facts = read(buildPe({ plus: true, directories: { 1: [SECTION, 40] }, fill: (w) => {
      descriptor(w, 0, SECTION + 0x40, SECTION + 0x80, SECTION + 0x40);
      w.u64(0x40, 0x8000_0000_0000_0017n);
      w.u64(0x48, BigInt(SECTION + 0x90));
      w.text(0x80, 'WS2_32.dll');
      w.text(0x92, 'WSAStartup');
    } }));
    expect(facts.imports).toEqual([{ dll: 'WS2_32.dll', names: ['#23', 'WSAStartup'] }]);
    // MD5 of "ws2_32.socket,ws2_32.wsastartup"
    expect(facts.imphash).toBe('317ec54b0ebd9ff86a0bbb65204d7cda');
  });

  it('falls back to the address table and reads delay imports that hold virtual addresses', () => {
    const facts = read(buildPe({ directories: { 1: [SECTION, 40], 13: [SECTION + 0x100, 64] }, fill: (w) => {
      descriptor(w, 0, 0, SECTION + 0x80, SECTION + 0x40);
      w.u32(0x40, 0x8000_000c);
      w.text(0x80, 'a.dll');
      const base = 0x1000_0000;
      w.u32(0x104, base + SECTION + 0x180);
      w.u32(0x110, base + SECTION + 0x140);
      w.u32(0x140, base + SECTION + 0x190);
      w.text(0x180, 'late.dll');
      w.text(0x192, 'Later');
    } }));
    expect(facts.imports).toEqual([{ dll: 'a.dll', names: ['#12'] }]);
    expect(facts.delayImports).toEqual([{ dll: 'late.dll', names: ['Later'] }]);
  });
});

describe('sections and headers', () => {
  it('maps a section from the sector that Windows reads, not from the raw pointer', () => {
    const facts = read(buildPe({ pointerToRawData: 0x410, directories: { 6: [SECTION, 28] }, fill: (w) => {
      w.u32(12, 2);
      w.u32(16, 40);
      w.u32(24, 0x440);
      w.text(0x40, 'RSDS');
      w.text(0x40 + 24, 'c:\\build\\x.pdb');
    } }));
    expect(facts.pdb).toEqual(['c:\\build\\x.pdb']);
    expect(facts.anomalies.map((a) => a.id)).toContain('section-unaligned');
  });

  it('says why a stamp is no time', () => {
    expect(read(buildPe({ timestamp: 0 })).timestamp).toMatchObject({ value: 0, time: null, note: expect.stringContaining('zero') });
    expect(read(buildPe({ timestamp: 0xffff_ffff })).timestamp.time).toBeNull();
    const borland = read(buildPe({ timestamp: 0x2a42_5e19 }));
    expect(borland.timestamp).toMatchObject({ time: null, note: expect.stringContaining('Delphi') });
    expect(peEvents(borland)).toEqual([]);
    const reproducible = read(buildPe({ directories: { 6: [SECTION, 28] }, fill: (w) => w.u32(12, 16) }));
    expect(reproducible.timestamp).toMatchObject({ value: 1_700_000_000, time: null, note: expect.stringContaining('reproducible') });
    expect(peEvents(reproducible)).toEqual([]);
    expect(read(buildPe()).timestamp).toEqual({ value: 1_700_000_000, time: '2023-11-14T22:13:20Z', offset: 0x48 });
  });

  it('lists what no linker writes, with offsets', () => {
    const odd = read(buildPe({ entry: 0x9000, sizeOfRawData: 0xffff_fe00, directories: { 4: [0x300, 0xffff_ffff] } }));
    expect(odd.anomalies.map((a) => a.id)).toEqual(expect.arrayContaining(['entry-point-outside-sections', 'section-beyond-file', 'certificate-table-beyond-file']));
    expect(odd.anomalies.find((a) => a.id === 'entry-point-outside-sections')?.offset).toBe(0x40 + 24 + 16);
    expect(read(buildPe()).anomalies).toEqual([]);
  });
});
