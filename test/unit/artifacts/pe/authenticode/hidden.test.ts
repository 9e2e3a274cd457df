import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DerNode, readDer } from '../../../../../electron/artifacts/kit/der.ts';
import { readSignatures } from '../../../../../electron/artifacts/pe/authenticode/read.ts';
import { judgeFile, readRoots, type Trust, trustOf } from '../../../../../electron/components/signature/index.ts';
import type { Authenticode } from '../../../../../shared/model/index.ts';
import { context, der, nil, octets, oid, sequence, set } from '../../../../helpers/der-writer.ts';
import { SigningLab, signingTools } from '../../../../helpers/signing.ts';
import { fixture, manifest } from '../fixtures.ts';
import { attach, entry } from './attach.ts';

const program = fixture(manifest.files[0]?.file ?? '');
const payload = Buffer.alloc(3000, 0x41);
const NESTED = '1.3.6.1.4.1.311.2.4.1';
const STAMP = '1.3.6.1.4.1.311.3.3.1';
const COUNTER = '1.2.840.113549.1.9.6';

const bytesOf = (nodes: readonly DerNode[]): Uint8Array[] => nodes.map((n) => n.whole);
const attribute = (id: string, ...values: Uint8Array[]): Buffer => sequence(oid(id), set(...values));

interface Parts { head: Uint8Array[]; certificates: Uint8Array[]; lists: Uint8Array[]; signer: Uint8Array[]; unsigned: Uint8Array[]; behind: Uint8Array[] }

/** Takes a message apart, lets it be changed, and puts it together again: nothing that is signed changes. */
function rebuilt(message: Uint8Array, change: (parts: Parts) => void): Buffer {
  const root = readDer(message);
  const body = root.child(1).child(0).children;
  const signer = body.at(-1)?.child(0).children ?? [];
  const parts: Parts = {
    head: bytesOf(body.slice(0, 3)), certificates: bytesOf(body[3]?.children ?? []), lists: [], signer: bytesOf(signer.slice(0, 6)), unsigned: bytesOf(signer[6]?.children ?? []), behind: [],
  };
  change(parts);
  const { head, certificates, lists, unsigned, behind } = parts;
  return sequence(root.child(0).whole, context(0, sequence(...head, context(0, ...certificates), ...lists, set(sequence(...parts.signer, ...(unsigned.length === 0 ? [] : [context(1, ...unsigned)]))))), ...behind);
}

/** A certificate whose outer identifier of the algorithm, which nobody signs, has other parameters. */
function refilled(certificate: Uint8Array): Buffer {
  const [tbs, algorithm, signature] = readDer(certificate).children;
  if (tbs === undefined || algorithm === undefined || signature === undefined) throw new Error('no certificate');
  return sequence(tbs.whole, sequence(algorithm.child(0).whole, octets(payload)), signature.whole);
}

describe.skipIf(!signingTools.present)('data hidden in a signature that holds all the same', () => {
  let lab: SigningLab;
  let trust: Trust;
  let message: Uint8Array;
  let stamped: Uint8Array;
  const judged = (content: Uint8Array): Authenticode => judgeFile(readSignatures(attach(program, entry(content))), { moment: '2026-11-24T00:00:00Z', trust });
  const messageOf = (signed: Uint8Array): Uint8Array => {
    const offset = readSignatures(signed)?.signatures[0]?.offset ?? 0;
    return readDer(signed, undefined, offset).whole;
  };
  beforeAll(() => {
    lab = new SigningLab();
    trust = trustOf(readRoots(lab.pem(lab.root.cert)).anchors);
    const signer = lab.leaf();
    const tsa = lab.leaf({ subject: '/CN=Lab TSA', usage: 'timeStamping' });
    message = messageOf(lab.sign(program, signer));
    stamped = messageOf(lab.sign(program, signer, ['-TSA-certs', tsa.cert, '-TSA-key', tsa.key, '-TSA-time', '1700000000']));
  }, 60_000);
  afterAll(() => lab.remove());

  const told = (content: Uint8Array): string => {
    const { status, reasons } = judged(content);
    expect(status).toBe('valid');
    return reasons.join('\n');
  };
  const NOT_NEEDED = /about (\d+) bytes of the message at offset \d+ are neither signed nor needed/;
  const sizeIn = (text: string): number => Number(NOT_NEEDED.exec(text)?.[1] ?? 0);

  it('nothing is said where nothing is hidden', () => {
    for (const plain of [message, stamped, rebuilt(stamped, () => undefined)]) expect(told(plain)).not.toMatch(/needed|needs|covered/);
  });

  it('a certificate of no chain', () => {
    const other = lab.leaf({ subject: '/CN=Bystander' });
    const certificate = Buffer.from(lab.pem(other.cert).replace(/-----[^-]+-----|\s/g, ''), 'base64');
    expect(told(rebuilt(message, (p) => void p.certificates.push(certificate)))).toContain(`a certificate that no chain needs (CN=Bystander; ${certificate.length} bytes)`);
  });

  it.each<[string, (p: Parts) => void]>([
    ['a list of revoked certificates', (p) => void p.lists.push(context(1, sequence(octets(payload))))],
    ['an element behind the message', (p) => void p.behind.push(octets(payload))],
    ['more digest algorithms', (p) => void (p.head[1] = set(sequence(oid('2.16.840.1.101.3.4.2.1'), nil), sequence(oid('2.16.840.1.101.3.4.2.1'), octets(payload))))],
    ['parameters of an algorithm', (p) => void (p.signer[2] = sequence(oid('2.16.840.1.101.3.4.2.1'), octets(payload)))],
    ['a counter-signature that is none', (p) => void p.unsigned.push(attribute(COUNTER, sequence(octets(payload))))],
    ['what is no certificate', (p) => void p.certificates.push(der(0xa1, payload))],
    ['a part of a certificate that its issuer did not sign', (p) => void (p.certificates = p.certificates.map((c) => refilled(c)))],
  ])('%s', (_, change) => expect(sizeIn(told(rebuilt(message, change)))).toBeGreaterThan(2500));

  it('a second value beside a timestamp that holds, and an attribute inside one', () => {
    const beside = rebuilt(stamped, (p) => {
      const value = readDer(p.unsigned[0] ?? nil).child(1).child(0);
      p.unsigned = [attribute(STAMP, value.whole, sequence(octets(payload)))];
    });
    expect(sizeIn(told(beside))).toBeGreaterThan(2500);
    const inside = rebuilt(stamped, (p) => {
      const value = readDer(p.unsigned[0] ?? nil).child(1).child(0);
      p.unsigned = [attribute(STAMP, rebuilt(value.whole, (q) => void q.unsigned.push(attribute('1.2.3.4', octets(payload)))))];
    });
    expect(told(inside)).toMatch(/in the timestamp: about \d{4} bytes/);
  });

  it('an entry of the table that is no signature', () => {
    const { status, reasons } = judgeFile(readSignatures(attach(program, Buffer.concat([entry(payload, 1), entry(message)]))), { moment: '2026-11-24T00:00:00Z', trust });
    expect([status, reasons.join('\n')]).toEqual(['valid', expect.stringContaining('no digest covers its 3008 bytes')]);
  });

  it('an attribute of a nested signature', () => {
    const inner = rebuilt(message, (p) => void p.unsigned.push(attribute('1.2.3.4', octets(payload))));
    expect(told(rebuilt(message, (p) => void p.unsigned.push(attribute(NESTED, inner))))).toMatch(/nested 1 signature: the attribute 1\.2\.3\.4 at offset \d+ \(3004 bytes\) is covered by no signature/);
  });
});
