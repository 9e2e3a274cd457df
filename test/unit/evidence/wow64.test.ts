import { describe, expect, it } from 'vitest';
import { detectLayout } from '../../../electron/evidence/layout.ts';
import { windowsView } from '../../../electron/evidence/windows-view-of.ts';
import type { WindowsView } from '../../../electron/evidence/windows-view.ts';
import { AHC, entriesOf } from './entries.ts';

function viewOf(...paths: string[]): WindowsView {
  const entries = entriesOf(...paths);
  const host = detectLayout(entries).hosts[0];
  if (host === undefined) throw new Error('no host');
  return windowsView(host, entries);
}

const server = viewOf(`D/${AHC}`, 'D/Windows/System32/inetsrv/x.dll');
const METABASE = 'C/WINDOWS/system32/inetsrv/MetaBase.xml';

describe('paths as a 32-bit process sees them', () => {
  // Microsoft Learn, File System Redirector: the exempt folders and lastgood.
  it.each([
    ['System32\\inetsrv\\x.dll', 'SysWOW64\\inetsrv\\x.dll'],
    ['SYSTEM32\\x.dll', 'SysWOW64\\x.dll'],
    ['System32', 'SysWOW64'],
    ['System32\\catroot\\x', 'System32\\catroot\\x'],
    ['System32\\CatRoot2\\x', 'System32\\CatRoot2\\x'],
    ['System32\\driverstore\\x', 'System32\\driverstore\\x'],
    ['System32\\drivers\\etc\\hosts', 'System32\\drivers\\etc\\hosts'],
    ['System32\\drivers\\http.sys', 'SysWOW64\\drivers\\http.sys'],
    ['System32\\LogFiles\\W3SVC1\\x.log', 'System32\\LogFiles\\W3SVC1\\x.log'],
    ['System32\\spool\\x', 'System32\\spool\\x'],
    ['System32\\inetsrv\\config\\x.dll', 'SysWOW64\\inetsrv\\config\\x.dll'],
    ['System32x\\x.dll', 'System32x\\x.dll'],
    ['Sysnative\\inetsrv\\x.dll', 'System32\\inetsrv\\x.dll'],
    ['lastgood\\System32\\x.dll', 'lastgood\\SysWOW64\\x.dll'],
    ['SysWOW64\\x.dll', 'SysWOW64\\x.dll'],
  ])('%s', (written, seen) => {
    expect(server.resolve(`%windir%\\${written}`, 32).path).toBe(`D:\\Windows\\${seen}`);
  });

  it('a 64-bit process sees what is written', () => {
    for (const written of ['System32\\x.dll', 'Sysnative\\x.dll', 'SysWOW64\\x.dll', 'lastgood\\System32\\x.dll']) expect(server.resolve(`%windir%\\${written}`, 64).path).toBe(`D:\\Windows\\${written}`);
  });
});

describe('variables', () => {
  it.each([
    ['%windir%', 'D:\\Windows', 'D:\\Windows'],
    ['%SystemRoot%', 'D:\\Windows', 'D:\\Windows'],
    ['%SystemDrive%', 'D:', 'D:'],
    ['%ProgramFiles%', 'D:\\Program Files', 'D:\\Program Files (x86)'],
    ['%ProgramFiles(x86)%', 'D:\\Program Files (x86)', 'D:\\Program Files (x86)'],
    ['%ProgramW6432%', 'D:\\Program Files', 'D:\\Program Files'],
    ['%CommonProgramFiles%', 'D:\\Program Files\\Common Files', 'D:\\Program Files (x86)\\Common Files'],
    ['%CommonProgramFiles(x86)%', 'D:\\Program Files (x86)\\Common Files', 'D:\\Program Files (x86)\\Common Files'],
    ['%CommonProgramW6432%', 'D:\\Program Files\\Common Files', 'D:\\Program Files\\Common Files'],
    ['%PROCESSOR_ARCHITECTURE%', 'AMD64', 'x86'],
    ['%PROCESSOR_ARCHITEW6432%', '%PROCESSOR_ARCHITEW6432%', 'AMD64'],
    ['%ProgramData%', 'D:\\ProgramData', 'D:\\ProgramData'],
    // Only IIS Express sets them, and what to is not told by a file of the evidence.
    ['%IIS_BIN%\\x.dll', '%IIS_BIN%\\x.dll', '%IIS_BIN%\\x.dll'],
    ['%IIS_USER_HOME%', '%IIS_USER_HOME%', '%IIS_USER_HOME%'],
    ['100%', '100%', '100%'],
  ])('%s', (written, wide, narrow) => {
    expect([server.expand(written, 64), server.expand(written, 32)]).toEqual([wide, narrow]);
  });
});

describe('a 32-bit edition of Windows', () => {
  it('has one System32 and one Program Files', () => {
    const old = viewOf(METABASE, 'C/WINDOWS/system32/inetsrv/asp.dll');
    expect(old.resolve('%windir%\\System32\\inetsrv\\asp.dll', 32)).toMatchObject({ status: 'present', entry: { evidencePath: 'C/WINDOWS/system32/inetsrv/asp.dll' } });
    expect(old.expand('%ProgramFiles% %CommonProgramFiles% %ProgramFiles(x86)% %PROCESSOR_ARCHITECTURE%', 32)).toBe('C:\\Program Files C:\\Program Files\\Common Files %ProgramFiles(x86)% x86');
  });

  it.each([['SysWOW64', 'C/WINDOWS/SysWOW64/x.dll'], ['Framework64', 'C/WINDOWS/Microsoft.NET/Framework64/v2.0.50727/x.dll'], ['Program Files (x86)', 'C/Program Files (x86)/x'], ['applicationHost.config', `C/${AHC}`]])('is not taken for granted beside %s', (_, other) => {
    expect(viewOf(METABASE, other).resolve('C:\\Windows\\System32\\x.dll', 32).path).toBe('C:\\Windows\\SysWOW64\\x.dll');
  });
});
