import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../../electron/artifacts/iis-config/index.ts';
import { lineagesOf } from '../../../../electron/jobs/model/copies.ts';
import { findCopies } from '../../../../electron/jobs/model/found-copies.ts';
import { findHosts } from '../../../../electron/jobs/reading/hosts.ts';
import type { KnownConfiguration } from '../../../../electron/jobs/model/known-configuration.ts';
import type { TimeFidelity } from '../../../../shared/model/index.ts';
import { entriesOf } from '../../evidence/entries.ts';

const CONFIG = 'C/Windows/System32/inetsrv/config';
const LIVE = `${CONFIG}/applicationHost.config`;
const history = (n: number, drive = 'C', folder = 'inetpub/history'): string => `${drive}/${folder}/CFGHISTORY_${String(n).padStart(10, '0')}/applicationHost.config`;

type Row = readonly [path: string, content: string, day: number | null];

/** The line of one file as `id order`, oldest first. A day is one of January 2026. */
function line(rows: readonly Row[], options: { readonly fidelity?: TimeFidelity; readonly folder?: string; readonly of?: RegExp } = {}): { ids: string[]; orders: number[]; problems: string[]; moments: string[] } {
  const hosts = findHosts(entriesOf(...rows.map(([path]) => path)));
  const known = rows.map(([path, content, day]): KnownConfiguration => ({
    configuration: { path: hosts.hostOf(path)?.view.windowsPath(path) ?? null, evidencePath: path, sha256: content, document: parseConfig(new TextEncoder().encode(content === 'cut' ? '<configuration><a>' : '<configuration />')).document },
    role: { kind: 'applicationHost', copy: null },
    modified: day === null ? null : `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`,
  }));
  const { lines, problems } = lineagesOf(findCopies(hosts, known), { server: 's', fidelity: options.fidelity ?? 'mtime-only', historyFolder: options.folder ?? 'C:\\inetpub\\history' });
  const { copies } = lines.find((l) => (options.of ?? /inetsrv\\config\\applicationHost/i).test(l.of ?? '')) ?? { copies: [] };
  return { ids: copies.map(({ copy }) => copy.id.replace(/CFGHISTORY_0+/, '#')), orders: copies.map(({ copy }) => copy.order), problems: problems.map((p) => p.found.message.slice(0, 40)), moments: copies.map(({ copy }) => `${copy.moment.fidelity} ${copy.moment.time?.slice(8, 10) ?? '-'}`) };
}

describe('the order of copies', () => {
  test('folder numbers, then the file in force', () => {
    expect(line([[LIVE, 'a', 9], [history(12), 'b', 3], [history(3), 'c', 1]])).toMatchObject({ ids: ['#3', '#12', 'live'], orders: [3, 12, 13], problems: [] });
  });

  test('others are placed by time between the numbers', () => {
    const rows: Row[] = [[LIVE, 'z', 9], [history(3), 'a', 2], [history(4), 'b', 6], [`${LIVE}.bak`, 'x', 4], ['C/Windows/System32/inetsrv/backup/first/applicationHost.config', 'y', 1], [`VSS1/${LIVE}`, 'w', 8]];
    expect(line(rows)).toMatchObject({ ids: ['backup:first', '#3', 'backup:applicationHost.config.bak', '#4', 'shadow:VSS1', 'live'], orders: [2, 3, 3, 4, 4, 5] });
    expect(line(rows.toReversed()).ids).toEqual(line(rows).ids);
  });

  test('times that run against the numbers are told and not used', () => {
    const found = line([[LIVE, 'z', 9], [history(3), 'a', 6], [history(4), 'b', 2], [`${LIVE}.bak`, 'b', 7]]);
    expect(found).toMatchObject({ ids: ['#3', '#4', 'backup:applicationHost.config.bak', 'live'] });
    expect(found.problems[0]).toMatch(/^The file times of the configuration copi/);
  });

  test('without times a copy stands beside its twin, or before the first', () => {
    const rows: Row[] = [[LIVE, 'z', null], [history(3), 'a', null], [history(4), 'b', null], [history(5), 'c', null], [`${LIVE}.bak`, 'b', null], [`${LIVE}.old`, 'x', null]];
    expect(line(rows, { fidelity: 'none' })).toMatchObject({ ids: ['backup:applicationHost.config.old', '#3', '#4', 'backup:applicationHost.config.bak', '#5', 'live'], moments: Array.from({ length: 6 }, () => 'order-only -') });
  });

  test('a history copy that a shadow copy has too is one copy; an older one is in its place', () => {
    expect(line([[LIVE, 'z', 9], [history(4), 'b', 6], [`VSS1/${history(4)}`, 'b', 6], [`VSS1/${history(2)}`, 'a', 2]]).ids).toEqual(['shadow:VSS1/#2', '#4', 'live']);
  });

  test('the folder that is in use gives the order, an earlier folder is placed by time', () => {
    const rows: Row[] = [[LIVE, 'z', 9], [history(1, 'D', 'cfg'), 'c', 5], [history(2, 'D', 'cfg'), 'd', 6], [history(7), 'a', 1], [history(8), 'b', 2]];
    expect(line(rows, { folder: 'D:\\cfg' }).ids).toEqual(['#7', '#8', '#1', '#2', 'live']);
  });

  test('two copies of one name are told apart', () => {
    expect(line([[LIVE, 'z', 9], ['C/inetpub/history/CFGHISTORY_0000000001/applicationHost.config', 'a', 1], ['C/other/CFGHISTORY_0000000001/applicationHost.config', 'b', 2]]).ids).toEqual(['#1', '#1 (2)', 'live']);
  });

  test('damage and a time after the file in force are told', () => {
    expect(line([[LIVE, 'z', 2], [history(4), 'cut', 1], [`${LIVE}.bak`, 'x', 9]]).problems).toEqual(['This copy of the configuration is damage', 'Its file time is later than that of the ']);
  });

  test('a web.config has a line of its own', () => {
    const rows: Row[] = [[LIVE, 'z', 2], ['C/www/web.config', 'n', 5], ['C/www/web.config.bak', 'o', 3], ['C/Windows.old/www/web.config', 'p', 1], ['VSS1/C/www/web.config', 'q', 4], ['VSS1/C/Windows/System32/x', 'x', 1]];
    const found = line(rows, { of: /www/i });
    expect(found.ids).toEqual(['old-windows:Windows.old:C:\\www\\web.config', 'backup:web.config.bak:C:\\www\\web.config', 'shadow:VSS1:C:\\www\\web.config', 'live:C:\\www\\web.config']);
    expect(found.orders).toEqual([1, 2, 3, 4]);
  });
});
