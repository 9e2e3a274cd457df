import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InspectDocument } from '../../shared/contract/cli/documents.ts';
import { buildCli, runCli, scratch } from '../helpers/cli.ts';
import { corpus } from '../helpers/corpus.ts';
import { SAMPLE } from '../helpers/engine.ts';

const HEX64 = /^[0-9a-f]{64}$/;
const temp = scratch();
const NATIVE = path.join(SAMPLE, 'C/ProgramData/Microsoft/Cache/cachehttp.dll');

beforeAll(() => {
  buildCli();
  mkdirSync(temp.at('folder'));
  writeFileSync(temp.at('empty.dll'), '');
  writeFileSync(temp.at('text.dll'), 'not a program\n');
  const bytes = readFileSync(NATIVE);
  for (const length of [2, 64, 300, 1024]) writeFileSync(temp.at(`cut${length}.dll`), bytes.subarray(0, length));
  copyFileSync(NATIVE, temp.at('whole.dll'));
});
afterAll(() => temp.remove());

async function inspect(file: string): Promise<InspectDocument> {
  const ran = await runCli(['inspect', file, '--json', '-'], { cwd: temp.dir });
  expect({ code: ran.code, said: ran.said }).toEqual({ code: 0, said: [] });
  const raw: unknown = JSON.parse(ran.stdout);
  promised(raw);
  return InspectDocument.parse(raw);
}

const text = expect.any(String) as string;
const number = expect.any(Number) as number;
const list = expect.any(Array) as unknown[];

/** What the document of every file has, PE or not: each name is there, null or empty where there is nothing. */
function promised(raw: unknown): void {
  expect(raw).toMatchObject({ schema: 'iisight.inspect/1', sha256: expect.stringMatching(HEX64) as string, size: number });
  for (const name of ['exports', 'imports', 'delayImports', 'sections', 'pdb', 'entryPoints', 'kinds', 'capabilities', 'anomalies', 'problems']) expect(raw, name).toHaveProperty(name, list);
  for (const name of ['machine', 'isDll', 'timestamp', 'imphash', 'richHash', 'clr', 'authenticode']) expect(raw).toHaveProperty(name);
  expect(raw).toHaveProperty('versionInfo', expect.any(Object));
}

/** The shapes inside, for a file that has all of them. */
function shaped(document: InspectDocument): void {
  expect(document.timestamp).toMatchObject({ value: number });
  for (const one of document.exports) expect(Object.keys(one).sort()).toEqual(['forwarder', 'name', 'ordinal', 'rva']);
  for (const one of [...document.imports, ...document.delayImports]) expect(one).toEqual({ dll: text, names: list });
  for (const one of document.sections) expect(one).toMatchObject({ name: text, rva: number, virtualSize: number, rawOffset: number, rawSize: number, entropy: number });
  for (const one of document.capabilities) expect(one).toMatchObject({ id: text, what: text, proof: expect.any(Object) as object });
  for (const one of document.anomalies) expect(one).toEqual({ id: text, offset: number, message: text });
  expect(document.authenticode).toMatchObject({ status: text, reasons: list, signers: list, nested: number });
  for (const name of ['digestAlgorithm', 'digestMatches', 'timestamp', 'catalog']) expect(document.authenticode).toHaveProperty(name);
  for (const signer of document.authenticode?.signers ?? []) expect(Object.keys(signer).sort()).toEqual(['issuer', 'pinnedCa', 'subject', 'thumbprint']);
  for (const hash of [document.imphash, document.richHash]) if (hash !== null) expect(hash).toMatch(/^[0-9a-f]{32}$/);
}

describe('inspect --json', () => {
  it('of a native module has every promised field', async () => {
    const document = await inspect('whole.dll');
    shaped(document);
    expect(document).toMatchObject({
      size: 5120, machine: 'x64', isDll: true, clr: null, kinds: ['native-module'], entryPoints: ['RegisterModule'], problems: [], authenticode: { status: 'unsigned', digestMatches: null, catalog: null },
      sha256: createHash('sha256').update(readFileSync(NATIVE)).digest('hex'),
    });
    expect(document.capabilities.map((c) => c.id)).toContain('changes-log-row');
  });

  it.each(['empty.dll', 'text.dll', 'cut2.dll', 'cut64.dll'])('of %s, which is no PE, says so', async (name) => {
    const document = await inspect(name);
    expect(document).toMatchObject({ machine: null, isDll: null, timestamp: null, imphash: null, clr: null, exports: [], kinds: [], authenticode: null });
    expect(document.problems.length).toBeGreaterThan(0);
  });

  it.each(['cut300.dll', 'cut1024.dll'])('of %s tells what is left and what is missing', async (name) => {
    const document = await inspect(name);
    shaped(document);
    expect(document.machine).toBe('x64');
    expect(document.problems.length + document.anomalies.length).toBeGreaterThan(0);
  });

  it.each([['a folder', 'folder', /is a folder/], ['a file that is not there', 'nowhere.dll', /no evidence/]])('refuses %s with one sentence', async (_, name, sentence) => {
    const ran = await runCli(['inspect', name, '--json', '-'], { cwd: temp.dir });
    expect({ code: ran.code, stdout: ran.stdout, lines: ran.said.length }).toEqual({ code: 2, stdout: '', lines: 1 });
    expect(ran.said[0]).toMatch(sentence);
  });
});

describe.skipIf(!corpus.present)('inspect of the corpus (skipped where it is absent)', () => {
  it('of a managed module has the promised fields of .NET', async () => {
    const document = await inspect(corpus.file('components', 'FixtureModule.dll'));
    shaped(document);
    expect(document.clr).toMatchObject({ assembly: 'FixtureModule', version: '1.2.3.4', mvid: text, publicKeyToken: null, runtime: 'v4.0.30319', references: list, events: ['BeginRequest', 'EndRequest'], preApplicationStart: [] });
    expect(document.clr?.httpTypes[0]).toMatchObject({ type: 'Fixture.NoopHandler', implements: ['System.Web.IHttpHandler'] });
  });

  it('of a signed filter has the promised fields of signatures', async () => {
    const document = await inspect(corpus.file('authenticode', 'generated', 'signed_sha256.dll'));
    shaped(document);
    expect(document.authenticode).toMatchObject({ digestAlgorithm: 'sha256', digestMatches: true, nested: 0 });
    expect(document.authenticode?.signers.length).toBeGreaterThan(0);
  });
});
