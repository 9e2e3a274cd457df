import { describe, expect, it } from 'vitest';
import { parseMetabase } from '../../../electron/artifacts/metabase/index.ts';
import { asApplicationHost, countRegistrations, effectiveLists, loadedBy, metabaseChanges, type MetabaseFile, registrations } from '../../../electron/iis/index.ts';
import type { ConfigCopy } from '../../../shared/model/index.ts';
import { serverFiles, serverOf } from './support.ts';

const ASP = 'C:\\WINDOWS\\system32\\inetsrv\\asp.dll';
const NET = 'C:\\WINDOWS\\Microsoft.NET\\Framework\\v2.0.50727\\aspnet_isapi.dll';

const list = (name: string, ...items: string[]): string => `${name}="${items.join('\r\n\t\t\t')}"`;
const key = (element: string, location: string, ...attributes: string[]): string => `<${element}\tLocation ="${location}"\r\n\t\t${attributes.join('\r\n\t\t')}\r\n\t>\r\n</${element}>\r\n`;
const filter = (location: string, path: string, ...more: string[]): string => key('IIsFilter', location, `FilterPath="${path}"`, ...more);
const service = (...attributes: string[]): string => key('IIsWebService', '/LM/W3SVC', 'AppPoolId="DefaultAppPool"', ...attributes);
const SITE = key('IIsWebServer', '/LM/W3SVC/1', 'ServerComment="Main"', 'ServerBindings=":80:www.example.com"')
  + key('IIsWebVirtualDir', '/LM/W3SVC/1/ROOT', 'AppRoot="/LM/W3SVC/1/ROOT"', 'Path="C:\\www"', 'AccessFlags="AccessRead | AccessScript"');
const POOL = key('IIsApplicationPool', '/LM/W3SVC/AppPools/DefaultAppPool', 'AppPoolIdentityType="2"');

function server(keys: string, others: Readonly<Record<string, string | null>> = {}) {
  const { document } = parseMetabase(new TextEncoder().encode(`<?xml version ="1.0"?>\r\n<configuration xmlns="urn:microsoft-catalog:XML_Metabase_V64_0">\r\n<MBProperty>\r\n${keys}</MBProperty>\r\n</configuration>\r\n`));
  const file: MetabaseFile = { path: 'C:\\WINDOWS\\system32\\inetsrv\\MetaBase.xml', evidencePath: 'm', sha256: 's', document: asApplicationHost(document), metabase: document };
  const files = { ...serverFiles('<configuration/>', others), applicationHost: file };
  const model = serverOf(files);
  const lists = (app = '/', url = '', site = 'Main') => effectiveLists(files, model, site, app, url)?.config ?? null;
  return {
    file, files, model, lists,
    maps: (app = '/', url = '') => lists(app, url)?.handlers.entries.map((e) => `${e.state === 'effective' ? '' : '-'}${e.name}`),
    filters: (site = 'Main') => lists('/', '', site)?.isapiFilters.entries.map((e) => `${e.state === 'effective' ? '' : '-'}${e.name}`),
    lines: () => registrations(files, model),
  };
}

describe('sites, applications and pools of a metabase', () => {
  it('come with bindings, folders, pool, log and lines', () => {
    const { model } = server(service(list('ScriptMaps', `.aspx,${NET},1,GET`), 'LogFileDirectory="D:\\logs"') + POOL + SITE
      + key('IIsWebVirtualDir', '/LM/W3SVC/1/ROOT/files', 'Path="E:\\files"') + key('IIsWebDirectory', '/LM/W3SVC/1/ROOT/shop', 'AppRoot="/LM/W3SVC/1/ROOT/shop/"') + key('IIsWebDirectory', '/LM/W3SVC/1/ROOT/shop/in', 'AccessFlags="AccessRead"'));
    expect(model.sites).toMatchObject([{
      name: 'Main', id: 1, bindings: ['http *:80:www.example.com'], logDirectory: { path: 'D:\\logs\\W3SVC1' }, source: { line: 14 },
      applications: [
        { path: '/', pool: 'DefaultAppPool', pipeline: 'Classic', clr: 'v2.0', bitness: 32, physicalPath: { path: 'C:\\www' }, virtualDirectories: [{ path: '/' }, { path: '/files', physicalPath: { path: 'E:\\files' } }] },
        { path: '/shop', physicalPath: { path: 'C:\\www\\shop' } },
      ],
    }]);
    expect(model.pools).toMatchObject([{ name: 'DefaultAppPool', identity: 'NetworkService' }]);
  });

  it('give sites of one name, or of none, names of their own', () => {
    const site = (id: number, comment: string): string => key('IIsWebServer', `/LM/W3SVC/${id}`, comment) + key('IIsWebVirtualDir', `/LM/W3SVC/${id}/ROOT`, 'Path="C:\\x"');
    expect(server(service() + site(1, 'ServerComment="a/b"') + site(2, 'ServerComment="A_B"') + site(7, '')).model.sites.map((s) => s.name)).toEqual(['a_b', 'A_B (2)', 'W3SVC 7']);
  });

  it('are there when damage took the key of the site', () => {
    expect(server(service() + key('IIsWebVirtualDir', '/LM/W3SVC/3/ROOT', 'Path="C:\\x"')).model.sites).toMatchObject([{ name: 'W3SVC 3', id: 3, applications: [{ path: '/' }] }]);
  });

  it('tell 64-bit script maps from 32-bit ones', () => {
    expect(server(service(list('ScriptMaps', `.aspx,${NET.replace('Framework', 'Framework64')},1`)) + POOL + SITE).model.pools).toMatchObject([{ bitness: 64, clr: 'v2.0' }]);
  });
});

