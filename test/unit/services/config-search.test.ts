import { describe, expect, it } from 'vitest';
import { searchConfiguration } from '../../../electron/services/config-search.ts';
import type { ConfigAttribute, ConfigElement } from '../../../shared/model/index.ts';

type Model = Parameters<typeof searchConfiguration>[0];

const attributes = (line: number, values: Readonly<Record<string, string>>): ConfigAttribute[] => Object.entries(values).map(([name, value], i) => ({ name, value, line, column: 10 + i }));
const element = (name: string, line: number, values: Readonly<Record<string, string>> = {}, children: readonly ConfigElement[] = []): ConfigElement => ({ name, line, column: 5, endLine: line, attributes: attributes(line, values), children });
const file = (evidencePath: string, kind: 'applicationHost' | 'webConfig' | 'history', root: ConfigElement | null): Model['configurations'][number] => ({
  configuration: { path: null, evidencePath, sha256: '', document: { root, complete: true, encoding: 'utf-8' } }, modified: null, role: { kind, copy: null },
});
const find = async (text: string, ...roots: readonly ConfigElement[]) => (await searchConfiguration({ configurations: roots.map((root, i) => file(`f${i}`, 'webConfig', root)) }, text, 100)).hits;

const modules = element('modules', 3, {}, [element('add', 4, { name: 'CacheExt', type: 'Contoso.Cache' }), element('remove', 5, { name: 'WebDAVModule' })]);
const root = element('configuration', 1, {}, [element('location', 2, { path: 'Shop/api' }, [element('system.webServer', 2, {}, [modules])])]);

describe('search over configuration', () => {
  it('finds attributes by value, by name and as they are written, whatever the letter case', async () => {
    const wanted = { evidencePath: 'f0', line: 4, column: 10, element: 'system.webServer/modules/add', location: 'Shop/api', text: 'name="CacheExt"' };
    expect(await find('cacheEXT', root)).toEqual([{ path: null, ...wanted }]);
    expect(await find('NAME="cache', root)).toEqual([{ path: null, ...wanted }]);
    expect((await find('name=', root)).map((h) => h.line)).toEqual([4, 5]);
  });

  it('finds element names, and says the location path only of what stands inside', async () => {
    expect(await find('modules', root)).toMatchObject([{ line: 3, text: 'modules', element: 'system.webServer/modules', location: 'Shop/api' }]);
    expect(await find('shop/api', root)).toMatchObject([{ line: 2, text: 'path="Shop/api"', element: 'location', location: null }]);
    expect(await find('configuration', root)).toMatchObject([{ line: 1, element: 'configuration', location: null }]);
  });

  it('neither shows nor finds secrets', async () => {
    const secrets = element('configuration', 1, {}, [
      element('processModel', 2, { userName: 'svc', password: 'hunter2' }),
      element('add', 3, { connectionString: 'Server=db;User=a;Pwd = hunter2' }),
      element('add', 4, { value: '[enc:IISWASOnlyAesProvider:hunter2:enc]' }),
      element('machineKey', 5, { validationKey: 'hunter2', decryptionKey: 'AutoGenerate,IsolateApps' }),
      element('add', 6, { key: 'ApiKey', value: 'hunter2' }),
    ]);
    expect(await find('hunter2', secrets)).toEqual([]);
    const texts = (await Promise.all(['password', 'connectionString', 'value', 'Key'].map((t) => find(t, secrets)))).flat().map((h) => h.text);
    expect(texts).toEqual(['password="[not shown]"', 'connectionString="[not shown]"', 'value="[encrypted: IISWASOnlyAesProvider]"', 'value="[not shown]"', 'machineKey', 'validationKey="[not shown]"', 'decryptionKey="AutoGenerate,IsolateApps"', 'key="ApiKey"']);
    expect(await find('value="h', secrets)).toEqual([]);
    expect(JSON.stringify(texts)).not.toContain('hunter2');
  });

  it('lists files in force before saved copies and stops at the limit, saying so', async () => {
    const configurations = [file('a-copy', 'history', modules), file('b-web', 'webConfig', modules), file('c-host', 'applicationHost', modules)];
    const all = await searchConfiguration({ configurations }, 'CacheExt', 10);
    expect(all.hits.map((h) => h.evidencePath)).toEqual(['c-host', 'b-web', 'a-copy']);
    expect(all.capped).toBe(false);
    const some = await searchConfiguration({ configurations }, 'CacheExt', 2);
    expect(some).toMatchObject({ capped: true, hits: [{ evidencePath: 'c-host' }, { evidencePath: 'b-web' }] });
    expect(await searchConfiguration({ configurations }, 'CacheExt', 3)).toMatchObject({ capped: false });
  });

  it('cuts long values around the place, and gets through nesting without end', async () => {
    const long = element('add', 1, { value: `${'x'.repeat(5000)}NEEDLE${'y'.repeat(5000)}` });
    const [hit] = await find('needle', long);
    expect(hit?.text).toMatch(/^value="\.\.\.x+NEEDLEy+\.\.\." \(10006 characters\)$/);
    expect(hit?.text.length).toBeLessThan(400);
    let deep = element('bottom', 9);
    for (let i = 0; i < 100_000; i++) deep = element('a', 1, {}, [deep]);
    const [found] = await find('bottom', deep);
    expect(found?.element.split('/').length).toBeLessThan(40);
    expect(found?.element.endsWith('/bottom')).toBe(true);
  });

  it('lets other work have its turn', async () => {
    const wide = element('configuration', 1, {}, Array.from({ length: 60_000 }, (_, i) => element('add', i, { key: String(i) })));
    let turns = 0;
    const counting = setInterval(() => { turns += 1; }, 0);
    const immediate = new Promise<void>((resolve) => {
      setImmediate(() => { turns += 1; resolve(); });
    });
    await find('nothing has this', wide);
    clearInterval(counting);
    await immediate;
    expect(turns).toBeGreaterThan(0);
  });

  it('takes a file of which nothing could be read', async () => {
    expect(await searchConfiguration({ configurations: [file('x', 'webConfig', null)] }, 'x', 5)).toEqual({ hits: [], capped: false });
  });
});
