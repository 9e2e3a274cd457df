import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticodeDigest } from '../helpers/authenticode-digest.ts';
import { type MadeMember, signing, throwAwayKey, type ThrowAwayKey, unsignedCatalog } from '../helpers/catalog-writer.ts';
import { startEngine, type TestEngine, triage } from '../helpers/engine.ts';
import { makeTree, type MadeTree, type Tree } from '../helpers/tree.ts';

const STORE = 'C/Windows/System32/CatRoot/{F750E6C3-38EE-11D1-85E5-00C04FC295EE}';
const INETSRV = 'C/Windows/System32/inetsrv';
const stock = readFileSync('test/fixtures/components/bin/x64/cachehttp.dll');
const changed = Buffer.from(stock);
changed[changed.length - 700] = (changed[changed.length - 700] ?? 0) ^ 1;
const CONFIG = `<?xml version="1.0" encoding="UTF-8"?>
<configuration>
  <system.applicationHost>
    <applicationPools><add name="P" managedRuntimeVersion="v4.0" /></applicationPools>
    <sites><site name="Shop" id="1"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="D:\\shop" /></application></site></sites>
  </system.applicationHost>
  <system.webServer>
    <globalModules>
      <add name="HttpCacheModule" image="%windir%\\System32\\inetsrv\\cachhttp.dll" />
      <add name="UriCacheModule" image="%windir%\\System32\\inetsrv\\cachuri.dll" />
    </globalModules>
    <modules><add name="HttpCacheModule" lockItem="true" /></modules>
  </system.webServer>
</configuration>
`;

const genuine: MadeMember = { tag: { hex: authenticodeDigest(stock, 'sha1') }, digest: authenticodeDigest(stock, 'sha1'), file: 'cachhttp.dll' };
const genuine256: MadeMember = { tag: { raw: authenticodeDigest(stock, 'sha256') }, digest: authenticodeDigest(stock, 'sha256'), file: 'cachhttp.dll' };

/** One module as Microsoft delivers it, one that was changed by a byte. */
const server = (catalogs: Tree): Tree => ({ [`${INETSRV}/config/applicationHost.config`]: CONFIG, [`${INETSRV}/cachhttp.dll`]: stock, [`${INETSRV}/cachuri.dll`]: changed, ...catalogs });

