import * as fc from 'fast-check';
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

const kape = viewOf(
  `C/${AHC}`,
  'C/Windows/System32/inetsrv/iiscore.dll',
  'C/Windows/SysWOW64/inetsrv/IISCORE.DLL',
  'C/Windows/System32/LogFiles/x.log',
  'C/Windows/system32/drivers/etc/hosts',
  'C/Program Files/App/mod.dll',
  'C/Program Files (x86)/App/mod.dll',
  'C/web@',
  'C/Windows/System32/inetsrv-x/a.dll',
  'D/www/Web.config',
);

describe('resolving Windows paths', () => {
  it.each<[string, 32 | 64, string, string | null, string | null]>([
    ['%windir%\\System32\\inetsrv\\iiscore.dll', 64, 'present', 'C:\\Windows\\System32\\inetsrv\\iiscore.dll', 'C/Windows/System32/inetsrv/iiscore.dll'],
    ['%windir%\\System32\\inetsrv\\iiscore.dll', 32, 'present', 'C:\\Windows\\SysWOW64\\inetsrv\\iiscore.dll', 'C/Windows/SysWOW64/inetsrv/IISCORE.DLL'],
    ['%SYSTEMROOT%\\Sysnative\\inetsrv\\iiscore.dll', 32, 'present', 'C:\\Windows\\System32\\inetsrv\\iiscore.dll', 'C/Windows/System32/inetsrv/iiscore.dll'],
    ['%windir%\\Sysnative\\inetsrv\\iiscore.dll', 64, 'not-collected', 'C:\\Windows\\Sysnative\\inetsrv\\iiscore.dll', null],
    ['C:\\Windows\\System32\\LogFiles\\x.log', 32, 'present', 'C:\\Windows\\System32\\LogFiles\\x.log', 'C/Windows/System32/LogFiles/x.log'],
    ['C:\\Windows\\System32\\drivers\\etc\\hosts', 32, 'present', 'C:\\Windows\\System32\\drivers\\etc\\hosts', 'C/Windows/system32/drivers/etc/hosts'],
    ['%ProgramFiles%\\App\\mod.dll', 32, 'present', 'C:\\Program Files (x86)\\App\\mod.dll', 'C/Program Files (x86)/App/mod.dll'],
    ['%programfiles%\\App\\mod.dll', 64, 'present', 'C:\\Program Files\\App\\mod.dll', 'C/Program Files/App/mod.dll'],
    ['%ProgramW6432%\\App\\mod.dll', 32, 'present', 'C:\\Program Files\\App\\mod.dll', 'C/Program Files/App/mod.dll'],
    ['d:/WWW/./x/../web.CONFIG', 64, 'present', 'D:\\WWW\\web.CONFIG', 'D/www/Web.config'],
    ['\\\\?\\D:\\www\\web.config', 64, 'present', 'D:\\www\\web.config', 'D/www/Web.config'],
    ['\\\\.\\D:\\www\\web.config', 64, 'present', 'D:\\www\\web.config', 'D/www/Web.config'],
    ['D:\\www\\web.config. .', 64, 'present', 'D:\\www\\web.config', 'D/www/Web.config'],
    ['\\\\?\\D:\\www\\web.config.', 64, 'absent', 'D:\\www\\web.config.', null],
    ['D:\\..\\..\\www\\web.config', 64, 'present', 'D:\\www\\web.config', 'D/www/Web.config'],
    ['D:\\www\\other.config', 64, 'absent', 'D:\\www\\other.config', null],
    ['D:\\www', 64, 'not-a-file', 'D:\\www', null],
    ['D:\\', 64, 'not-a-file', 'D:\\', null],
    ['C:\\web', 64, 'not-a-file', 'C:\\web', 'C/web'],
    ['C:\\web\\bin\\x.dll', 64, 'not-collected', 'C:\\web\\bin\\x.dll', null],
    ['D:\\bin\\x.dll', 64, 'not-collected', 'D:\\bin\\x.dll', null],
    ['D:\\x.dll', 64, 'not-collected', 'D:\\x.dll', null],
    ['D:\\www\\x.dll', 64, 'absent', 'D:\\www\\x.dll', null],
    ['E:\\x.dll', 64, 'not-collected', 'E:\\x.dll', null],
    ['\\\\server\\share\\x.dll', 64, 'not-collected', null, null],
    ['\\\\?\\UNC\\server\\share\\x.dll', 64, 'not-collected', null, null],
    ['\\\\?\\GLOBALROOT\\x', 64, 'not-collected', null, null],
    ['evil.dll', 64, 'not-collected', null, null],
    ['C:evil.dll', 64, 'not-collected', null, null],
    ['\\inetpub\\x', 64, 'not-collected', null, null],
    ['%IIS_BIN%\\x.dll', 64, 'not-collected', null, null],
    ['', 64, 'none', null, null],
  ])('%s for %i bits', (path, bitness, status, full, evidencePath) => {
    const found = kape.resolve(path, bitness);
    expect([found.status, found.path, found.entry?.evidencePath ?? null]).toEqual([status, full, evidencePath]);
  });

  it('expands once and leaves unknown variables alone', () => {
    expect(kape.expand('%SystemDrive%\\%nope%\\%windir%', 64)).toBe('C:\\%nope%\\C:\\Windows');
    expect(kape.expand('100% %public% %', 64)).toBe('100% C:\\Users\\Public %');
    expect(kape.expand('%CommonProgramFiles%', 32)).toBe('C:\\Program Files (x86)\\Common Files');
  });

  it('takes the drive of Windows for the variables', () => {
    const view = viewOf(`E/${AHC}`, 'E/Windows/SysWOW64/x.dll');
    expect(view.expand('%windir%', 64)).toBe('E:\\Windows');
    expect(view.resolve('%windir%\\System32\\x.dll', 32).status).toBe('present');
  });

  it('names the evidence as the server did', () => {
    expect(kape.windowsPath('D/www/Web.config')).toBe('D:\\www\\Web.config');
    expect(kape.windowsPath('D')).toBe('D:\\');
    expect(kape.windowsPath('results/x.json')).toBeNull();
    expect(viewOf(AHC).windowsPath('inetpub/x')).toBe('C:\\inetpub\\x');
    const velo = viewOf(`uploads/auto/C%3A/${AHC}`, 'uploads/auto/C%3A/a%25b/%2E.');
    expect(velo.windowsPath('uploads/auto/C%3A/a%25b/%C3%A9%3Astream')).toBe('C:\\a%b\\é:stream');
    expect(velo.windowsPath('uploads/auto/C%3A/x/%2E.')).toBeNull();
    expect(velo.windowsPath('uploads/auto/C%3A/x%5C..%5Cy')).toBeNull();
  });

  it('gives what lies below a folder and nothing beside it', () => {
    expect(kape.below('%windir%\\SYSTEM32\\inetsrv').map((e) => e.evidencePath)).toEqual(['C/Windows/System32/inetsrv/config/applicationHost.config', 'C/Windows/System32/inetsrv/iiscore.dll']);
    expect(kape.below('D:\\').map((e) => e.evidencePath)).toEqual(['D/www/Web.config']);
    expect(kape.below('C:\\nowhere')).toEqual([]);
    expect(kape.below('\\\\server\\share')).toEqual([]);
  });

  it('prefers the auto accessor and completes it with the raw one', () => {
    const view = viewOf('uploads/ntfs/%5C%5C.%5CC%3A/%24MFT', 'uploads/ntfs/%5C%5C.%5CC%3A/x/a.txt', 'uploads/ntfs/%5C%5C.%5CC%3A/x/b.txt', 'uploads/auto/C%3A/x/A.txt', `uploads/auto/C%3A/${AHC}`);
    expect(view.below('C:\\x').map((e) => e.evidencePath)).toEqual(['uploads/auto/C%3A/x/A.txt', 'uploads/ntfs/%5C%5C.%5CC%3A/x/b.txt']);
    expect(view.resolve('C:\\x\\a.txt', 64).entry?.evidencePath).toBe('uploads/auto/C%3A/x/A.txt');
    expect(view.resolve('C:\\$MFT', 64).status).toBe('present');
    expect(view.drives).toEqual(['C']);
  });

  it('is not confused by names of object members', () => {
    const view = viewOf(AHC, 'constructor/__proto__', '__proto__/toString');
    expect(view.resolve('C:\\constructor\\__proto__', 64).status).toBe('present');
    expect(view.resolve('C:\\constructor\\toString', 64).status).toBe('absent');
    expect(view.resolve('C:\\toString', 64).status).toBe('not-collected');
    expect(view.expand('%constructor%', 64)).toBe('%constructor%');
  });
});

