import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { besideProgram } from '../../../electron/jobs/beside.ts';
import { ClrFacts } from '../../../shared/model/index.ts';
import { bundleEntry } from '../../helpers/bundle.ts';
import { unsignedCatalog } from '../../helpers/catalog-writer.ts';
import { makeTree, type MadeTree } from '../../helpers/tree.ts';

const assembly = (name: string): Buffer => readFileSync(`test/fixtures/components/bin/clr/${name}`);
const SHA = 'ab'.repeat(32);

let tree: MadeTree;
let imageWorker: URL;
beforeAll(async () => {
  imageWorker = pathToFileURL(await bundleEntry(path.resolve('electron/jobs/image-reader/worker.ts')));
  tree = await makeTree({
    'web/bin/shop.imaging.dll': assembly('Shop.Imaging.dll'), 'old/Shop.Imaging.dll': assembly('Shop.Imaging.dll'), 'web/bin/Contoso.Api.Telemetry.dll': assembly('Contoso.Api.Telemetry.dll'),
    'web/bin/native.dll': readFileSync('test/fixtures/components/bin/x64/cachehttp.dll'), 'any/where/A.CAT': unsignedCatalog([{ tag: { raw: SHA } }], 2), 'any/b.cat': 'no catalog',
  });
});
afterAll(() => tree.cleanup());

const clr = (references: readonly string[]): ClrFacts => ClrFacts.parse({
  assembly: 'Asking', version: '1.0.0.0', mvid: '0', publicKeyToken: null, runtime: 'v4.0.30319', references, httpTypes: [], events: [], preApplicationStart: [], mixedMode: false,
});
const ask = (references: readonly string[]) => besideProgram(tree.dir, { sha256: SHA, facts: { clr: clr(references), signatures: null, identity: null } }, { imageWorker, workers: 1 });

describe('what lies beside a program', () => {
  it('is every file of a referenced assembly\'s name that is one, and no other', async () => {
    const { assemblies } = await ask(['Shop.Imaging, Version=1.0.0.0', 'Native', 'Absent']);
    expect(assemblies.map((a) => [a.evidencePath, a.facts.clr?.assembly])).toEqual([['old/Shop.Imaging.dll', 'Shop.Imaging'], ['web/bin/shop.imaging.dll', 'Shop.Imaging']]);
    expect((await ask([])).assemblies).toEqual([]);
  });

  it('are catalogs wherever they lie', async () => {
    const { catalogs, catalogFiles, problems } = await ask([]);
    expect(catalogs.covers(SHA).map((c) => c.place.evidencePath)).toEqual(['any/where/A.CAT']);
    expect([catalogFiles, catalogs.total, problems]).toEqual([2, { read: 1, unread: 1 }, [{ kind: 'unsupported', message: expect.stringContaining('any/b.cat: not a catalog') as string }]]);
  });

  it('is a folder, not a file', async () => {
    await expect(besideProgram(path.join(tree.dir, 'any/b.cat'), { sha256: SHA, facts: { clr: null, signatures: null, identity: null } }, { imageWorker, workers: 1 })).rejects.toThrow('is a file');
  });
});
