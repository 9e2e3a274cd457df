import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateCatalog, readCatalog, sniffCatalog, WantedDigests } from '../../../../electron/artifacts/catalog/index.ts';
import { unsignedCatalog, type MadeMember } from '../../../helpers/catalog-writer.ts';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const others: readonly MadeMember[] = [0, 1, 2].map((i) => ({ tag: { hex: sha1(`other ${i}`) }, digest: sha1(`other ${i}`), file: `other${i}.dll` }));
const read = (members: readonly MadeMember[], wanted: readonly string[], version: 1 | 2 = 1): ReturnType<typeof readCatalog> =>
  readCatalog(unsignedCatalog(members, version), new WantedDigests(wanted));

describe('where catalogs lie', () => {
  it.each([
    ['C/Windows/System32/CatRoot/{F750E6C3-38EE-11D1-85E5-00C04FC295EE}/Package_1.cat', true],
    ['c/WINDOWS/system32/catroot/%7B127D0A1D-4EF2-11D1-8608-00C04FC295EE%7D/nt5.CAT', true],
    ['C\\Windows\\System32\\CatRoot\\{F750E6C3-38EE-11D1-85E5-00C04FC295EE}\\a.cat', true],
    ['CatRoot/{X}/a.cat', true],
    ['C/Windows/System32/catroot2/{F750E6C3-38EE-11D1-85E5-00C04FC295EE}/catdb', false],
    ['C/Windows/System32/catroot2/{F750E6C3-38EE-11D1-85E5-00C04FC295EE}/a.cat', false],
    ['C/Windows/System32/CatRoot/{F750E6C3-38EE-11D1-85E5-00C04FC295EE}/a.cat.txt', false],
    ['C/inetpub/wwwroot/myCatRoot/a.cat', false],
  ])('%s', (path, is) => expect(locateCatalog(path)).toBe(is));
});

describe('members of a catalog', () => {
  it('are found by their tag as text, with what they say of the file', () => {
    const wanted = sha1('module');
    const { facts, hits, problems } = read([...others, { tag: { hex: wanted }, digest: wanted, file: 'cachhttp.dll' }], [wanted]);
    expect(facts).toEqual({
      listIdentifier: '00112233445566778899aabbccddeeff', made: '2026-01-15T08:30:00Z', version: 1, members: 4, attributes: [{ name: 'OS', value: '_v100_X64' }],
    });
    expect(hits).toEqual([{ digest: wanted, by: 'both', algorithm: 'sha1', form: 'pe', offset: expect.any(Number) as number, file: 'cachhttp.dll', pageHashes: null, contradicted: false }]);
    expect(problems).toEqual([]);
  });

  it('say at which offset they stand', () => {
    const wanted = sha1('module');
    const bytes = unsignedCatalog([...others, { tag: { hex: wanted } }]);
    const [hit] = readCatalog(bytes, new WantedDigests([wanted])).hits;
    expect(bytes[hit?.offset ?? -1]).toBe(0x30);
    expect(bytes.indexOf(Buffer.from(wanted.toUpperCase(), 'utf16le'))).toBeGreaterThan(hit?.offset ?? Infinity);
  });

  it.each([
    ['a raw SHA-256 tag', { tag: { raw: sha256('m') } }, 2, sha256('m'), 'tag', 'sha256', null],
    ['a raw SHA-1 tag', { tag: { raw: sha1('m') } }, 2, sha1('m'), 'tag', 'sha1', null],
    ['a text SHA-256 tag', { tag: { hex: sha256('m') } }, 1, sha256('m'), 'tag', 'sha256', null],
    ['a label and the signed digest of a program', { tag: { label: 'module.dll' }, digest: sha256('m') }, 1, sha256('m'), 'digest', 'sha256', 'pe'],
    ['a label and the digest of a whole file', { tag: { label: 'module.inf' }, digest: sha1('m'), form: 'flat' }, 1, sha1('m'), 'digest', 'sha1', 'flat'],
    ['a SHA-1 tag beside a SHA-256 digest', { tag: { hex: sha1('m') }, digest: sha256('m') }, 1, sha256('m'), 'digest', 'sha256', 'pe'],
  ] as const)('are found by %s', (_what, made, version, wanted, by, algorithm, form) => {
    expect(read([...others, made], [wanted], version).hits).toMatchObject([{ digest: wanted, by, algorithm, form, contradicted: false }]);
  });

  it('carry page hashes', () => {
    const wanted = sha256('paged');
    expect(read([{ tag: { hex: wanted }, digest: wanted, pages: 7 }], [wanted]).hits).toMatchObject([{ pageHashes: { algorithm: 'sha256', pages: 7 } }]);
  });

  it('whose signed digest is another cover nothing, unless a second one does', () => {
    const wanted = sha1('module');
    const liar: MadeMember = { tag: { hex: wanted }, digest: sha1('else') };
    expect(read([liar, ...others], [wanted]).hits).toMatchObject([{ by: 'tag', contradicted: true }]);
    expect(read([{ tag: { hex: sha1('else') }, digest: wanted }], [wanted]).hits).toMatchObject([{ by: 'digest', contradicted: true }]);
    expect(read([liar, { tag: { hex: wanted }, digest: wanted }], [wanted]).hits).toMatchObject([{ by: 'both', contradicted: false }]);
  });

  it('that nobody asked for are counted and not told', () => {
    const { facts, hits, signatures } = read(others, [sha1('module')]);
    expect([facts?.members, hits, signatures]).toEqual([3, [], []]);
  });
});

