import { describe, expect, test } from 'vitest';
import { effectiveLists } from '../../../electron/iis/index.ts';
import type { EffectiveList, EffectiveListName } from '../../../shared/model/index.ts';
import { host, POOL, serverFiles, serverOf, webConfig } from './support.ts';

function list(name: EffectiveListName, applicationHost: string, others: Record<string, string | null> = {}, app = '/', url = ''): EffectiveList {
  const files = serverFiles(applicationHost, others);
  const result = effectiveLists(files, serverOf(files), 'main', app, url);
  if (!result) throw new Error('no such application');
  return result.config[name];
}
const names = (of: EffectiveList): string[] => of.entries.map((e) => e.name);
const WWW = 'C:\\www\\web.config';
const APP = 'C:\\app\\web.config';

describe('merging', () => {
  test('modules of a deeper level come behind the inherited ones', () => {
    expect(names(list('modules', host(), { [WWW]: webConfig('<modules><add name="M" type="T.M" /></modules>') }))).toEqual(['A', 'B', 'M']);
  });
  test('handlers of a deeper level come before the inherited ones', () => {
    const unlocked = '<handlers><add name="H1" path="*" verb="*" type="T" /></handlers>';
    expect(names(list('handlers', host({ unlocked }), { [WWW]: webConfig('<handlers><add name="H2" path="x" verb="*" type="T" /></handlers>') }))).toEqual(['H2', 'H1']);
  });
  test('remove and add put the entry at the end and say what it stands for', () => {
    const result = list('modules', host(), { [WWW]: webConfig('<modules>\n<remove name="A" />\n<add name="A" type="T.Evil" /></modules>') });
    expect(names(result)).toEqual(['B', 'A']);
    const entry = result.entries[1];
    expect(entry).toMatchObject({ type: 'T.Evil', from: { path: WWW, line: 3, column: 1 } });
    expect(entry?.overrides).toHaveLength(1);
    expect(entry?.overrides[0]?.path).toMatch(/applicationHost\.config$/);
  });
  test('a child application inherits from the site, and a location tag of the server reaches only its path', () => {
    const locations = '<location path="main/APP"><system.webServer><modules><add name="L" type="T" /></modules></system.webServer></location>';
    const others = { [WWW]: webConfig('<modules><add name="S" type="T" /></modules>') };
    expect(names(list('modules', host({ locations }), others))).toEqual(['A', 'B', 'S']);
    expect(names(list('modules', host({ locations }), others, '/app'))).toEqual(['A', 'B', 'S', 'L']);
  });
  test('inheritInChildApplications="false" stops at the application', () => {
    const content = '<configuration><location path="." inheritInChildApplications="false"><system.webServer><modules><add name="S" type="T" /></modules></system.webServer></location></configuration>';
    expect(names(list('modules', host(), { [WWW]: content }))).toEqual(['A', 'B', 'S']);
    expect(names(list('modules', host(), { [WWW]: content }, '/app'))).toEqual(['A', 'B']);
  });
  test('a handler of a sub-folder works only below it', () => {
    const others = { 'C:\\www\\up\\web.config': webConfig('<handlers><add name="H" path="*.png" verb="*" type="T" /></handlers>') };
    expect(names(list('handlers', host(), others))).toEqual([]);
    expect(names(list('handlers', host(), others, '/', 'up/a.png'))).toEqual(['H']);
  });
});

describe('500.19', () => {
  test.each([
    ['a second entry of the same name', '<modules><add name="A" /></modules>', /0x800700B7/],
    ['removing a locked item', '<modules><remove name="B" /></modules>', /lockItem/],
    ['clearing a locked item', '<modules><clear /></modules>', /lockItem/],
    ['an entry without its key', '<modules><add type="T" /></modules>', /attribute "name"/],
    ['a configSource outside the folder', '<modules configSource="..\\m.config" />', /configSource/],
  ])('%s', (_title, content, reason) => {
    const result = list('modules', host(), { [WWW]: webConfig(content) });
    expect(result.outcome).toBe('invalid');
    expect(result.reason).toMatch(reason);
    expect(result.entries.every((e) => e.state === 'dormant')).toBe(true);
  });
  test('a locked section, and a location tag of the server that unlocks it for one site', () => {
    const locked = '<modules><add name="A" /></modules>';
    const others = { [WWW]: webConfig('<modules><add name="M" type="T" /></modules>') };
    expect(list('modules', host({ locked, unlocked: '' }), others).outcome).toBe('invalid');
    const locations = '<location path="Main" overrideMode="Allow"><system.webServer><modules /></system.webServer></location>';
    expect(list('modules', host({ locked, unlocked: '', locations }), others)).toMatchObject({ outcome: 'effective' });
  });
  test('modules in a plain sub-folder', () => {
    const others = { 'C:\\www\\sub\\web.config': webConfig('<modules><add name="M" type="T" /></modules>') };
    expect(list('modules', host(), others, '/', 'sub').reason).toMatch(/MachineToApplication/);
  });
  test('a name in another letter case is another module', () => {
    expect(list('modules', host(), { [WWW]: webConfig('<modules><add name="a" type="T" /></modules>') }).outcome).toBe('effective');
  });
});

