import { describe, expect, test } from 'vitest';
import { diffCopies, diffFiles, diffPool, factsOf, type SavedCopy } from '../../../electron/iis/index.ts';
import { movedKeys } from '../../../electron/iis/history/moved.ts';
import { configurationFile, host, POOL, SITE, webConfig } from './support.ts';

function copies(...texts: readonly string[]): SavedCopy[] {
  return texts.map((text, order) => ({ id: `CFGHISTORY_${order}`, file: configurationFile(`C:\\h\\${order}\\applicationHost.config`, text) }));
}
const brief = (...texts: readonly string[]): string[] => diffCopies(copies(...texts)).map((c) => `${c.from.slice(-1)}>${c.to.slice(-1)} ${c.what} ${c.kind} ${c.scope} ${c.name}`);

describe('differences between copies', () => {
  const base = host();
  test('white space, comments and the order of attributes mean nothing', () => {
    expect(brief(base, base.replace('<configSections>', '<!-- x -->\n\n<configSections>').replace('name="A" image="a.dll"', 'image="a.dll"  name="A"'))).toEqual([]);
  });
  test('a module that is added and removed again', () => {
    const evil = host({ globalModules: '<add name="A" image="a.dll" /><add name="B" image="b.dll" /><add name="IsapiModule" image="isapi.dll" /><add name="IsapiFilterModule" image="filter.dll" /><add name="Evil" image="e.dll" />' });
    expect(brief(base, evil, base)).toEqual(['0>1 added native-module server Evil', '1>2 removed native-module server Evil']);
    const [change] = diffCopies(copies(base, evil));
    expect(change).toMatchObject({ section: 'system.webServer/globalModules', before: null, after: 'image="e.dll" name="Evil"' });
    expect(change?.refs).toHaveLength(1);
  });
  test('another image, another place, and names that differ in letter case', () => {
    expect(brief(base, base.replace('image="a.dll"', 'image="c.dll"'))).toEqual(['0>1 changed native-module server A']);
    expect(brief(base, base.replace('<add name="A" image="a.dll" /><add name="B" image="b.dll" />', '<add name="B" image="b.dll" /><add name="A" image="a.dll" />'))).toEqual(['0>1 reordered native-module server B']);
    expect(brief(base, base.replace('name="A" image', 'name="a" image'))).toEqual(['0>1 removed native-module server A', '0>1 added native-module server a']);
  });
  test('logging switched off, a pool that loads other code, a site', () => {
    expect(brief(base, base.replace('</sites>', '</sites>').replace('<globalModules>', '<httpLogging dontLog="true" /><globalModules>'))).toEqual(['0>1 added logging server httpLogging']);
    expect(brief(base.replace('</sites>', '</sites><configHistory enabled="true" />'), base.replace('</sites>', '</sites><configHistory enabled="false" />'))).toEqual(['0>1 changed logging server configHistory']);
    expect(brief(base, base.replace(POOL, POOL.replace('/>', 'CLRConfigFile="x.config" />')))).toEqual(['0>1 changed pool server P']);
    expect(brief(base, base.replace(SITE, `${SITE}<site name="New" id="9" />`))).toEqual(['0>1 added site server New']);
  });
  test('a location tag of its own is a scope of its own', () => {
    const site = host({ locations: '<location path="Main"><system.webServer><modules><remove name="A" /><add name="A" type="T" /></modules></system.webServer></location>' });
    expect(brief(base, site)).toEqual(['0>1 added module Main <remove> A', '0>1 added module Main A']);
  });
  test('a copy that is cut short removes nothing', () => {
    expect(brief(base, base.slice(0, base.length / 2), base)).toEqual([]);
  });
});

