import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSignatures } from '../../../../../electron/artifacts/pe/authenticode/read.ts';
import { judgeFile } from '../../../../../electron/components/signature/index.ts';
import type { Authenticode, FileSignatures } from '../../../../../shared/model/index.ts';
import { context, der, integer, nil, octets, oid, sequence, set, utcTime } from '../../../../helpers/der-writer.ts';
import { fixture, manifest } from '../fixtures.ts';
import { attach, entry, point } from './attach.ts';

const program = fixture(manifest.files[0]?.file ?? '');
const SHA256 = '2.16.840.1.101.3.4.2.1';
const RSA = '1.2.840.113549.1.1.1';
const algorithm = (id: string): Buffer => sequence(oid(id), nil);
const name = (text: string): Buffer => sequence(set(sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(text)))));

interface Parts { readonly subject?: string; readonly issuer?: string; readonly modulus?: Buffer; readonly serial?: number; readonly key?: Buffer }

function certificate({ subject = 'A', issuer = 'A', modulus = Buffer.alloc(256, 0x55), serial = 1, key }: Parts = {}): Buffer {
  const spki = key ?? sequence(algorithm(RSA), der(3, Buffer.from([0]), sequence(der(2, modulus), integer(65537))));
  const ca = context(3, sequence(sequence(oid('2.5.29.19'), octets(sequence(der(1, Buffer.from([0xff])))))));
  const tbs = sequence(context(0, integer(2)), integer(serial), algorithm('1.2.840.113549.1.1.11'), name(issuer), sequence(utcTime('2020-01-01T00:00:00Z'), utcTime('2040-01-01T00:00:00Z')), name(subject), spki, ca);
  return sequence(tbs, algorithm('1.2.840.113549.1.1.11'), der(3, Buffer.from([0]), Buffer.alloc(256, 1)));
}

interface Message { readonly certificates?: readonly Buffer[]; readonly unsigned?: readonly Buffer[]; readonly issuer?: string; readonly serial?: Buffer; readonly signers?: number; readonly digest?: Buffer }

function message({ certificates = [certificate()], unsigned = [], issuer = 'A', serial = integer(1), signers = 1, digest = Buffer.alloc(32) }: Message = {}): Buffer {
  const content = sequence(oid('1.3.6.1.4.1.311.2.1.4'), context(0, sequence(sequence(oid('1.3.6.1.4.1.311.2.1.15'), sequence(der(3, Buffer.from([0])))), sequence(algorithm(SHA256), octets(digest)))));
  const signer = sequence(integer(1), sequence(name(issuer), serial), algorithm(SHA256), algorithm(RSA), octets(Buffer.alloc(256, 2)), ...(unsigned.length === 0 ? [] : [context(1, ...unsigned)]));
  return sequence(oid('1.2.840.113549.1.7.2'), context(0, sequence(integer(1), set(algorithm(SHA256)), content, context(0, ...certificates), set(...Array.from({ length: signers }, () => signer)))));
}

const judged = (bytes: Uint8Array): Authenticode => judgeFile(readSignatures(bytes), { moment: '2026-11-24T00:00:00Z' });
const read = (bytes: Uint8Array): FileSignatures => {
  const facts = readSignatures(bytes);
  if (facts === null) throw new Error('no facts');
  return facts;
};
const signedWith = (content: Uint8Array): Uint8Array => attach(program, entry(content));
const nested = (inner: Buffer): Buffer => sequence(oid('1.3.6.1.4.1.311.2.4.1'), set(inner));

