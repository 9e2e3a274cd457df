import { describe, expect, it } from 'vitest';
import { parsePe } from '../../../../electron/artifacts/pe/index.ts';
import { PeFacts } from '../../../../shared/model/pe/index.ts';
import { type PeRecipe, SECTION, type Writer, buildPe } from './build-pe.ts';

const RAW = 0x400;
const BASE = 0x1000_0000;
const read = (recipe: PeRecipe): PeFacts => PeFacts.parse(parsePe(buildPe(recipe)).facts);
const ids = (facts: PeFacts): string[] => facts.anomalies.map((a) => a.id);

describe('TLS', () => {
  const fill = (w: Writer): void => {
    w.u32(12, BASE + SECTION + 0x40);
    w.u32(0x40, BASE + SECTION + 0x100);
    w.u32(0x44, BASE + SECTION + 0x200);
  };
  it('lists the callbacks as RVAs and says that they run first', () => {
    const facts = read({ directories: { 9: [SECTION, 24] }, fill });
    expect(facts.tls).toEqual({ offset: RAW, callbacks: [SECTION + 0x100, SECTION + 0x200] });
    expect(facts.anomalies.find((a) => a.id === 'tls-callbacks')).toMatchObject({ offset: RAW, message: expect.stringMatching(/^2 functions .*common/) });
  });
  it('reads 64-bit addresses, and a callback outside the image is a problem', () => {
    const { facts, problems } = parsePe(buildPe({ plus: true, directories: { 9: [SECTION, 40] }, fill: (w) => {
      w.u64(24, 0x1_8000_0000n + 0x1040n);
      w.u64(0x40, 0x1_8000_0000n + 0x1100n);
      w.u64(0x48, 5n);
    } }));
    expect(facts?.tls).toEqual({ offset: RAW, callbacks: [0x1100] });
    expect(problems).toEqual([expect.objectContaining({ kind: 'malformed', offset: RAW + 0x48 })]);
  });
});

describe('relocations', () => {
  it('counts blocks and entries without padding', () => {
    const facts = read({ directories: { 5: [SECTION, 28] }, fill: (w) => {
      w.u32(0, 0x1000);
      w.u32(4, 16);
      [0x3010, 0x3020, 0xa030, 0x0000].forEach((entry, i) => w.u16(8 + i * 2, entry));
      w.u32(16, 0x2000);
      w.u32(20, 12);
      w.u16(24, 0x3000);
    } });
    expect(facts.relocations).toEqual({ offset: RAW, size: 28, blocks: 2, entries: 4 });
  });
  it('stops at a block that is too short to be one', () => {
    const { facts, problems } = parsePe(buildPe({ directories: { 5: [SECTION, 0x100] }, fill: (w) => { w.u32(0, 0x1000); w.u32(4, 4); } }));
    expect([facts?.relocations?.blocks, problems.map((p) => p.offset)]).toEqual([0, [RAW]]);
  });
});

describe('bound imports', () => {
  it('reads names, stamps and forwarders', () => {
    const facts = read({ directories: { 11: [SECTION, 0x40] }, fill: (w) => {
      w.u32(0, 0x1234);
      w.u16(4, 0x40);
      w.u16(6, 1);
      w.u32(8, 0x5678);
      w.u16(12, 0x50);
      w.text(0x40, 'USER32.dll');
      w.text(0x50, 'NTDLL.DLL');
    } });
    expect(facts.boundImports).toEqual([{ dll: 'USER32.dll', timestamp: 0x1234, offset: RAW, forwarders: [{ dll: 'NTDLL.DLL', timestamp: 0x5678 }] }]);
  });
});

describe('debug entries', () => {
  it('name the PDB as symbol servers do', () => {
    const facts = read({ directories: { 6: [SECTION, 56] }, fill: (w) => {
      w.u32(12, 2);
      w.u32(16, 24 + 6);
      w.u32(24, RAW + 0x40);
      w.text(0x40, 'RSDS');
      w.u32(0x44, 0x497b72f6);
      w.u16(0x48, 0x390a);
      w.u16(0x4a, 0x44fc);
      Buffer.from('878e5a2d63b6cc4b', 'hex').copy(w.bytes, 0x4c);
      w.u32(0x54, 0x1b);
      w.text(0x58, 'a.pdb');
      w.u32(28 + 12, 99);
    } });
    expect(facts.debug).toMatchObject([
      { type: 'CODEVIEW', offset: RAW, pdb: 'a.pdb', identity: '497B72F6390A44FC878E5A2D63B6CC4B1B' }, { type: '#99', pdb: null, identity: null },
    ]);
  });
});

