import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSignatures } from '../../../../../electron/artifacts/pe/authenticode/read.ts';
import { judgeFile, readRoots, trustOf } from '../../../../../electron/components/signature/index.ts';
import type { Authenticode, FileSignatures, SignatureFacts } from '../../../../../shared/model/index.ts';
import { type LeafOptions, SigningLab, signingTools } from '../../../../helpers/signing.ts';
import { fixture, manifest } from '../fixtures.ts';

const program = fixture(manifest.files[0]?.file ?? '');
const MOMENT = '2026-11-24T00:00:00Z';

function facts(bytes: Uint8Array): FileSignatures & { readonly first: SignatureFacts } {
  const read = readSignatures(bytes);
  const [first] = read?.signatures ?? [];
  if (read === null || first === undefined) throw new Error('no signature was read');
  return { ...read, first };
}

describe.skipIf(!signingTools.present)(`signatures made with throw-away keys (osslsigncode and openssl ${signingTools.present ? 'present' : 'absent'})`, () => {
  let lab: SigningLab;
  let signer: ReturnType<SigningLab['leaf']>;
  let trusted: (bytes: Uint8Array, moment?: string) => Authenticode;
  let alone: (bytes: Uint8Array) => Authenticode;
  beforeAll(() => {
    lab = new SigningLab();
    signer = lab.leaf();
    const trust = trustOf(readRoots(lab.pem(lab.root.cert)).anchors);
    trusted = (bytes, moment = MOMENT) => judgeFile(readSignatures(bytes), { moment, trust });
    alone = (bytes) => judgeFile(readSignatures(bytes), { moment: MOMENT });
  }, 60_000);
  afterAll(() => lab.remove());

  it.each(['md5', 'sha1', 'sha256', 'sha384', 'sha512'])('digest %s', (name) => {
    const signed = lab.sign(program, signer, ['-h', name === 'sha256' ? 'sha2' : name, '-n', 'A name']);
    const { first } = facts(signed);
    expect(first).toMatchObject({ digestAlgorithm: name, digestMatches: true, contentHolds: true, signatureHolds: true, program: 'A name', malformed: [] });
    expect(first.remarks.some((r) => r.includes('weak digest'))).toBe(name === 'md5' || name === 'sha1');
    expect([trusted(signed).status, alone(signed).status]).toEqual(['valid', 'valid-untrusted-root']);
  });

  it('finds a root that is not in the file by its key, and only by its key', () => {
    const signed = lab.sign(program, signer);
    expect(facts(signed).first.chain).toHaveLength(1);
    expect(trusted(signed).reasons[0]).toContain('not in the file; its key signed the last certificate');
    const other = new SigningLab();
    const wrong = judgeFile(readSignatures(signed), { moment: MOMENT, trust: trustOf(readRoots(other.pem(other.root.cert)).anchors) });
    other.remove();
    expect(wrong.status).toBe('valid-untrusted-root');
  });

  it('elliptic keys', () => expect(trusted(lab.sign(program, lab.leaf({ key: 'ec' }))).status).toBe('valid'));

  it('a chain through an issuing CA', () => {
    const middle = lab.leaf({ subject: '/CN=Lab Issuer', ca: true, usage: '' });
    const leaf = lab.leaf({ subject: '/CN=Below' }, middle);
    const signed = lab.sign(program, leaf, ['-ac', middle.cert]);
    expect(facts(signed).first.chain.map((c) => c.subject)).toEqual(['CN=Below', 'CN=Lab Issuer']);
    expect(trusted(signed).status).toBe('valid');
  });

  it('a certificate that may not issue others makes no chain', () => {
    const signed = lab.sign(program, lab.leaf({ subject: '/O=Microsoft Corporation/CN=Microsoft Windows' }, signer), ['-ac', signer.cert]);
    expect(facts(signed).first.chain).toHaveLength(1);
    expect(trusted(signed).status).toBe('valid-untrusted-root');
    expect(trusted(signed).reasons.join('\n')).toContain('which may not issue certificates');
    expect(trusted(signed).reasons.join('\n')).toContain('calls itself "Microsoft Corporation"');
  });

  it.each<[string, LeafOptions, string]>([
    ['its key usage forbids it', { subject: '/CN=Issuer', ca: true, extensions: 'keyUsage=digitalSignature' }, 'which may not issue certificates'],
    ['it may issue for some names only', { subject: '/CN=Issuer', ca: true, extensions: 'nameConstraints=critical,permitted;DNS:example.org' }, 'which may issue for some names only'],
    ['it has the name of the root and is none', { subject: '/O=Lab/CN=Lab Root' }, 'which may not issue certificates'],
  ])('an issuer makes no chain where %s', (_, options, why) => {
    const middle = lab.leaf({ usage: '', ...options });
    const { status, reasons } = trusted(lab.sign(program, lab.leaf({}, middle), ['-ac', middle.cert]));
    expect([status, reasons.join('\n')]).toEqual(['valid-untrusted-root', expect.stringContaining(why)]);
  });

  it('an authority below one that may have none makes no chain', () => {
    const upper = lab.leaf({ subject: '/CN=Upper', ca: true, limit: ',pathlen:0', usage: '' });
    const lower = lab.leaf({ subject: '/CN=Lower', ca: true, usage: '' }, upper);
    const both = lab.file('both.pem');
    writeFileSync(both, lab.pem(upper.cert) + lab.pem(lower.cert));
    expect(trusted(lab.sign(program, lab.leaf({}, upper), ['-ac', upper.cert])).status).toBe('valid');
    expect(trusted(lab.sign(program, lab.leaf({}, lower), ['-ac', both])).status).toBe('valid-untrusted-root');
  });

  it('a key that may not sign programs, and keys and digests that were forged', () => {
    expect(trusted(lab.sign(program, lab.leaf({ extensions: 'keyUsage=keyEncipherment' }))).status).toBe('wrong-usage');
    expect(trusted(lab.sign(program, lab.leaf({ extensions: 'keyUsage=digitalSignature' }))).status).toBe('valid');
    expect(trusted(lab.sign(program, lab.leaf({ bits: 1000 }))).status).toBe('valid-untrusted-root');
    const old = lab.leaf({ from: '20140101000000Z', until: '20160101000000Z' });
    const stampedBy = (digest: string): string => {
      const tsa = lab.leaf({ subject: '/CN=Lab TSA', usage: 'timeStamping', from: '20140101000000Z', digest });
      return trusted(lab.sign(program, old, ['-TSA-certs', tsa.cert, '-TSA-key', tsa.key, '-TSA-time', '1420070400'])).status;
    };
    expect([stampedBy('sha256'), stampedBy('md5')]).toEqual(['valid', 'expired']);
  });

  it('usages: of the signer, and of a CA above it', () => {
    expect(trusted(lab.sign(program, lab.leaf({ usage: 'serverAuth' }))).status).toBe('wrong-usage');
    const middle = lab.leaf({ subject: '/CN=TLS Issuer', ca: true, usage: 'serverAuth' });
    expect(trusted(lab.sign(program, lab.leaf({}, middle), ['-ac', middle.cert])).status).toBe('wrong-usage');
  });

  it('expiry: at the moment of judging, and at that of a timestamp', () => {
    const old = lab.leaf({ from: '20140101000000Z', until: '20160101000000Z' });
    const tsa = lab.leaf({ subject: '/CN=Lab TSA', usage: 'timeStamping', from: '20140101000000Z' });
    const stamp = ['-TSA-certs', tsa.cert, '-TSA-key', tsa.key, '-TSA-time', '1420070400'];
    expect(trusted(lab.sign(program, old)).status).toBe('expired');
    expect(trusted(lab.sign(program, old), '2015-06-01T00:00:00Z').status).toBe('valid');
    const stamped = lab.sign(program, old, stamp);
    expect(facts(stamped).first.timestamp).toMatchObject({ kind: 'rfc3161', time: '2015-01-01T00:00:00Z', holds: true });
    expect(trusted(stamped)).toMatchObject({ status: 'valid', timestamp: '2015-01-01T00:00:00Z' });
    const lifetime = lab.leaf({ from: '20140101000000Z', until: '20160101000000Z', usage: 'codeSigning,1.3.6.1.4.1.311.10.3.13' });
    expect(trusted(lab.sign(program, lifetime, stamp)).status).toBe('expired');
  });

  it('a timestamp of nobody does not make an expired certificate good', () => {
    const stranger = new SigningLab('/CN=Nobody');
    const tsa = stranger.leaf({ usage: 'timeStamping', from: '20140101000000Z' });
    const signed = lab.sign(program, lab.leaf({ until: '20210101000000Z' }), ['-TSA-certs', tsa.cert, '-TSA-key', tsa.key, '-TSA-time', '1600000000']);
    stranger.remove();
    expect(trusted(signed).status).toBe('expired');
    expect(trusted(signed).reasons.some((r) => r.includes('ends at no known root, so it does not count'))).toBe(true);
  });

  it('a stamp from before the stamper\'s certificate was valid does not hold', () => {
    const late = lab.leaf({ subject: '/CN=Late TSA', usage: 'timeStamping', from: '20240101000000Z' });
    const early = facts(lab.sign(program, signer, ['-TSA-certs', late.cert, '-TSA-key', late.key, '-TSA-time', '1600000000'])).first.timestamp;
    expect(early).toMatchObject({ holds: false });
    expect(early?.reasons.join()).toContain('was not valid at the moment that it vouches for');
  });

  it('several signatures: the first decides, the nested one is told', () => {
    const dual = lab.sign(lab.sign(program, signer, ['-h', 'sha1']), lab.leaf({ usage: 'serverAuth' }), ['-h', 'sha2', '-nest']);
    expect(facts(dual).signatures.map((s) => s.place)).toEqual(['primary', 'nested 1']);
    expect(trusted(dual)).toMatchObject({ status: 'valid', nested: 1, digestAlgorithm: 'sha1' });
    expect(trusted(dual).reasons.some((r) => r.startsWith('nested 1 signature (sha256): wrong-usage'))).toBe(true);
  });

  it('page hashes: each page, and the page that was changed', () => {
    const signed = lab.sign(program, signer, ['-ph']);
    const { pageHashes } = facts(signed).first;
    expect(pageHashes?.wrong).toEqual([]);
    expect(pageHashes?.pages).toBeGreaterThan(2);
    signed[0x400] = (signed[0x400] ?? 0) ^ 1;
    expect(facts(signed).first.pageHashes?.wrong).toEqual([1]);
    expect(trusted(signed).status).toBe('tampered');
  });

  it('page hashes in steps of the section alignment, as tools make them for managed programs', () => {
    const aligned = program.slice();
    const view = Buffer.from(aligned.buffer, aligned.byteOffset);
    const alignmentAt = view.readUInt32LE(0x3c) + 24 + 32;
    expect(view.readUInt32LE(alignmentAt)).toBe(0x1000);
    view.writeUInt32LE(0x2000, alignmentAt);
    const signed = lab.sign(aligned, signer, ['-ph']);
    expect(facts(signed).first.pageHashes?.wrong).toEqual([]);
    expect(trusted(signed).status).toBe('valid');
    signed[0x400] = (signed[0x400] ?? 0) ^ 1;
    expect(facts(signed).first.pageHashes?.wrong).toEqual([1]);
  });

  it('bytes that were added behind the table, or put into it', () => {
    const signed = lab.sign(program, signer);
    const longer = new Uint8Array([...signed, ...new Uint8Array(16).fill(7)]);
    expect(trusted(longer).status).toBe('tampered');
    const { table, first } = facts(signed);
    expect(first.offset).toBe((table?.offset ?? 0) + 8);
    expect(table).toMatchObject({ entries: 1, malformed: [], remarks: [] });
  });
});