// Microsoft, ScriptMaps Metabase Property (INHERIT, flags, verbs) and WebSvcExtRestrictionList Metabase Property; what
// they leave open is marked as assumed in the answer.
describe('script maps', () => {
  const BASE = service(list('ScriptMaps', `.asp,${ASP},5,GET, HEAD`, '.pl,C:\\perl\\perl.exe &quot;%s&quot; %s,5', '.x,C:\\x.dll,4,GET'), list('WebSvcExtRestrictionList', '0,*.dll', '1,*.exe', `1,${ASP.toLowerCase()},0,ASP,Active, Server Pages`)) + POOL + SITE;

  it('are inherited whole, or replaced whole by a deeper key', () => {
    const own = server(BASE + key('IIsWebVirtualDir', '/LM/W3SVC/1/ROOT/app', 'AppRoot="/LM/W3SVC/1/ROOT/app"', list('ScriptMaps', `.asp,${ASP},5`)) + key('IIsWebDirectory', '/LM/W3SVC/1/ROOT/app/none', 'ScriptMaps=""'));
    expect(own.maps()).toEqual(['.asp', '.pl', '-.x']);
    expect(own.maps('/app')).toEqual(['.asp']);
    expect(own.maps('/app', 'none/x.asp')).toEqual([]);
    expect(own.lists('/app')?.handlers).toMatchObject({ outcome: 'effective', entries: [{ path: '*.asp', verb: '*', image: ASP, overrides: [{ line: 6 }] }] });
    expect(own.lists()?.handlers.entries[0]).toMatchObject({ verb: 'GET,HEAD' });
    expect(own.lists()?.handlers.assumed.length).toBeGreaterThan(0);
  });

  it('without the script flag need execute access', () => {
    expect(server(BASE).lists()?.handlers.entries[2]).toMatchObject({ state: 'dormant', why: expect.stringContaining('execute access') });
    expect(server(BASE.replace('AccessRead | AccessScript', 'AccessExecute').replace('0,*.dll', '1,*.dll')).maps()).toEqual(['.asp', '.pl', '.x']);
    expect(server(BASE.replace(' | AccessScript', '')).maps()).toEqual(['-.asp', '-.pl', '-.x']);
  });

  it('are prohibited by their own entry, or by that for what is not listed', () => {
    const why = (from: string, to: string) => server(BASE.replace(from, to)).lists()?.handlers.entries.map((e) => e.why);
    expect(why(`1,${ASP.toLowerCase()}`, `0,${ASP}`)?.[0]).toContain('prohibits it');
    expect(why('1,*.exe', '0,*.exe')?.[1]).toContain('prohibits what is not named');
    expect(why('\r\n\t\t\t1,*.exe', '')?.[1]).toContain('does not name it');
    expect(why('WebSvcExtRestrictionList', 'Other')?.slice(0, 2)).toEqual([null, null]);
  });

  it('map every request with an asterisk', () => {
    const own = server(BASE.replace(`.asp,${ASP},5,GET, HEAD`, `*,${ASP},0`));
    expect(own.lists()?.handlers.entries[0]).toMatchObject({ name: '*', path: '*', state: 'effective' });
    expect(own.lines()[0]).toMatchObject({ kind: 'isapi-extension', urlPath: '*', section: 'MetaBase/ScriptMaps', scope: 'server', line: 6 });
  });
});

// Microsoft, FilterLoadOrder: global filters come before those of a site.
describe('filters', () => {
  const BASE = service() + POOL + SITE + key('IIsFilters', '/LM/W3SVC/Filters', 'FilterLoadOrder="b, A"') + filter('/LM/W3SVC/Filters/a', 'C:\\a.dll') + filter('/LM/W3SVC/Filters/b', 'C:\\b.dll', 'FilterEnabled="FALSE"')
    + filter('/LM/W3SVC/Filters/c', 'C:\\c.dll') + key('IIsFilters', '/LM/W3SVC/1/Filters', 'FilterLoadOrder="s"') + filter('/LM/W3SVC/1/Filters/s', 'C:\\s.dll');

  it('stand in load order, the server before the site; others are not loaded', () => {
    expect(server(BASE).filters()).toEqual(['-b', 'a', '-c', 's']);
  });

  it('are all loaded where no order is written', () => {
    expect(server(BASE.replaceAll('FilterLoadOrder', 'Other')).filters()).toEqual(['a', '-b', 'c', 's']);
  });
});

