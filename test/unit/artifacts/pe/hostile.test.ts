import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEAD_BYTES, locatePe, parsePe, sniffPe } from '../../../../electron/artifacts/pe/index.ts';
import { PeFacts } from '../../../../shared/model/pe/index.ts';
import { SECTION, buildPe } from './build-pe.ts';
import { fixture } from './fixtures.ts';
import { mutate, random } from './mutate.ts';

/** Parses and holds the promises: facts of the model's shape or a problem, within a second. */
function check(bytes: Uint8Array): void {
  const start = performance.now();
  const { facts, problems } = parsePe(bytes);
  expect(performance.now() - start).toBeLessThan(1000);
  if (facts) PeFacts.parse(facts);
  else expect(problems.length).toBeGreaterThan(0);
}

describe('hostile bytes', () => {
  it.each(['x64/filterext.dll', 'clr/Shop.Imaging.dll'])('reads %s cut at every byte and says so', (file) => {
    const whole = fixture(file);
    const end = PeFacts.parse(parsePe(whole).facts).sections.reduce((last, s) => Math.max(last, s.rawOffset + s.rawSize), 0);
    for (let length = 0; length < whole.length; length++) {
      const { facts, problems } = parsePe(whole.subarray(0, length));
      const said = problems.length > 0 || (facts?.anomalies.some((a) => a.id === 'section-beyond-file') ?? false);
      if (length < end) expect(said, `cut at ${length}`).toBe(true);
    }
  });

  it('survives thousands of mutants', () => {
    const seeds = ['x64/shopcmp.dll', 'x86/hdrimg.dll', 'x64/cachehttp.dll', 'clr/Shop.Imaging.dll', 'clr/Contoso.Api.Telemetry.dll'].map(fixture);
    const next = random(20_260_302);
    for (let i = 0; i < 4000; i++) {
      const seed = seeds[i % seeds.length];
      if (seed) check(mutate(seed, next));
    }
  }, 20_000);

  it('survives any bytes behind a valid start', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 1024 }), (noise) => {
      const bytes = buildPe();
      bytes.set(noise.subarray(0, bytes.length - 0x58), 0x58);
      check(bytes);
    }), { numRuns: 300 });
  });

  it('does not believe sizes of 4 GB', () => {
    const before = process.memoryUsage().rss;
    for (const index of [0, 1, 2, 6, 13, 14]) check(buildPe({ virtualSize: 0xffff_ffff, sizeOfRawData: 0xffff_ffff, directories: { [index]: [SECTION, 0xffff_ffff] }, fill: (w) => w.bytes.fill(0xff) }));
    check(buildPe({ sections: 0xffff }));
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('stops at its limits when tables point again and again at the same long name', () => {
    const size = 0x50000;
    const exports = parsePe(buildPe({ size, directories: { 0: [SECTION, 40] }, fill: (w) => {
      w.u32(20, 0xffff_ffff);
      w.u32(24, 0xffff_ffff);
      for (const at of [28, 32, 36]) w.u32(at, SECTION + 0x100);
      w.bytes.fill(0xe9, 0x40000);
      for (let at = 0x100; at < 0x40000; at += 4) w.u32(at, SECTION + 0x40000);
    } }));
    expect(exports.problems.map((p) => p.kind)).toContain('limit');
    const imports = parsePe(buildPe({ size, directories: { 1: [SECTION, 40] }, fill: (w) => {
      for (let i = 0; i < 100; i++) for (const [at, value] of [[0, 0x1000], [12, 0x40000], [16, 0x1000]] as const) w.u32(i * 20 + at, SECTION + value);
      w.bytes.fill(0x41, 0x40000);
      for (let at = 0x1000; at < 0x3f000; at += 4) w.u32(at, SECTION + 0x40000);
    } }));
    expect(imports.problems.map((p) => p.kind)).toContain('limit');
    expect(imports.facts?.imports[0]?.names.length).toBeGreaterThan(100);
  });

  it('leaves the other directories alone when one is damaged', () => {
    const bytes = fixture('clr/Shop.Imaging.dll');
    Buffer.from(bytes.buffer).writeUInt32LE(0x7fff_0000, 0x80 + 24 + 96 + 8);
    const { facts, problems } = parsePe(bytes);
    expect(problems).toMatchObject([{ kind: 'malformed', message: 'the import directory lies in no section' }]);
    expect(facts?.clr?.httpTypes).toHaveLength(2);
  });

  it('does not let evidence names touch prototypes', () => {
    const { facts } = parsePe(buildPe({ directories: { 1: [SECTION, 40] }, fill: (w) => {
      w.u32(0, SECTION + 0x40);
      w.u32(12, SECTION + 0x80);
      w.u32(16, SECTION + 0x40);
      w.u32(0x40, SECTION + 0x90);
      w.text(0x80, '__proto__');
      w.text(0x92, 'constructor');
    } }));
    expect(facts?.imports).toEqual([{ dll: '__proto__', names: ['constructor'] }]);
    expect(Reflect.get({}, 'names')).toBeUndefined();
  });
});

describe('what is no PE', () => {
  it.each([
    ['empty', new Uint8Array(), 'unsupported', 'empty'],
    ['text', new TextEncoder().encode('<configuration/>'), 'unsupported', 'does not begin with MZ'],
    ['a cut DOS header', Uint8Array.from([0x4d, 0x5a, 1]), 'truncated', 'DOS header'],
  ])('says so: %s', (_name, bytes, kind, words) => {
    expect(parsePe(bytes)).toMatchObject({ facts: null, problems: [{ kind, message: expect.stringContaining(words) }] });
  });

  it('sniffs by content and locates by name', () => {
    expect(sniffPe(fixture('x64/shopcmp.dll').subarray(0, HEAD_BYTES))).toBe('yes');
    expect(sniffPe(Uint8Array.from([0x4d, 0x5a]))).toBe('maybe');
    expect(sniffPe(new TextEncoder().encode('PK'))).toBe('no');
    expect(locatePe('C:\\Windows\\System32\\InetSrv\\cachuri.DLL')).toBe('yes');
    expect(locatePe('C/inetpub/wwwroot/app/bin/App.dll')).toBe('yes');
    expect(locatePe('C/Temp/x.dll')).toBe('maybe');
    expect(locatePe('C/inetpub/wwwroot/app/bin/web.config')).toBe('no');
  });
});