describe('oddities', () => {
  const exported = (forwarders: readonly string[], stamp = 0) => (w: Writer): void => {
    w.u32(4, stamp);
    [SECTION + 0x80, 1, forwarders.length, forwarders.length, SECTION + 0x40, SECTION + 0x50, SECTION + 0x60].forEach((value, i) => w.u32(12 + i * 4, value));
    forwarders.forEach((text, i) => {
      w.u32(0x40 + i * 4, SECTION + 0xa0 + i * 0x20);
      w.u32(0x50 + i * 4, SECTION + 0x90 + i * 4);
      w.u16(0x60 + i * 2, i);
      w.text(0x90 + i * 4, String.fromCharCode(65 + i));
      w.text(0xa0 + i * 0x20, text);
    });
    w.text(0x80, 'own.dll');
  };

  it('sees forwarders that go round in the DLL, by name and by ordinal, and not those that leave it', () => {
    expect(ids(read({ directories: { 0: [SECTION, 0x200] }, fill: exported(['own.B', 'OWN.#1']) }))).toEqual(['export-circle']);
    expect(ids(read({ directories: { 0: [SECTION, 0x200] }, fill: exported(['own.A']) }))).toEqual(['export-circle']);
    expect(ids(read({ directories: { 0: [SECTION, 0x200] }, fill: exported(['own.B', 'other.A']) }))).toEqual([]);
  });

  it('compares the stamps of the headers and the exports, with a day of slack', () => {
    expect(ids(read({ directories: { 0: [SECTION, 0x200] }, fill: exported(['x.y'], 1_600_000_000) }))).toEqual(['timestamps-differ']);
    expect(ids(read({ directories: { 0: [SECTION, 0x200] }, fill: exported(['x.y'], 1_700_000_100) }))).toEqual([]);
  });

  it('tells directories outside the file from those that are cut', () => {
    expect(ids(read({ directories: { 3: [0x9000, 12] } }))).toEqual(['directory-outside-file']);
    expect(ids(read({ directories: { 3: [SECTION, 0x9000] } }))).toEqual(['directory-cut']);
    expect(ids(read({ directories: { 3: [0x200, 12] } }))).toEqual(['directory-in-headers']);
  });

  it('finds bytes behind the sections, and what follows the certificate table', () => {
    const bytes = new Uint8Array(Buffer.concat([buildPe(), Buffer.alloc(64, 'x')]));
    expect(PeFacts.parse(parsePe(bytes).facts).overlay).toEqual({ offset: RAW + 0x400, size: 64, entropy: 0 });
    const signed = new Uint8Array(Buffer.concat([buildPe({ directories: { 4: [RAW + 0x400, 16] } }), Buffer.alloc(16), Buffer.from('behind')]));
    expect(PeFacts.parse(parsePe(signed).facts)).toMatchObject({ overlay: { offset: RAW + 0x410, size: 6 }, anomalies: [{ id: 'data-after-certificates' }] });
    expect(read({ directories: { 4: [0, 0] } }).overlay).toBeNull();
  });

  it('sees a stub, a section name and a number of sections that no linker writes', () => {
    expect(ids(read({ sections: 0 }))).toContain('section-count');
    const named = Buffer.from(buildPe());
    named.write('UPX0\0', named.indexOf('.text'));
    expect(ids(PeFacts.parse(parsePe(new Uint8Array(named)).facts))).toEqual(['section-name-packer']);
    const odd = Buffer.from(buildPe());
    odd.fill(0x01, odd.indexOf('.text'), odd.indexOf('.text') + 3);
    expect(ids(PeFacts.parse(parsePe(new Uint8Array(odd)).facts))).toEqual(['section-name-odd']);
  });
});