describe('what counts as a change', () => {
  const base = host();
  test.each([
    ['a lock on an entry', base.replace('<add name="A" />', '<add name="A" lockItem="true" />'), 'changed module server A'],
    ['a lock on a section', base.replace('<globalModules>', '<globalModules lockElements="clear">'), 'added section server globalModules'],
    ['a location tag that unlocks', base.replace('overrideMode="Allow"', 'overrideMode="Deny"'), 'changed section server modules,changed section server handlers'],
    ['a section declared otherwise', base.replace('name="handlers" overrideModeDefault="Deny"', 'name="handlers" overrideModeDefault="Allow"'), 'changed section-declaration server system.webServer/handlers'],
    ['a precondition', base.replace('image="a.dll"', 'image="a.dll" preCondition="bitness64"'), 'changed native-module server A'],
    ['a restriction that is opened', base.replace('</system.webServer>\n  <location', '<security><isapiCgiRestriction notListedIsapisAllowed="true"><add path="C:\\x.dll" allowed="true" /></isapiCgiRestriction></security></system.webServer>\n  <location'), 'added isapi-cgi-restriction server C:\\x.dll,added section server isapiCgiRestriction'],
    ['the rights of handlers', base.replace('accessPolicy="Read, Script"', 'accessPolicy="Read, Script, Execute"'), 'changed section server handlers'],
    ['an environment variable of a pool', base.replace(POOL, POOL.replace(' />', '><environmentVariables><add name="COR_PROFILER" value="{1}" /></environmentVariables></add>')), 'added environment-variable P COR_PROFILER'],
    ['a folder of an application', base.replace('C:\\app', 'D:\\app'), 'changed directory Main/app /'],
    ['the log of a site', base.replace('</site>', '<logFile enabled="false" /></site>'), 'added logging Main logFile'],
    ['a compression scheme', base.replace('<globalModules>', '<httpCompression><scheme name="gzip" dll="C:\\x.dll" /></httpCompression><globalModules>'), 'added other server gzip'],
    ['a rule of URL Rewrite', base.replace('<globalModules>', '<rewrite><globalRules><rule name="r"><match url=".*" /></rule></globalRules></rewrite><globalModules>'), 'added rewrite-rule server r,added rewrite-rule server r/match'],
    ['a setting of another section', base.replace('<globalModules>', '<directoryBrowse enabled="true" /><globalModules>'), 'added section server directoryBrowse'],
    ['an entry of another collection', base.replace('<globalModules>', '<security><requestFiltering><fileExtensions><remove fileExtension=".config" /></fileExtensions></requestFiltering></security><globalModules>'), 'added setting server <remove> .config'],
  ])('%s', (_, text, expected) => {
    expect(brief(base, text).toSorted()).toEqual(expected.split(',').map((line) => `0>1 ${line}`).toSorted());
    expect(brief(text, base)).toHaveLength(expected.split(',').length);
  });

  test('letter case of booleans and the order of preconditions mean nothing', () => {
    const locked = (value: string, pre: string): string => base.replace('<add name="A" />', `<add name="A" lockItem="${value}" preCondition="${pre}" />`);
    expect(brief(locked('true', 'managedHandler,runtimeVersionv4.0'), locked('True', ' runtimeVersionv4.0, managedHandler'))).toEqual([]);
  });

  test('an entry in front of entries without a name moves none of them', () => {
    const rules = (...inputs: string[]): string => webConfig(`<rewrite><rules><rule name="r"><conditions>${inputs.map((i) => `<add input="{HTTP_HOST}" pattern="${i}" />`).join('')}</conditions></rule></rules></rewrite>`);
    expect(brief(rules('b', 'c'), rules('a', 'b', 'c'))).toHaveLength(1);
  });

  test('secrets are compared and not told', () => {
    const pool = (password: string): string => base.replace(POOL, `<add name="P"><processModel userName="u" password="${password}" /></add>`);
    const [change] = diffCopies(copies(pool('one-secret'), pool('two-secrets')));
    expect(change).toMatchObject({ what: 'changed', kind: 'pool', name: 'processModel' });
    expect(JSON.stringify(change)).not.toMatch(/one-secret|two-secrets/);
    expect(change?.after).toBe(`${change?.before ?? ''} (another value, which is not shown)`);
  });

  test('a secret that tells an entry from others is not its name', () => {
    const section = (inside: string): string => base.replace('<globalModules>', `<custom>${inside}</custom><globalModules>`);
    const changes = diffCopies(copies(base, section('<add password="hunter2" /><add value="Server=a;Password=hunter2" /><add path="a;pwd=hunter2" verb="x" />'), section('<add password="other2" />')));
    expect(changes.map((c) => c.name)).toContain('password="[not shown]"');
    expect(JSON.stringify(changes)).not.toMatch(/hunter2|other2/);
  });

  test('a quotation mark in a value does not look like another attribute', () => {
    const [change] = diffCopies(copies(base, base.replace('image="a.dll"', 'description="x&quot; image=&quot;good.dll" image="e.dll"')));
    expect(change?.after).toBe('description="x&quot; image=&quot;good.dll" image="e.dll" name="A"');
  });

  test('both lines of a change are its proof', () => {
    const [change] = diffCopies(copies(base, base.replace('<globalModules>', '\n\n<globalModules>').replace('image="a.dll"', 'image="c.dll"')));
    expect(change?.refs.map((r) => r.evidencePath)).toEqual(['C/h/0/applicationHost.config', 'C/h/1/applicationHost.config']);
    expect((change?.refs[1]?.line ?? 0) - (change?.refs[0]?.line ?? 0)).toBe(2);
  });

  test('entries of a web.config stand where the file does', () => {
    const file = (text: string) => ({ id: text.length.toString(), file: configurationFile('C:\\www\\web.config', text) });
    const changes = diffCopies([file(webConfig('<modules />')), file(webConfig('<modules><add name="M" type="T" /></modules>'))], 'Main/app');
    expect(changes.map((c) => [c.scope, c.name, c.kind])).toEqual([['Main/app', 'M', 'module']]);
  });

  test('what damage took away is no change, in either direction', () => {
    const [whole, cut] = copies(base, base.slice(0, base.indexOf('<globalModules>') + 60));
    if (whole === undefined || cut === undefined) throw new Error('two copies');
    expect(diffFiles(whole, cut).filter((c) => c.what === 'removed')).toEqual([]);
    expect(diffFiles(cut, whole).filter((c) => c.what === 'added')).toEqual([]);
  });

  test('ten turns of one entry are ten changes; names of object members are names', () => {
    const evil = base.replace('<globalModules>', '<globalModules><add name="__proto__" image="e.dll" /><add name="constructor" image="f.dll" />');
    expect(brief(...Array.from({ length: 11 }, (_, i) => (i % 2 === 0 ? base : evil)))).toHaveLength(20);
  });

  test('200 copies with 500 changes each take time in proportion', () => {
    const many = (n: number): string[] => Array.from({ length: n }, (_, copy) => host({ globalModules: Array.from({ length: 500 }, (__, i) => `<add name="M${i}" image="C:\\m${copy}\\${i}.dll" />`).join('') }));
    const took = (n: number): number => {
      const saved = copies(...many(n));
      const started = process.cpuUsage();
      expect(diffCopies(saved)).toHaveLength(500 * (n - 1));
      return process.cpuUsage(started).user / 1000;
    };
    took(20);
    expect(took(200)).toBeLessThan(8000);
  });
});

