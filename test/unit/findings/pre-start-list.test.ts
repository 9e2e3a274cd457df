import { describe, expect, it } from 'vitest';
import { applicationCode, type CodeFile } from '../../../electron/components/index.ts';
import { evaluateRules } from '../../../electron/findings/index.ts';
import type { PeFacts } from '../../../shared/model/index.ts';
import { managedPe, ofRule, SHA, TestServer } from '../../helpers/model.ts';

const CODEGEN = 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files';
const BIN = 'D:\\web\\shop\\bin';

/** A list of start code as the reader gives it. */
function list(folder: string, names: readonly string[], shadow: readonly string[] = []): CodeFile {
  const path = `${CODEGEN}\\${folder}\\1a2b3c4d\\5e6f7a8b\\preStartInitList.web`;
  return {
    place: { path, evidencePath: path.replace(':', '').replaceAll('\\', '/') }, sha256: SHA, section: 'preStartInitList', modified: null,
    entries: names.map((full, i) => ({ name: full.split(',')[0] ?? '', type: null, line: i + 1, column: 1, attributes: [{ name: 'assembly', value: full }] })),
    shadowCopies: shadow.map((name) => ({ name, place: { path: `${CODEGEN}\\x\\${name}.dll`, evidencePath: `x/${name}.dll` } })),
  };
}

const plain = (name: string): string => `${name}, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null`;
const starting = (assembly: string, types: ReadonlyArray<readonly [string, string]> = []): PeFacts => {
  const facts = managedPe(assembly, types);
  return { ...facts, clr: facts.clr === null ? null : { ...facts.clr, preApplicationStart: [`${assembly}.Start::Run`] } };
};

async function judged(server: TestServer, files: readonly CodeFile[]) {
  const facts = server.facts();
  const components = [...facts.components, ...applicationCode({ server: server.server, files, folders: [], images: server.images })];
  return { components, findings: await evaluateRules({ ...facts, components }) };
}

describe('pre-start-list', () => {
  it('accuses an unknown assembly whose file is gone from bin, and tells of the copy that is left', async () => {
    const result = await judged(new TestServer().folder(BIN), [list('root', [plain('DiagHelper')], ['DiagHelper'])]);
    expect(ofRule(result, 'pre-start-list')).toEqual(['medium DiagHelper']);
    const finding = result.findings.find((f) => f.rule === 'pre-start-list');
    expect(finding?.supports.join(' ')).toContain(`${CODEGEN}\\x\\DiagHelper.dll`);
    expect(finding?.refs[0]).toMatchObject({ line: 1 });
    expect(result.components.find((c) => c.name === 'DiagHelper')).toMatchObject({ fileStatus: 'absent', loadedBy: [] });
    // Other rules do not say the same again.
    expect(result.findings.map((f) => f.rule)).toEqual(['pre-start-list']);
  });

  it('accuses a file that has no start code although it is listed', async () => {
    const result = await judged(new TestServer().file(`${BIN}\\DiagHelper.dll`, managedPe('DiagHelper', [])), [list('root', [plain('DiagHelper')])]);
    expect(ofRule(result, 'pre-start-list')).toEqual(['medium DiagHelper']);
  });

  it('notes unknown start code, more so where the file holds modules', async () => {
    const server = new TestServer().file(`${BIN}\\Own.dll`, starting('Own')).file(`${BIN}\\Mods.dll`, starting('Mods', [['Mods.M', 'System.Web.IHttpModule']]));
    expect(ofRule(await judged(server, [list('root', [plain('Own'), plain('Mods')])]), 'pre-start-list')).toEqual(['low Mods', 'info Own']);
  });

  it('says nothing of assemblies of ASP.NET, whether or not they were collected, nor of known packages that are there', async () => {
    const names = ['System.Web.Mvc, Version=5.2.7.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35', plain('WebActivatorEx')];
    expect(ofRule(await judged(new TestServer().file(`${BIN}\\WebActivatorEx.dll`, starting('WebActivatorEx')), [list('root', names)]), 'pre-start-list')).toEqual([]);
    expect(ofRule(await judged(new TestServer().folder(BIN), [list('root', [plain('WebActivatorEx')])]), 'pre-start-list')).toEqual(['info WebActivatorEx']);
  });

  it('does not take the name of an assembly of Microsoft for one', async () => {
    expect(ofRule(await judged(new TestServer().folder(BIN), [list('root', [plain('System.Web.Mvc')])]), 'pre-start-list')).toEqual(['medium System.Web.Mvc']);
  });

  it('says nothing of files that nobody collected', async () => {
    const result = await judged(new TestServer(), [list('root', [plain('DiagHelper')])]);
    expect(ofRule(result, 'pre-start-list')).toEqual(['info DiagHelper']);
    expect(result.components.find((c) => c.name === 'DiagHelper')?.fileStatus).toBe('not-collected');
  });

  it('finds the application by the name of the folder, version and bitness', async () => {
    // /api runs in a 32-bit pool: what lies below Framework64 is not its own.
    const server = new TestServer().folder(BIN).folder('D:\\web\\api\\bin');
    const scopes = async (folder: string): Promise<unknown> => (await judged(server, [list(folder, [plain('X')])])).components.filter((c) => c.name === 'X').map((c) => [c.registrations[0]?.scope, c.fileStatus]);
    expect(await scopes('root')).toEqual([['site:Shop', 'absent']]);
    expect(await scopes('api')).toEqual([['server', 'not-collected']]);
    expect(await scopes('elsewhere')).toEqual([['server', 'not-collected']]);
  });
});