describe('what is no whole catalog', () => {
  const wanted = sha1('module');
  const good = unsignedCatalog([...others, { tag: { hex: wanted }, digest: wanted }]);
  const kinds = (bytes: Uint8Array): readonly string[] => readCatalog(bytes, new WantedDigests([wanted])).problems.map((p) => p.kind);

  it('is told as what it is', () => {
    expect(kinds(new Uint8Array())).toEqual(['truncated']);
    expect(kinds(Buffer.from('MZ not a catalog at all, only text'))).toEqual(['unsupported']);
    expect(kinds(good.subarray(0, good.length - 40))).toEqual(['truncated']);
  });

  it('gives the members that are whole', () => {
    const bytes = Buffer.from(good);
    const first = bytes.indexOf(Buffer.from(sha1('other 0').toUpperCase(), 'utf16le'));
    // The tag's own length is broken: the member after it is still read.
    bytes[first - 1] = 0x7f;
    const { hits, problems } = readCatalog(bytes, new WantedDigests([wanted]));
    expect(hits).toHaveLength(1);
    expect(problems).toMatchObject([{ kind: 'malformed', message: expect.stringContaining('member 1') as string }]);
  });

  it('never throws and finds nothing that is not there', () => {
    const absent = new WantedDigests([sha256('absent')]);
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 12 }), fc.nat(good.length), (edits, cut) => {
      const bytes = Buffer.from(good.subarray(0, good.length - (cut % 3 === 0 ? cut : 0)));
      for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
      expect(readCatalog(bytes, absent).hits).toEqual([]);
      expect(['yes', 'maybe', 'no']).toContain(sniffCatalog(bytes));
    }), { numRuns: 1500 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => readCatalog(bytes, absent).hits.length === 0), { numRuns: 500 });
  });
});

describe('a catalog of 20,000 members', () => {
  const wanted = sha1('member 19999');
  const members = Array.from({ length: 20_000 }, (_, i): MadeMember => ({ tag: { hex: sha1(`member ${i}`) }, digest: sha1(`member ${i}`), file: `file${i}.dll` }));
  const bytes = unsignedCatalog(members);

  it('is walked without keeping it', () => {
    const digests = new WantedDigests([wanted]);
    readCatalog(bytes, digests);
    const before = process.memoryUsage().heapUsed;
    const { facts, hits } = readCatalog(bytes, digests);
    const grown = process.memoryUsage().heapUsed - before;
    expect([facts?.members, hits.length]).toEqual([20_000, 1]);
    expect(grown).toBeLessThan(32 * 1024 * 1024);
  });
});

describe('a signed catalog', () => {
  const signed = new Uint8Array(readFileSync(new URL('../../../fixtures/catalog/signed.cat', import.meta.url)));
  const wanted = new WantedDigests([sha1('program one'), sha256('program one')]);

  it('tells what lies behind it, and nothing where nothing does', () => {
    const [plain] = readCatalog(signed, wanted).signatures;
    expect(plain).toMatchObject({ contentHolds: true, signatureHolds: true });
    expect(plain?.remarks.join()).not.toMatch(/covered|needed/);
    const [longer] = readCatalog(new Uint8Array([...signed, ...new Uint8Array(500)]), wanted).signatures;
    expect(longer).toMatchObject({ contentHolds: true, signatureHolds: true });
    expect(longer?.remarks).toContainEqual(`500 bytes behind the catalog (offset ${signed.length} of it) are covered by no signature`);
  });
});
