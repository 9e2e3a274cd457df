import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalImage, fileName, folderTrust, imagePattern, parseTypeName, pathParts, samePreConditions, typeKey } from '../../../electron/knowledge/index.ts';

describe('canonicalImage', () => {
  it.each([
    '%windir%\\System32\\inetsrv\\loghttp.dll', '%SystemRoot%\\system32\\inetsrv\\LogHttp.dll', 'D:\\WINDOWS\\SysWOW64\\inetsrv\\loghttp.dll', 'C:/Windows/System32/inetsrv/loghttp.dll',
    '\\\\?\\C:\\Windows\\Sysnative\\inetsrv\\loghttp.dll', 'c:\\windows\\.\\system32\\x\\..\\inetsrv\\loghttp.dll ', '%systemdrive%\\Windows\\System32\\inetsrv.\\loghttp.dll',
  ])('takes %s for the one file', (path) => {
    expect(canonicalImage(path)).toBe('?:\\WINDOWS\\SYSTEM32\\INETSRV\\LOGHTTP.DLL');
  });

  it('keeps apart what is another file', () => {
    const stock = canonicalImage('%windir%\\System32\\inetsrv\\static.dll');
    for (const other of ['%windir%\\System32\\inetsrv\\static.dll:hidden.dll', '%windir%\\System32\\inetsrv\\..\\Temp\\static.dll', 'static.dll', '\\\\host\\c$\\Windows\\System32\\inetsrv\\static.dll', 'C:\\Windows\\System32\\inetsvr\\static.dll']) {
      expect(canonicalImage(other)).not.toBe(stock);
    }
  });

  it('never climbs above the drive, never throws, and is its own canonical form', () => {
    expect(pathParts('C:\\..\\..\\x.dll')).toEqual(['C:', 'x.dll']);
    const part = fc.constantFrom('C:', 'Windows', 'SysWOW64', '..', '.', 'a. ', '%windir%', 'Program Files (x86)', 'x.dll', 'PROGRA~1', '?:', 'sysnative');
    fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.array(part, { maxLength: 8 }).map((parts) => parts.join('\\')), fc.array(part, { maxLength: 8 }).map((parts) => `\\\\${parts.join('/')}`)), (text) => {
      const once = canonicalImage(text);
      expect(canonicalImage(once)).toBe(once);
      expect(once).not.toContain('/');
      expect(once.split('\\').slice(1)).not.toContain('..');
      expect(fileName(text).length).toBeLessThanOrEqual(Math.max(text.length, 2));
      expect(['system', 'program', 'open', 'remote', 'odd', 'other']).toContain(folderTrust(text));
    }));
  });

  it('matches patterns over folders and names', () => {
    const php = imagePattern('%ProgramFiles%\\**\\php-cgi.exe');
    expect(php(canonicalImage('C:\\Program Files (x86)\\MaestroPanel\\php\\v5.6\\php-cgi.exe'))).toBe(true);
    expect(php(canonicalImage('E:\\Program Files\\php-cgi.exe'))).toBe(true);
    expect(php(canonicalImage('C:\\ProgramData\\php-cgi.exe'))).toBe(false);
    expect(imagePattern('?:\\php*\\php-cgi.exe')(canonicalImage('C:\\PHP74\\php-cgi.exe'))).toBe(true);
  });
});

describe('folderTrust', () => {
  it.each([
    ['%windir%\\System32\\inetsrv\\x.dll', 'system'], ['C:\\PROGRA~1\\Vendor\\short.dll', 'program'], ['C:\\Windows\\Temp\\x.dll', 'open'], ['C:\\Windows\\System32\\spool\\drivers\\color\\x.dll', 'open'],
    ['C:\\ProgramData\\x.dll', 'open'], ['C:\\Users\\Public\\x.dll', 'open'], ['\\\\?\\C:\\ProgramData\\device.dll', 'open'], ['\\\\files.corp.example\\share\\unc.dll', 'remote'],
    ['relative.dll', 'odd'], ['bin\\f.dll', 'odd'], ['C:\\Windows\\System32\\a.dll:b', 'odd'], ['D:\\web\\bin\\x.dll', 'other'], ['C:\\Windows\\x.dll', 'other'],
    ['C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\root\\x.dll', 'open'],
  ])('%s: %s', (path, trust) => {
    expect(folderTrust(path)).toBe(trust);
  });
});

describe('type names and preconditions', () => {
  it('splits references, brackets and all', () => {
    expect(parseTypeName('A.B, C, Version=1.0.0.0, Culture=neutral, PublicKeyToken=31BF3856AD364E35')).toEqual({ type: 'A.B', assembly: 'C', token: '31bf3856ad364e35' });
    expect(parseTypeName('A`1[[X, Y]], C')).toEqual({ type: 'A`1[[X, Y]]', assembly: 'C', token: null });
    expect(parseTypeName('A')).toEqual({ type: 'A', assembly: null, token: null });
    expect(typeKey('A.B,C,Version=1')).toBe('A.B, C');
  });
  it('compares preconditions as sets', () => {
    expect(samePreConditions('a, b', 'b,a')).toBe(true);
    expect(samePreConditions('a', 'A')).toBe(false);
    expect(samePreConditions(null, '')).toBe(true);
  });
});
