import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteView } from '../../../../electron/artifacts/kit/bytes.ts';
import { parsePe } from '../../../../electron/artifacts/pe/index.ts';
import { readChecksum } from '../../../../electron/artifacts/pe/checksum.ts';
import { dllCharacteristics, fileCharacteristics, machine, sectionCharacteristics, subsystem } from '../../../../electron/artifacts/pe/fields/words.ts';
import { readHeaders } from '../../../../electron/artifacts/pe/headers.ts';
import { ProblemList } from '../../../../electron/artifacts/kit/findings.ts';
import { PeFacts } from '../../../../shared/model/pe/index.ts';
import { SECTION, buildPe } from './build-pe.ts';
import { fixture, manifest } from './fixtures.ts';
import { mutate, random } from './mutate.ts';

/** The bytes of a field as a number, least significant first. */
const number = (bytes: Uint8Array, offset: number, length: number): bigint => bytes.subarray(offset, offset + length).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);

function check(bytes: Uint8Array): number {
  const facts = PeFacts.parse(parsePe(bytes).facts);
  const wrong = facts.fields.filter(({ group, offset, length, value }) => {
    if (offset < 0 || offset + length > bytes.length) return true;
    return /^0x[0-9a-f]+$/.test(value) && group !== 'Version strings' && BigInt(value) !== number(bytes, offset, length);
  });
  expect(wrong).toEqual([]);
  return facts.fields.length;
}

describe('fields', () => {
  it.each(manifest.files)('of $file say what their bytes say', ({ file }) => {
    expect(check(fixture(file))).toBeGreaterThan(120);
  });

  it('of damaged files say what their bytes say', () => {
    const next = random(11);
    for (let i = 0; i < 300; i++) {
      const bytes = mutate(fixture(manifest.files[i % manifest.files.length]?.file ?? ''), next);
      if (parsePe(bytes).facts !== null) check(bytes);
    }
  });

  it('are explained in words', () => {
    const { fields } = PeFacts.parse(parsePe(buildPe({ plus: true })).facts);
    const meaning = (name: string): string | null | undefined => fields.find((f) => f.name === name)?.meaning;
    expect([meaning('Machine'), meaning('Magic'), meaning('Characteristics')]).toEqual(['x64', 'PE32+ (64-bit addresses)', 'EXECUTABLE_IMAGE, DLL']);
    expect(fileCharacteristics(0x2022)).toBe('EXECUTABLE_IMAGE, LARGE_ADDRESS_AWARE, DLL');
    expect(dllCharacteristics(0x4160)).toContain('GUARD_CF');
    expect(dllCharacteristics(0x0001)).toBe('0x1');
    expect(sectionCharacteristics(0x6000_0020)).toBe('CODE, EXECUTE, READ');
    expect(sectionCharacteristics(0xc050_0040)).toBe('INITIALIZED_DATA, READ, WRITE, ALIGN_16BYTES');
    expect([subsystem(3), subsystem(99), machine(0x8664)]).toEqual(['Windows console', 'not a known value', 'x64']);
  });

  it('stop at a bound when thousands of sections are announced', () => {
    const { facts, problems } = parsePe(buildPe({ sections: 0xffff, size: 0x40000 }));
    expect(facts?.fields.length).toBeLessThanOrEqual(2000);
    expect(problems.some((p) => p.kind === 'limit' && p.message.includes('fields'))).toBe(true);
  });

  it('places version strings where they stand', () => {
    const bytes = fixture('x64/shopcmp.dll');
    const field = parsePe(bytes).facts?.fields.find((f) => f.name === 'CompanyName');
    expect(Buffer.from(bytes).toString('utf16le', field?.offset, (field?.offset ?? 0) + (field?.length ?? 0))).toBe('Shop Systems\0');
    expect(parsePe(bytes).facts?.fields.find((f) => f.name === 'dwSignature')?.value).toBe('0xfeef04bd');
  });

  it('of the load configuration go as far as its size says', () => {
    const read = (size: number) => PeFacts.parse(parsePe(buildPe({ directories: { 10: [SECTION, 0x40] }, fill: (w) => w.u32(0, size) })).facts).fields.filter((f) => f.group === 'Load configuration');
    expect([0, 4, 0x48, 0xffff_ffff].map((size) => read(size).length)).toEqual([0, 1, 20, 52]);
    // Places of winnt.h's IMAGE_LOAD_CONFIG_DIRECTORY32.
    const at = (name: string): number => (read(0xc0).find((f) => f.name === name)?.offset ?? 0) - 0x400;
    expect([at('SecurityCookie'), at('GuardFlags'), at('EnclaveConfigurationPointer'), at('GuardMemcpyFunctionPointer')]).toEqual([0x3c, 0x58, 0x9c, 0xbc]);
  });
});

describe('checksum', () => {
  /** Word by word with carry after each, as the Windows SDK describes it. */
  const plain = (bytes: Uint8Array, field: number): number => {
    let sum = 0;
    for (let i = 0; i < bytes.length; i += 2) {
      const [low, high] = [i, i + 1].map((at) => (at >= field && at < field + 4 ? 0 : (bytes[at] ?? 0))) as [number, number];
      sum += low + high * 256;
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return sum + bytes.length;
  };

  it('is the sum of the words of the file, wherever it lies in memory', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 0, maxLength: 600 }), fc.integer({ min: 0, max: 3 }), (tail, shift) => {
      const bytes = new Uint8Array(Buffer.concat([buildPe(), tail]));
      const moved = new Uint8Array(bytes.length + shift).subarray(shift);
      moved.set(bytes);
      const view = new ByteView(moved);
      const headers = readHeaders(view, new ProblemList());
      expect(headers && readChecksum(view, headers)).toEqual({ offset: 0x98, stored: 0, computed: plain(bytes, 0x98) });
    }));
  });
});