describe('hostile signatures', () => {
  it('a well-formed forgery is tampered: nothing of it holds', () => {
    expect(judged(signedWith(message()))).toMatchObject({ status: 'tampered', digestMatches: false });
  });

  it.each([
    ['nothing', Buffer.alloc(0)], ['zeros', Buffer.alloc(64)], ['one byte', Buffer.from([0x30])], ['text', Buffer.from('not a signature at all')],
    ['an endless length', Buffer.from('3084ffffffff', 'hex')], ['indefinite lengths', Buffer.alloc(20_000, Buffer.from('3080', 'hex'))],
    ['nesting', Buffer.concat(Array.from({ length: 2000 }, () => Buffer.from('30820fff', 'hex')))], ['a message without its end', message().subarray(0, 300)],
  ])('%s in place of a signature is malformed', (_, content) => expect(judged(signedWith(content)).status).toBe('malformed'));

  it('5,000 certificates: the first ones are read, and it is said', () => {
    const { signatures: [first] } = read(signedWith(message({ certificates: Array.from({ length: 5000 }, (_, i) => certificate({ serial: i + 1 })) })));
    expect(first?.remarks.some((r) => r.includes('more than 200 certificates'))).toBe(true);
  });

  it('chains in circles end', () => {
    const circle = ['A', 'B', 'C'].map((subject, i) => certificate({ subject, issuer: ['B', 'C', 'A'][i] ?? 'A' }));
    expect(read(signedWith(message({ certificates: circle, issuer: 'B' }))).signatures[0]?.chain.map((c) => c.subject)).toEqual(['CN=A']);
  });

  it('keys that are too large are not used: 64k bits, giant exponents, odd curves', () => {
    const giant = certificate({ modulus: Buffer.alloc(8192, 0x7f) });
    const exponent = certificate({ key: sequence(algorithm(RSA), der(3, Buffer.from([0]), sequence(der(2, Buffer.alloc(256, 0x55)), der(2, Buffer.alloc(256, 0x55))))) });
    const curve = certificate({ key: sequence(sequence(oid('1.2.840.10045.2.1'), sequence(integer(1))), der(3, Buffer.alloc(66, 4))) });
    for (const odd of [giant, exponent, curve]) {
      const { signatures: [first] } = read(signedWith(message({ certificates: [odd] })));
      expect(first).toMatchObject({ signatureHolds: false });
      expect(first?.chain).toHaveLength(1);
    }
  });

  it('giant and negative numbers are malformed', () => {
    expect(judged(signedWith(message({ serial: der(2, Buffer.alloc(5000, 1)) }))).status).toBe('malformed');
    expect(judged(signedWith(message({ serial: der(2, Buffer.alloc(0)) }))).status).toBe('malformed');
    // A negative serial number is one like any other; here no certificate has it.
    expect(judged(signedWith(message({ serial: der(2, Buffer.from([0x80])) })))).toMatchObject({ status: 'malformed' });
  });

  it('nested signatures, deep and many, are bounded', () => {
    let deep = message();
    for (let i = 0; i < 12; i++) deep = message({ unsigned: [nested(deep)] });
    expect(read(signedWith(deep)).signatures.length).toBeLessThanOrEqual(16);
    const many = message({ unsigned: [sequence(oid('1.3.6.1.4.1.311.2.4.1'), set(...Array.from({ length: 500 }, () => message())))] });
    expect(read(signedWith(many)).signatures).toHaveLength(16);
  });

  it('more signers than one are told', () => {
    expect(read(signedWith(message({ signers: 3 }))).signatures[0]?.remarks.some((r) => r.startsWith('3 signers'))).toBe(true);
  });

  it('tables that lie: in a section, in the headers, past the end, too short, of other types', () => {
    const bytes = signedWith(message());
    const moved = (offset: number, size: number): Authenticode => {
      const copy = bytes.slice();
      point(copy, offset, size);
      return judged(copy);
    };
    expect(moved(0x400, 64)).toMatchObject({ status: 'malformed' });
    expect(moved(0x400, 64).reasons.join()).toContain('lies in section');
    expect(moved(8, 64).reasons.join()).toContain('lies in the headers');
    expect(moved(bytes.length - 8, 0xffff_fff0).status).toBe('malformed');
    expect(moved(0xffff_fff0, 0x20).status).toBe('malformed');
    expect(moved(bytes.length - 8, 4).status).toBe('malformed');
    expect(judged(attach(program, entry(message(), 2, 0xffff_ffff))).status).toBe('malformed');
    expect(judged(attach(program, entry(message(), 2, 3))).status).toBe('malformed');
    expect(judged(attach(program, entry(message(), 1)))).toMatchObject({ status: 'unsigned' });
    expect(read(attach(program, Buffer.concat(Array.from({ length: 300 }, () => entry(message()))))).table?.entries).toBe(16);
  });

  it('never throws, whatever stands in the table', () => {
    const good = message({ certificates: [certificate(), certificate({ subject: 'B' })], unsigned: [nested(message())] });
    const change = fc.record({ at: fc.nat(good.length - 1), to: fc.nat(255) });
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.nat(good.length), (changes, cut) => {
      const copy = Buffer.from(good);
      for (const { at, to } of changes) copy[at] = to;
      const shown = [judged(signedWith(copy)), judged(signedWith(copy.subarray(0, cut)))];
      expect(shown.every(({ status }) => status === 'malformed' || status === 'tampered')).toBe(true);
    }), { numRuns: 300 });
  }, 60_000);
});