describe('what the evidence cannot tell', () => {
  test('a web.config that was not collected', () => {
    const result = list('modules', host(), { [APP]: null }, '/app');
    expect(result).toMatchObject({ outcome: 'not-evaluable', missing: [{ path: APP }] });
    expect(names(result)).toEqual(['A', 'B']);
  });
  test('only system.web needs machine.config', () => {
    expect(list('httpModules', host()).outcome).toBe('not-evaluable');
    expect(list('httpModules', host()).missing.map((m) => m.path)).toEqual([
      'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config', 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\web.config',
    ]);
    expect(list('globalModules', host()).outcome).toBe('effective');
  });
  test('a damaged web.config', () => {
    expect(list('modules', host(), { [WWW]: '<configuration><system.webServer><modules><add name="X" type="T" />' }).outcome).toBe('not-evaluable');
  });
  test('an encrypted section', () => {
    const content = webConfig('<modules configProtectionProvider="P"><EncryptedData /></modules>');
    expect(list('modules', host(), { [WWW]: content }).reason).toMatch(/encrypted/);
  });
  test('web.config is not read where the pool or the directory forbids it', () => {
    const others = { [WWW]: webConfig('<modules><add name="M" type="T" /></modules>') };
    const pools = '<add name="P" managedRuntimeVersion="v4.0" enableConfigurationOverride="false" />';
    expect(names(list('modules', host({ pools }), others))).toEqual(['A', 'B']);
  });
  test('configSource is followed', () => {
    const others = { [WWW]: webConfig('<modules configSource="m.config" />'), 'C:\\www\\m.config': '<modules><add name="M" type="T" /></modules>' };
    expect(list('modules', host(), others).entries.at(-1)).toMatchObject({ name: 'M', from: { path: 'C:\\www\\m.config', line: 1, column: 10 } });
  });
});

describe('dormant entries', () => {
  const states = (of: EffectiveList): [string, string | null][] => of.entries.map((e) => [e.name, e.why]);
  test('preconditions of the entry and of its global module', () => {
    const globalModules = '<add name="A" image="a.dll" preCondition="bitness32" /><add name="B" image="b.dll" preCondition="managedHandler,bitness64" />';
    expect(states(list('modules', host({ globalModules })))).toEqual([['A', expect.stringMatching(/64-bit/)], ['B', null]]);
  });
  test('a native module that is not in globalModules', () => {
    expect(states(list('modules', host({ globalModules: '<add name="A" image="a.dll" />' })))[1]?.[1]).toMatch(/not in globalModules/);
  });
  test('unknown preconditions', () => {
    expect(states(list('modules', host({ unlocked: '<modules><add name="A" preCondition="appPoolName=X" /></modules>' })))[0]?.[1]).toMatch(/2296/);
  });
  test('managed types in a Classic pool', () => {
    const pools = POOL.replace('/>', 'managedPipelineMode="Classic" />');
    expect(states(list('modules', host({ pools, unlocked: '<modules><add name="M" type="T" /></modules>' })))[0]?.[1]).toMatch(/Classic/);
  });
  test('an ISAPI extension needs permission and access', () => {
    const handlers = (restriction: string, extra = ''): string => host({
      locked: `<security><isapiCgiRestriction>${restriction}</isapiCgiRestriction></security>`,
      unlocked: `<modules><add name="IsapiModule" /></modules><handlers accessPolicy="Read, Script"><add name="H" path="*.x" verb="*" modules="IsapiModule" scriptProcessor="%windir%\\x.dll" ${extra}/></handlers>`,
    });
    expect(states(list('handlers', handlers('')))[0]?.[1]).toMatch(/does not list/);
    expect(states(list('handlers', handlers('<add path="C:\\WINDOWS\\x.dll" allowed="true" />')))[0]?.[1]).toBeNull();
    expect(states(list('handlers', handlers('<add path="C:\\WINDOWS\\x.dll" allowed="false" />')))[0]?.[1]).toMatch(/does not allow/);
    expect(states(list('handlers', handlers('<add path="C:\\WINDOWS\\x.dll" allowed="true" />', 'requireAccess="Execute" ')))[0]?.[1]).toMatch(/Execute/);
  });
  test('a filter that is switched off', () => {
    const unlocked = '<isapiFilters><filter name="F" path="f.dll" enabled="false" /><filter name="G" path="g.dll" /></isapiFilters>';
    expect(states(list('isapiFilters', host({ unlocked })))).toEqual([['F', 'enabled="false"'], ['G', null]]);
  });
  test('system.web lists in the integrated pipeline', () => {
    const content = '<configuration><system.web><httpModules><add name="N" type="T" /></httpModules></system.web></configuration>';
    expect(states(list('httpModules', host(), { [WWW]: content }))[0]?.[1]).toMatch(/Integrated/);
  });
});