describe('what a pool was started with', () => {
  const both = `${SITE}<site name="Other" id="2"><application path="/" applicationPool="Q"><virtualDirectory path="/" physicalPath="C:\\q" /></application></site>`;
  const live = host({ sites: both, pools: `${POOL}<add name="Q" CLRConfigFile="x" />`, locations: '<location path="Other"><system.webServer><modules><add name="O" type="T" /></modules></system.webServer></location><location path="Main"><system.webServer><modules><add name="N" type="T" /></modules></system.webServer></location>' });
  const facts = (text: string) => factsOf(configurationFile('C:\\x', text));
  const told = (pool: string): string[] => diffPool({ id: 'pool:P', name: 'P', facts: facts(pool) }, { id: 'live', facts: facts(live) }).map((c) => `${c.what} ${c.kind} ${c.scope} ${c.name}`);
  const main = '<location path="Main"><system.webServer><modules><add name="N" type="T" /></modules></system.webServer></location>';

  test('other sites and pools are left out by the service', () => {
    expect(told(host({ locations: main }))).toEqual([]);
  });
  test('a module that was removed since, one that is not active yet, and a setting of the pool', () => {
    expect(told(host({ locations: main, globalModules: '<add name="A" image="a.dll" /><add name="B" image="b.dll" /><add name="IsapiModule" image="isapi.dll" /><add name="IsapiFilterModule" image="filter.dll" /><add name="Evil" image="e.dll" />' }))).toEqual(['removed native-module server Evil']);
    expect(told(host())).toEqual(['added module Main N']);
    expect(told(host({ locations: main, pools: POOL.replace(' />', ' CLRConfigFile="e.config" />') }))).toEqual(['changed pool server P']);
  });
  test('a section that it does not have at all says nothing', () => {
    expect(told(host({ locations: main }).replace(/<globalModules>.*<\/globalModules>/, ''))).toEqual([]);
  });
});

test('the fewest moves explain another order', () => {
  expect(movedKeys(['a', 'b', 'c', 'd'], ['b', 'c', 'd', 'a'])).toEqual(['a']);
  expect(movedKeys(['a', 'b', 'c'], ['a', 'b', 'c'])).toEqual([]);
  expect(movedKeys([], [])).toEqual([]);
});
