import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Tests that sign need both programs; without them they skip and say so. */
export const signingTools = {
  present: spawnSync('osslsigncode', ['--version']).status === 0 && spawnSync('openssl', ['version']).status === 0,
};

export interface LeafOptions {
  readonly subject?: string;
  readonly usage?: string;
  /** `YYYYMMDDHHMMSSZ`. */
  readonly from?: string;
  readonly until?: string;
  readonly key?: 'rsa' | 'ec';
  readonly ca?: boolean;
  /** Behind `CA:TRUE` or `CA:FALSE`: `,pathlen:0`. */
  readonly limit?: string;
  /** Further lines of extensions. */
  readonly extensions?: string;
  readonly digest?: string;
  readonly bits?: number;
}

interface Identity {
  readonly cert: string;
  readonly key: string;
}

const CONFIG = `[ca]
default_ca=own
[own]
new_certs_dir=.
database=index.txt
serial=serial
default_md=sha256
policy=any
unique_subject=no
[any]
countryName=optional
stateOrProvinceName=optional
localityName=optional
organizationName=optional
organizationalUnitName=optional
commonName=supplied
`;

/** A throw-away authority in a folder of its own: certificates with any dates and usages, signatures by osslsigncode. */
export class SigningLab {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-sign-'));
  readonly root: Identity;
  #count = 0;

  constructor(subject = '/O=Lab/CN=Lab Root') {
    writeFileSync(this.file('ca.cnf'), CONFIG);
    writeFileSync(this.file('index.txt'), '');
    writeFileSync(this.file('serial'), '1000\n');
    this.root = { cert: this.file('root.pem'), key: this.#key('rsa') };
    this.#run('openssl', ['req', '-x509', '-new', '-key', this.root.key, '-subj', subject, '-days', '9000', '-out', this.root.cert, '-addext', 'keyUsage=critical,keyCertSign']);
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  /** A certificate that the root (or another issuer) signed. */
  leaf(options: LeafOptions = {}, issuer: Identity = this.root): Identity {
    const { subject = '/O=Lab/CN=Lab Signer', usage = 'codeSigning', from = '20200101000000Z', until = '20401231000000Z', key = 'rsa', ca = false, limit = '', extensions: more = '', digest = 'sha256', bits = 2048 } = options;
    const made = { cert: this.#name('pem'), key: this.#key(key, bits) };
    const request = this.#name('csr');
    const extensions = this.#name('ext');
    writeFileSync(extensions, `[x]\nbasicConstraints=CA:${ca ? 'TRUE' : 'FALSE'}${limit}\n${more}\n${usage === '' ? '' : `extendedKeyUsage=critical,${usage}\n`}`);
    this.#run('openssl', ['req', '-new', '-key', made.key, '-subj', subject, '-out', request]);
    this.#run('openssl', ['ca', '-batch', '-notext', '-config', 'ca.cnf', '-cert', issuer.cert, '-keyfile', issuer.key, '-in', request, '-out', made.cert, '-startdate', from, '-enddate', until, '-extfile', extensions, '-extensions', 'x', '-md', digest]);
    return made;
  }

  /** Signs with osslsigncode. @returns the signed bytes */
  sign(program: Uint8Array, who: Identity, options: readonly string[] = []): Uint8Array {
    const [input, output] = [this.#name('in'), this.#name('out')];
    writeFileSync(input, program);
    this.#run('osslsigncode', ['sign', '-certs', who.cert, '-key', who.key, ...options, '-in', input, '-out', output]);
    return new Uint8Array(readFileSync(output));
  }

  pem(name: string): string {
    return readFileSync(name, 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #name(ending: string): string {
    this.#count += 1;
    return this.file(`${this.#count}.${ending}`);
  }

  #key(kind: 'rsa' | 'ec', modulusLength = 2048): string {
    const place = this.#name('key');
    const { privateKey } = kind === 'rsa' ? generateKeyPairSync('rsa', { modulusLength }) : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(place, privateKey.export({ format: 'pem', type: 'pkcs8' }));
    return place;
  }

  #run(program: string, args: readonly string[]): void {
    const run = spawnSync(program, args, { cwd: this.folder, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${run.stdout}${run.stderr}`);
  }
}
