import { describe, expect, it } from 'vitest';
import { detectLayout } from '../../../electron/evidence/layout.ts';
import { AHC, entriesOf } from './entries.ts';

/** layout, then each host as `id: letter=prefix ...`. */
function seen(...paths: string[]): string[] {
  const { layout, hosts } = detectLayout(entriesOf(...paths));
  return [layout, ...hosts.map((host) => `${host.id}: ${host.drives.map((d) => `${d.letter}=${d.prefix}${d.encoded ? ' (encoded)' : ''}`).join(', ')}`)];
}

const lower = AHC.toLowerCase();

describe('layouts', () => {
  it.each<[string, string[], string[]]>([
    ['a drive root', [AHC], ['tree', 'host: C=']],
    ['a drive root in lower case', [lower], ['tree', 'host: C=']],
    ['a tree in some folder', [`mnt/image/${AHC}`], ['tree', 'mnt/image: C=mnt/image']],
    ['a Windows folder without IIS files', ['Windows/System32/config/SYSTEM'], ['tree', 'host: C=']],
    ['logs alone', ['inetpub/logs/LogFiles/W3SVC1/u_ex260302.log'], ['tree', 'host: C=']],
    ['history alone', ['srv/inetpub/history/CFGHISTORY_0000000001/applicationHost.config'], ['tree', 'srv: C=srv']],
    ['KAPE', [`C/${AHC}`], ['kape', 'host: C=C']],
    ['KAPE in a folder', [`out/WEB01/C/${AHC}`], ['kape', 'out/WEB01: C=out/WEB01/C']],
    ['KAPE with web content on D', [`C/${AHC}`, 'D/www/web.config'], ['kape', 'host: C=C, D=D']],
    ['KAPE logs alone', ['C/inetpub/logs/LogFiles/W3SVC1/a.log'], ['kape', 'host: C=C']],
    ['Velociraptor', [`uploads/auto/C%3A/${AHC}`], ['velociraptor', 'host: C=uploads/auto/C%3A (encoded)']],
    ['Velociraptor, raw', [`uploads/ntfs/%5C%5C.%5CC%3A/${AHC}`], ['velociraptor', 'host: C=uploads/ntfs/%5C%5C.%5CC%3A (encoded)']],
    ['Velociraptor, decoded by an extractor', [`uploads/auto/C:/${AHC}`], ['velociraptor', 'host: C=uploads/auto/C: (encoded)']],
    ['Velociraptor, web root alone', ['uploads/auto/D%3A/www/web.config'], ['velociraptor', 'host: D=uploads/auto/D%3A (encoded)']],
    [
      'Velociraptor, two accessors: auto first',
      [`uploads/ntfs/%5C%5C.%5CC%3A/%24MFT`, `uploads/auto/C%3A/${AHC}`, 'uploads/auto/D%3A/x', 'results/a.json'],
      ['velociraptor', 'host: C=uploads/auto/C%3A (encoded), C=uploads/ntfs/%5C%5C.%5CC%3A (encoded), D=uploads/auto/D%3A (encoded)'],
    ],
    ['acquire', [`fs/C:/${lower}`, 'fs/D:/www/web.config', 'fs/C:/$MFT'], ['acquire', 'host: C=fs/C:, D=fs/D:']],
    ['FTK Imager', [`img/NONAME [NTFS]/[root]/${AHC}`], ['ftk', 'img/NONAME [NTFS]: C=img/NONAME [NTFS]/[root]']],
    ['a drive folder with a colon', [`C:/${AHC}`, 'E:/x'], ['tree', 'host: C=C:, E=E:']],
    [
      'several hosts',
      [`WEB01/C/${AHC}`, 'WEB01/D/x', `WEB02/uploads/auto/C%3A/${AHC}`, `WEB03/${AHC}`],
      ['kape', 'WEB01: C=WEB01/C, D=WEB01/D', 'WEB02: C=WEB02/uploads/auto/C%3A (encoded)', 'WEB03: C=WEB03'],
    ],
    ['Windows on another drive', [`E/${AHC}`, 'C/x'], ['kape', 'host: C=C, E=E']],
    ['nothing of Windows', ['applicationHost.config', 'logs/u_ex.log', 'c/main.c', 'windows/readme.txt'], ['loose']],
    ['no names at all', [], ['loose']],
  ])('%s', (_name, paths, expected) => {
    expect(seen(...paths)).toEqual(expected);
  });

  it('says on which drive Windows lies', () => {
    expect(detectLayout(entriesOf(`E/${AHC}`, 'C/x')).hosts[0]?.systemDrive).toBe('E');
  });

  it('notes trees inside a host and does not make hosts of them', () => {
    const copy = 'uploads/ntfs/%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy1';
    expect(detectLayout(entriesOf(`C/${AHC}`, `C/Windows.old/${AHC}`, `D/backup/${AHC}`)).hosts).toMatchObject([{ id: 'host', nested: ['C/Windows.old', 'D/backup'] }]);
    expect(detectLayout(entriesOf(AHC, `kape/C/${AHC}`)).hosts).toMatchObject([{ id: 'host', drives: [{ prefix: '' }], nested: ['kape/C'] }]);
    expect(detectLayout(entriesOf(`uploads/auto/C%3A/${AHC}`, `${copy}/${AHC}`)).hosts).toMatchObject([{ drives: [{ letter: 'C' }], nested: [copy] }]);
  });

  it.each([
    ['Velociraptor', [`uploads/auto/C%3A/${AHC}`, `uploads/auto/%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy3/${AHC}`], ['shadow HarddiskVolumeShadowCopy3 C']],
    ['KAPE', [`C/${AHC}`, `VSS1/C/${AHC}`, `VSS2/D/inetpub/wwwroot/web.config`], ['shadow VSS1 C', 'shadow VSS2 D']],
    ['KAPE in a folder', [`out/C/${AHC}`, `out/VSS1/C/${AHC}`], ['shadow VSS1 C']],
    ['folders beside a mounted drive', [`mnt/c/${AHC}`, `mnt/vss1/${AHC}`, `mnt/vss2/${AHC}`], ['shadow vss1 C', 'shadow vss2 C']],
    ['folders of the device name', [AHC, `HarddiskVolumeShadowCopy7/${AHC}`], ['shadow HarddiskVolumeShadowCopy7 C']],
    ['a folder of shadow copies', [`C/${AHC}`, `ShadowCopies/2023-01-01/C/${AHC}`], ['shadow 2023-01-01 C']],
    ['a copied tree', [`C/${AHC}`, `D/backup/${AHC}`, `D/other/${AHC}`], ['backup D:\\backup C']],
    ['a site that is called so', [`C/${AHC}`, 'C/inetpub/wwwroot/vss1/web.config'], []],
  ])('earlier states of a drive are no hosts: %s', (_name, paths, expected) => {
    const { hosts } = detectLayout(entriesOf(...paths));
    expect(hosts).toHaveLength(1);
    expect(hosts[0]?.trees.map((t) => `${t.kind} ${t.name} ${t.drive.letter}`)).toEqual(expected);
  });

  it('gives each of several hosts its shadow copies', () => {
    const { hosts } = detectLayout(entriesOf(`A/C/${AHC}`, `A/VSS1/C/${AHC}`, `B/C/${AHC}`, `B/VSS1/C/${AHC}`));
    expect(hosts.map((h) => [h.id, h.trees.map((t) => t.drive.prefix)])).toEqual([['A', ['A/VSS1/C']], ['B', ['B/VSS1/C']]]);
  });

  it('takes a shadow copy for the host where nothing else was collected', () => {
    expect(detectLayout(entriesOf(`VSS1/C/${AHC}`)).hosts).toMatchObject([{ prefix: 'VSS1', trees: [] }]);
  });

  it('does not slow down with depth', () => {
    const deep = Array.from({ length: 1500 }, (_, i) => `${'d/'.repeat(i + 1)}`);
    const started = performance.now();
    expect(detectLayout(entriesOf(...deep, ...deep.map((folder) => `${folder}Windows/System32/x`))).hosts).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('takes no host from a name that leads out', () => {
    const [bad] = entriesOf(`../C/${AHC}`);
    if (bad === undefined) throw new Error('no entry');
    expect(detectLayout([{ ...bad, problem: { kind: 'escape', message: 'leads out' } }]).hosts).toEqual([]);
  });

  it('does not depend on the order of the names', () => {
    const paths = [`WEB01/C/${AHC}`, 'WEB01/D/x', `WEB02/uploads/auto/C%3A/${AHC}`, 'WEB02/uploads/ntfs/%5C%5C.%5CC%3A/%24MFT', `WEB01/D/old/${AHC}`];
    expect(detectLayout(entriesOf(...paths.toReversed()))).toEqual(detectLayout(entriesOf(...paths)));
  });
});