describe('what loads the code of a metabase', () => {
  const WEB = '<configuration><system.web><httpModules><add name="M" type="A.M, A"/></httpModules></system.web><system.webServer><modules><add name="N" type="A.N, A"/></modules></system.webServer></configuration>';
  const own = server(service(list('ScriptMaps', `.asp,${ASP},5`, `.aspx,${NET},1`, '.dead,C:\\dead.dll,5'), list('WebSvcExtRestrictionList', `1,${ASP},0,A,A`, '0,C:\\dead.dll'), list('InProcessIsapiApps', 'C:\\in.dll')) + POOL + SITE
    + key('IIsFilters', '/LM/W3SVC/Filters', 'FilterLoadOrder="f"') + filter('/LM/W3SVC/Filters/f', 'C:\\f.dll') + key('IIsWebDirectory', '/LM/W3SVC/1/ROOT/deep', list('ScriptMaps', '.deep,C:\\deep.dll,1'))
    + key('IIsCompressionScheme', '/LM/W3SVC/Filters/Compression/gzip', 'HcCompressionDll="%windir%\\system32\\inetsrv\\gzip.dll"') + key('IIsCompressionScheme', '/LM/W3SVC/Filters/Compression/zip', 'HcCompressionDll="C:\\zip.dll"'), { 'C:\\www\\web.config': WEB });
  const loading = loadedBy(own.files, own.model, own.lines());
  const fate = (image: string): unknown => own.lines().filter((l) => l.image === image || l.type === image).map((l) => loading.loadedBy.get(l.key)?.length ?? loading.dormant.get(l.key));

  it.each([
    [ASP, [1, 'permitted to run, but this line alone loads nothing']],
    ['C:\\dead.dll', [expect.stringContaining('prohibits it')]],
    ['C:\\in.dll', [expect.stringContaining('loads nothing')]],
    ['C:\\f.dll', [1]],
    ['C:\\zip.dll', [1]],
    ['%windir%\\system32\\inetsrv\\gzip.dll', []],
    ['C:\\deep.dll', [expect.stringContaining('does not name it')]],
    ['A.N, A', [expect.stringContaining('IIS 6 does not read')]],
  ])('%s', (image, expected) => expect(fate(image)).toEqual(expected));

  it('runs the modules of a web.config, as the Classic mode does', () => {
    expect(own.lists()?.httpModules).toMatchObject({ outcome: 'not-evaluable', entries: [{ name: 'M', state: 'effective' }] });
    expect(fate('A.M, A')).toEqual([1]);
  });

  it('has every line with the text as written', () => {
    expect(own.lines().find((l) => l.name === '.asp')).toMatchObject({ attributes: [{ name: 'Location', value: '/LM/W3SVC' }, { name: 'ScriptMaps', value: `.asp,${ASP},5` }], evidencePath: 'm' });
    expect(new Set(own.lines().map((l) => l.key)).size).toBe(own.lines().length);
    expect(countRegistrations({ ...own.file, document: own.file.metabase })).toBe(own.lines().filter((l) => l.evidencePath === 'm').length);
  });
});

describe('copies of a metabase', () => {
  it('are compared by what they register', () => {
    const copy = (id: string, keys: string) => ({ copy: { id, order: 1 } as ConfigCopy, file: server(keys).file });
    const before = service(list('ScriptMaps', `.asp,${ASP},5`)) + SITE + key('IIsFilters', '/LM/W3SVC/Filters', 'FilterLoadOrder="f"') + filter('/LM/W3SVC/Filters/f', 'C:\\f.dll', 'FilterState="1"');
    const after = before.replace('FilterState="1"', 'FilterState="4"').replace('FilterLoadOrder="f"', 'FilterLoadOrder="f,g"').replace(`.asp,${ASP},5`, `.asp,C:\\evil.dll,5`) + filter('/LM/W3SVC/Filters/g', 'C:\\g.dll');
    const changes = metabaseChanges([copy('1', before), copy('2', after), copy('live', before)]);
    expect(changes.map((c) => `${c.from} ${c.what} ${c.section} ${c.name} ${c.refs.length}`)).toEqual([
      '1 changed MetaBase/ScriptMaps .asp 2', '1 added MetaBase/Filters g 1', '1 changed MetaBase/Filters <FilterLoadOrder> 2',
      '2 changed MetaBase/ScriptMaps .asp 2', '2 changed MetaBase/Filters <FilterLoadOrder> 2', '2 removed MetaBase/Filters g 1',
    ]);
  });
});
