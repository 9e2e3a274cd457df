import { describe, expect, it } from 'vitest';
import { FAMILIES, LOG_TRIGGERS, familyOf } from '../../../electron/knowledge/index.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import type { Authenticode, Finding, TraitHit } from '../../../shared/model/index.ts';
import { TestServer, nativeModulePe, pe, verdict } from '../../helpers/model.ts';

const INETSRV = 'C:\\Windows\\System32\\inetsrv';

/** One hit for each trait, in a text of its own. */
const hits = (family: string, ...traits: readonly string[]): TraitHit[] =>
  traits.map((trait, i) => ({ family, trait, offset: 0x400 + 0x40 * i, length: 12, encoding: 'ascii' as const, text: 0x400 + 0x40 * i }));

async function told(server: TestServer): Promise<Finding[]> {
  return (await server.evaluate()).findings.filter((f) => f.rule === 'family-traits');
}

/** The stock server with a file and, where a name is given, an entry for it. */
function withFile(path: string, traits: readonly TraitHit[], options: { readonly module?: string; readonly signed?: Authenticode } = {}): TestServer {
  const server = new TestServer().stock();
  server.file(path, options.module === undefined ? pe() : nativeModulePe(), null, options.signed ?? verdict('unsigned'));
  const key = foldCase(path);
  const file = server.files.get(key);
  if (file !== undefined) server.files.set(key, { ...file, traits });
  if (options.module !== undefined) server.globalModule(options.module, path).module(options.module);
  return server;
}
const severities = async (server: TestServer): Promise<string[]> => (await told(server)).map((f) => f.severity);
const TEMP = 'C:\\Windows\\Temp\\a.dll';

describe('traits of a family in a file', () => {
  it('weigh by how many strong and weak ones stand at different places', async () => {
    expect(await severities(withFile(TEMP, hits('iis-raid', 'cache-header')))).toEqual([]);
    expect(await severities(withFile(TEMP, hits('iis-raid', 'cache-header', 'via-header', 'command-cmd')))).toEqual([]);
    expect(await severities(withFile(TEMP, hits('iis-raid', 'command-inj', 'command-pin', 'command-cmd', 'command-dmp')))).toEqual(['low']);
    expect(await severities(withFile(TEMP, hits('iis-raid', 'ffe-header')))).toEqual(['low']);
    expect(await severities(withFile(TEMP, hits('iis-raid', 'ffe-header', 'cache-header')))).toEqual(['low']);
    expect(await severities(withFile(TEMP, hits('iis-raid', 'ffe-header', 'cache-header', 'via-header')))).toEqual(['medium']);
    expect(await severities(withFile(TEMP, hits('iis-raid', 'ffe-header', 'sense-header')))).toEqual(['medium']);
    expect(await severities(withFile(TEMP, hits('iis-raid', 'ffe-header', 'sense-header', 'xy-header')))).toEqual(['high']);
  });

  it('of one text count once', async () => {
    const same = hits('iis-raid', 'ffe-header', 'sense-header', 'xy-header').map((h) => ({ ...h, text: 0x400 }));
    expect(await severities(withFile(TEMP, same))).toEqual(['low']);
  });

  it('weigh more in an unknown component of the family\'s kind', async () => {
    const path = `${INETSRV}\\w3trace.dll`;
    expect(await severities(withFile(path, hits('iis-raid', 'ffe-header'), { module: 'Trace' }))).toEqual(['medium']);
    expect(await severities(withFile(path, hits('iis-raid', 'ffe-header', 'sense-header'), { module: 'Trace' }))).toEqual(['high']);
    expect(await severities(withFile(path, hits('owowa', 'run', 'guid'), { module: 'Trace' }))).toEqual(['medium']);
  });

  it('weigh less where a signature holds, unless the signer is a trait itself', async () => {
    const path = `${INETSRV}\\w3trace.dll`;
    const signed = verdict('valid');
    expect(await severities(withFile(path, hits('iis-raid', 'ffe-header', 'sense-header', 'xy-header'), { module: 'Trace', signed }))).toEqual(['medium']);
    expect(await severities(withFile(path, hits('iis-raid', 'ffe-header', 'sense-header'), { module: 'Trace', signed }))).toEqual(['low']);
    const withSigner = [...hits('gamshen', 'listener'), { family: 'gamshen', trait: 'thumbprint', offset: 0x8000, length: 0, encoding: 'fact' as const, text: 0x8000 }];
    const [found] = await told(withFile(`${INETSRV}\\ManagedEngine64.dll`, withSigner, { module: 'Engine', signed }));
    expect([found?.severity, found?.title]).toEqual(['high', 'File ManagedEngine64.dll has 2 of 3 published traits of Gamshen']);
  });

  it('count names beside traits of the file, never alone', async () => {
    expect(await severities(withFile(`${INETSRV}\\authmd4.dll`, [], { module: 'IIS_backdoor' }))).toEqual([]);
    expect(await severities(withFile('C:\\Windows\\Temp\\authmd4.dll', hits('iis-raid', 'ffe-header', 'cache-header')))).toEqual(['medium']);
  });

  it('are told with their bytes, and what was not found with its value; the file is named, not the family', async () => {
    const [found] = await told(withFile(TEMP, hits('iis-raid', 'ffe-header', 'sense-header')));
    expect(found?.title).toBe('File a.dll has 2 of 25 published traits of IIS-Raid');
    expect(found?.supports.join(' ')).toContain('Trait (strong): header name "X-FFEServer" at offset 0x400: header in which changed copies take the command (ESET 2021; PwC 2024).');
    expect(found?.refutes[0]).toContain('Not found of IIS-Raid: header name "COM_InterProt"');
    expect(found?.refs.map((r) => [r.offset, r.length])).toEqual([[0x400, 12], [0x440, 12]]);
    expect(found?.component).toBeNull();
  });

  it('of a second family are told beside the first, or by themselves where they are others', async () => {
    const shared = [...hits('rgdoor', 'upload', 'download'), ...hits('threetrack', 'upload', 'download', 'folder', 'pdb')];
    const both = await told(withFile(TEMP, shared));
    expect(both.map((f) => f.title)).toEqual(['File a.dll has 4 of 7 published traits of ThreeTrack']);
    const two = [...hits('iis-raid', 'ffe-header', 'sense-header', 'xy-header'), ...hits('nosuch', 'key', 'buffer').map((h) => ({ ...h, offset: h.offset + 0x1000, text: h.text + 0x1000 }))];
    expect((await told(withFile(TEMP, two))).map((f) => f.title)).toEqual(['File a.dll has 3 of 25 published traits of IIS-Raid', 'File a.dll has 2 of 8 published traits of NoSuch']);
  });
});

it('triggers in logs name families that the list has', () => {
  expect(LOG_TRIGGERS.filter((t) => t.family !== null && familyOf(t.family) === null).map((t) => t.id)).toEqual([]);
  expect(LOG_TRIGGERS.filter((t) => t.family !== null).length).toBeGreaterThan(15);
  expect(FAMILIES.length).toBeGreaterThan(35);
});