describe('properties of path resolution', () => {
  const component = fc.oneof(fc.constantFrom('..', '.', 'Windows', 'System32', 'www', 'Web.config', ' ', '...', 'a:b', '%windir%', '%'), fc.string());
  const written = fc.tuple(fc.constantFrom('C:\\', 'd:/', '\\\\?\\C:\\', '\\\\.\\D:\\', '', '\\', '\\\\', '%SystemDrive%\\'), fc.array(component), fc.constantFrom('\\', '/')).map(([root, parts, by]) => root + parts.join(by));

  it('never leaves the drive and finds only what the view holds', () => {
    fc.assert(
      fc.property(written, fc.constantFrom<32 | 64>(32, 64), (path, bitness) => {
        const found = kape.resolve(path, bitness);
        if (found.path !== null) expect(found.path).toMatch(/^[A-Z]:\\/);
        if (found.entry !== null) expect(kape.windowsPath(found.entry.evidencePath)?.toUpperCase()).toBe(found.path?.toUpperCase());
        if (!path.startsWith('\\\\?')) expect((found.path ?? '').split('\\')).not.toContain('..');
        for (const entry of kape.below(path)) expect(kape.windowsPath(entry.evidencePath)).not.toBeNull();
      }),
    );
  });

  it('does not depend on case', () => {
    fc.assert(
      fc.property(written.filter((path) => /^[ -~]*$/.test(path)), (path) => {
        const [lower, upper] = [kape.resolve(path.toLowerCase(), 64), kape.resolve(path.toUpperCase(), 64)];
        expect(lower.status).toBe(upper.status);
        expect(lower.entry).toBe(upper.entry);
      }),
    );
  });
});

describe('absent and not collected', () => {
  it('does not call a file absent from a folder that is only on the way to another one', () => {
    const names = ['C/Windows/System32/inetsrv/config/applicationHost.config', 'C/Windows/System32/drivers/etc/hosts'];
    const entries = names.map((evidencePath) => ({ evidencePath, type: 'file' as const, size: 1, modified: null, created: null, problem: null }));
    const [host] = detectLayout(entries).hosts;
    const view = host === undefined ? null : windowsView(host, entries);
    expect(view?.resolve('%windir%\\System32\\inetsrv\\cachhttp.dll', 64).status).toBe('not-collected');
    expect(view?.resolve('C:\\Windows\\System32\\cmd.exe', 64).status).toBe('not-collected');
    expect(view?.resolve('%windir%\\System32\\inetsrv\\config\\redirection.config', 64).status).toBe('absent');
  });
});