describe.skipIf(!signing)('catalogs of a server (with osslsigncode and openssl)', () => {
  let engine: TestEngine;
  let key: ThrowAwayKey;
  const trees: MadeTree[] = [];
  beforeAll(async () => {
    engine = await startEngine();
    key = throwAwayKey();
  });
  afterAll(async () => {
    key.dispose();
    await engine.close();
    for (const tree of trees) await tree.cleanup();
  });
  const tree = async (files: Tree): Promise<string> => {
    const made = await makeTree(files);
    trees.push(made);
    return made.dir;
  };
  const signatures = (document: Awaited<ReturnType<typeof triage>>): Record<string, unknown> =>
    Object.fromEntries(document.components.map((c) => [c.name ?? '', c.signatures.map((s) => [s.status, s.catalog, s.signer])]));

  it('name the module that was not changed, and not the other', async () => {
    const document = await triage(engine, await tree(server({ [`${STORE}/Package_1.cat`]: key.sign(unsignedCatalog([genuine])), [`${STORE}/Package_2.cat`]: key.sign(unsignedCatalog([genuine256], 2)) })));
    // Nothing trusts the key of this test: the catalog fits, and its signer is nobody whom the product knows.
    expect(signatures(document)).toEqual({
      HttpCacheModule: [['valid-untrusted-root', `${STORE}/Package_2.cat`, 'CN=Catalog Signer, O=Throw-away Catalogs']],
      UriCacheModule: [['unsigned', null, null]],
    });
    expect(document.missing.filter((m) => m.what === 'catalogs')).toEqual([]);
    expect(document.findings.filter((f) => f.rule === 'stock-image-not-microsoft').map((f) => f.title)).toHaveLength(2);
    expect((await engine.ask('evidence.intake', {})).rows.find((r) => r.artifact === 'catalog')).toMatchObject({ files: 2, read: 'read' });
  });

  it('are told as problems when they are damaged, and asked for when there are none', async () => {
    const broken = await triage(engine, await tree(server({ [`${STORE}/Package_1.cat`]: 'not a catalog', [`${STORE}/Package_2.cat`]: key.sign(unsignedCatalog([genuine])).subarray(0, 300), [`${STORE}/Package_3.cat`]: '' })));
    expect(broken.problems.filter((p) => p.evidencePath.endsWith('.cat')).map((p) => [path.posix.basename(p.evidencePath), p.kind])).toEqual([['Package_1.cat', 'unsupported'], ['Package_2.cat', 'truncated'], ['Package_3.cat', 'truncated']]);
    const none = await triage(engine, await tree(server({})));
    expect(none.missing.filter((m) => m.what === 'catalogs')).toMatchObject([{ path: 'C:\\Windows\\System32\\CatRoot', why: expect.stringMatching(/^2 files of Windows \(cachhttp\.dll, cachuri\.dll\) have no signature of their own/) as string }]);
    expect(none.findings.filter((f) => f.rule === 'stock-image-not-microsoft')).toEqual([]);
  });

  it('cover a file that is inspected beside them, where its signer is trusted', async () => {
    const dir = await tree(server({ [`${STORE}/Package_1.cat`]: key.sign(unsignedCatalog([genuine])), [`${STORE}/Package_2.cat`]: 'not a catalog' }));
    const roots = path.join(await tree({ 'root.pem': key.root }), 'root.pem');
    const inspect = async (name: string, part: { readonly roots?: string; readonly evidence?: string }) => engine.ask('run.inspect', { path: path.join(dir, INETSRV, name), ...part });
    const covered = await inspect('cachhttp.dll', { roots, evidence: dir });
    expect(covered.authenticode).toMatchObject({ status: 'catalog', catalog: `${STORE}/Package_1.cat`, signers: [{ subject: 'CN=Catalog Signer, O=Throw-away Catalogs', pinnedCa: 'Root' }] });
    expect(covered.problems).toEqual([{ kind: 'unsupported', message: expect.stringContaining('Package_2.cat: not a catalog') as string }]);
    expect((await inspect('cachuri.dll', { roots, evidence: dir })).authenticode).toMatchObject({ status: 'unsigned', catalog: null, reasons: expect.arrayContaining(['the only catalog of the evidence does not name it; 1 more could not be read whole']) as string[] });
    expect((await inspect('cachhttp.dll', { evidence: dir })).authenticode).toMatchObject({ status: 'valid-untrusted-root', catalog: `${STORE}/Package_1.cat` });
    expect((await inspect('cachhttp.dll', { roots })).authenticode).toMatchObject({ status: 'unsigned', catalog: null, reasons: expect.arrayContaining([expect.stringContaining('no catalogs were looked into')]) as string[] });
  });

  it('do not cover a file when they were changed after signing, or when nobody signed them', async () => {
    const signed = key.sign(unsignedCatalog([{ tag: { label: 'a' }, digest: 'ff'.repeat(20) }, genuine]));
    const forged = Buffer.from(signed);
    forged.fill(0xee, forged.indexOf(Buffer.alloc(20, 0xff)), forged.indexOf(Buffer.alloc(20, 0xff)) + 20);
    const roots = path.join(await tree({ 'root.pem': key.root }), 'root.pem');
    const ask = async (catalog: Uint8Array) => (await engine.ask('run.inspect', { path: path.join(await tree({ 'm.dll': stock }), 'm.dll'), roots, evidence: await tree({ 'a.cat': catalog }) })).authenticode;
    expect(await ask(signed)).toMatchObject({ status: 'catalog', catalog: 'a.cat' });
    expect(await ask(forged)).toMatchObject({ status: 'unsigned', catalog: null, reasons: expect.arrayContaining(['the catalog a.cat names it and proves nothing: its list was changed after it was signed']) as string[] });
    expect(await ask(unsignedCatalog([genuine]))).toMatchObject({ status: 'unsigned', catalog: null, reasons: expect.arrayContaining([expect.stringContaining('the signature has no signer')]) as string[] });
    expect(await ask(key.sign(unsignedCatalog([{ tag: { hex: genuine.digest ?? '' }, digest: 'ee'.repeat(20) }])))).toMatchObject({ status: 'unsigned', catalog: null });
  });

  it('that nobody signed are told', async () => {
    const document = await triage(engine, await tree(server({ [`${STORE}/Package_1.cat`]: unsignedCatalog([genuine]) })));
    expect(document.problems.filter((p) => p.evidencePath.endsWith('.cat'))).toMatchObject([{ kind: 'anomaly', message: expect.stringContaining('names a program file of this evidence, and its signature proves nothing') as string }]);
    expect(document.components.map((c) => c.signature)).toEqual(['unsigned', 'unsigned']);
  });

  it('say the same with one worker and with three', async () => {
    const dir = await tree(server(Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`${STORE}/Package_${i}.cat`, i % 7 === 0 ? key.sign(unsignedCatalog([genuine])) : unsignedCatalog([{ tag: { label: `file ${i}` } }])]))));
    expect(JSON.stringify(await triage(engine, dir, 1))).toBe(JSON.stringify(await triage(engine, dir, 3)));
  });
});
