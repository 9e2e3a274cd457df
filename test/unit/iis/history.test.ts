import { describe, expect, test } from 'vitest';
import { diffCopies, type SavedCopy } from '../../../electron/iis/index.ts';
import { movedKeys } from '../../../electron/iis/history/moved.ts';
import { configurationFile, host, POOL, SITE } from './support.ts';

function copies(...texts: readonly string[]): SavedCopy[] {
  return texts.map((text, order) => ({ id: `CFGHISTORY_${order}`, order, moment: { time: null, from: 'history-order', fidelity: 'order-only', order }, file: configurationFile(`C:\\h\\${order}\\applicationHost.config`, text) }));
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

test('the fewest moves explain another order', () => {
  expect(movedKeys(['a', 'b', 'c', 'd'], ['b', 'c', 'd', 'a'])).toEqual(['a']);
  expect(movedKeys(['a', 'b', 'c'], ['a', 'b', 'c'])).toEqual([]);
  expect(movedKeys([], [])).toEqual([]);
});
