import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bmp, context, der, integer, nil, octets, oid, sequence, set, utcTime } from './der-writer.ts';

/** One member of a made catalog. */
export interface MadeMember {
  /** The tag: a hash as hexadecimal text (version 1), a raw hash (2), or any label. */
  readonly tag: { readonly hex: string } | { readonly raw: string } | { readonly label: string };
  /** Signed digest in SPC_INDIRECT_DATA, lower-case hex. */
  readonly digest?: string;
  readonly form?: 'pe' | 'flat';
  readonly file?: string;
  /** SHA-256 page hashes: one entry for each page, 36 bytes. */
  readonly pages?: number;
}

const MICROSOFT = '1.3.6.1.4.1.311';
const DIGEST_OID: Readonly<Record<number, string>> = { 40: '1.3.14.3.2.26', 64: '2.16.840.1.101.3.4.2.1', 96: '2.16.840.1.101.3.4.2.2' };

const hexBytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const closed = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le');
const nameValue = (name: string, value: string): Buffer => sequence(bmp(name), integer(0x10010001), octets(closed(value)));
const attribute = (id: string, value: Uint8Array): Buffer => sequence(oid(`${MICROSOFT}.${id}`), set(value));

function tagOf({ tag }: MadeMember): Buffer {
  if ('raw' in tag) return hexBytes(tag.raw);
  return closed('hex' in tag ? tag.hex.toUpperCase() : tag.label);
}

function moniker(pages: number): Buffer {
  const hashes = set(sequence(oid(`${MICROSOFT}.2.3.2`), set(octets(Buffer.alloc(pages * 36)))));
  return context(0, context(1, octets(hexBytes('a6b586d5b4a12466ae05a217da8e60d6')), octets(hashes)));
}

function indirect({ digest = '', form = 'pe', pages }: MadeMember): Buffer {
  const data = form === 'pe'
    ? sequence(oid(`${MICROSOFT}.2.1.15`), sequence(der(0x03, Buffer.from([5, 0xa0])), pages === undefined ? context(0, context(2, der(0x80))) : moniker(pages)))
    : sequence(oid(`${MICROSOFT}.2.1.25`), context(2, der(0x80)));
  return sequence(data, sequence(sequence(oid(DIGEST_OID[digest.length] ?? '1.2.3'), nil), octets(hexBytes(digest))));
}

function member(made: MadeMember): Buffer {
  const attributes = [
    attribute('12.2.2', sequence(bmp('{C689AAB8-8E78-11D0-8C47-00C04FC295EE}'), integer(512))),
    ...(made.file === undefined ? [] : [attribute('12.2.1', nameValue('File', made.file))]),
    ...(made.digest === undefined ? [] : [attribute('2.1.4', indirect(made))]),
  ];
  return sequence(octets(tagOf(made)), set(...attributes));
}

/** A CertificateTrustList of files. */
export function trustList(members: readonly MadeMember[], version: 1 | 2 = 1): Buffer {
  return sequence(
    sequence(oid(`${MICROSOFT}.12.1.1`)),
    octets(hexBytes('00112233445566778899aabbccddeeff')),
    utcTime('2026-01-15T08:30:00Z'),
    sequence(oid(`${MICROSOFT}.12.1.${version + 1}`), nil),
    sequence(...members.map(member)),
    context(0, sequence(sequence(oid(`${MICROSOFT}.12.2.1`), octets(nameValue('OS', '_v100_X64'))))),
  );
}

/** The same as a file without a signature, which is what makers of catalogs give to signers. */
export function unsignedCatalog(members: readonly MadeMember[], version: 1 | 2 = 1): Buffer {
  const content = sequence(oid(`${MICROSOFT}.10.1`), context(0, trustList(members, version)));
  return sequence(oid('1.2.840.113549.1.7.2'), context(0, sequence(integer(1), set(), content, set())));
}

const runs = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
/** Whether the programs that sign are here; tests that need them skip, and say so. */
export const signing = runs('osslsigncode') && runs('openssl');

export interface ThrowAwayKey {
  /** The self-made root, as PEM text. */
  readonly root: string;
  sign(catalog: Uint8Array): Buffer;
  dispose(): void;
}

/** A root and a code-signing certificate under it, made now and thrown away. */
export function throwAwayKey(subject = '/O=Throw-away Catalogs/CN=Catalog Signer'): ThrowAwayKey {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-key-'));
  const at = (name: string): string => path.join(folder, name);
  const openssl = (...words: string[]): void => void execFileSync('openssl', words, { stdio: 'pipe', cwd: folder });
  writeFileSync(at('usage.cnf'), 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\n');
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/O=Throw-away Catalogs/CN=Root', '-days', '3650');
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'own.key', '-out', 'own.csr', '-subj', subject);
  openssl('x509', '-req', '-in', 'own.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-set_serial', '2', '-days', '3650', '-out', 'own.pem', '-extfile', 'usage.cnf');
  writeFileSync(at('chain.pem'), `${readFileSync(at('own.pem'), 'utf8')}${readFileSync(at('root.pem'), 'utf8')}`);
  return {
    root: readFileSync(at('root.pem'), 'utf8'),
    sign: (catalog) => {
      writeFileSync(at('in.cat'), catalog);
      rmSync(at('out.cat'), { force: true });
      execFileSync('osslsigncode', ['sign', '-certs', at('chain.pem'), '-key', at('own.key'), '-h', 'sha256', '-in', at('in.cat'), '-out', at('out.cat')], { stdio: 'pipe' });
      return readFileSync(at('out.cat'));
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
