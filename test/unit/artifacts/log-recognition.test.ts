import { describe, expect, it } from 'vitest';
import { binaryLog } from '../../../electron/artifacts/binary-log/index.ts';
import { LOG_ARTIFACTS, recogniseLog } from '../../../electron/artifacts/logs.ts';

const HEADS = {
  'w3c-log': '#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time cs-method sc-status\r\n2026-03-02 14:00:01 GET 200\r\n',
  'ftp-log': '#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time c-ip cs-method sc-status x-session x-fullpath\r\n',
  'httperr-log': '#Software: Microsoft HTTP API 2.0\r\n#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename\r\n',
  'iis-log': '10.0.0.9, -, 03/20/26, 7:55:20, W3SVC2, WEB1, 10.0.0.5, 4502, 163, 3223, 200, 0, GET, /a.gif, -,\r\n',
  'ncsa-log': '10.0.0.9 - - [08/Apr/2026:17:39:04 -0800] "GET /a HTTP/1.0" 200 3401\r\n',
};
const bytes = (text: string): Buffer => Buffer.from(text);
const NOTHING = bytes('\u0001\u0002 nothing that a log begins with');

describe('place', () => {
  it.each([
    ['C:/inetpub/logs/LogFiles/W3SVC1/u_ex260302.log', 'w3c-log', 1, 'iis-log'],
    ['C:/inetpub/logs/LogFiles/W3SVC12/u_ex26030214_x.log', 'w3c-log', 12, 'iis-log'],
    ['C:/inetpub/logs/LogFiles/W3SVC1/u_extend7.log', 'w3c-log', 1, 'iis-log'],
    ['C:/inetpub/logs/LogFiles/W3SVC1/ex2603.log', 'w3c-log', 1, 'iis-log'],
    ['C:/inetpub/logs/LogFiles/W3SVC1/ex260304 - Copy.log', 'w3c-log', 1, 'iis-log'],
    ['C:/inetpub/logs/LogFiles/W3SVC/u_ex260302.log', 'w3c-log', null, 'iis-log'],
    ['C:\\WINDOWS\\system32\\LogFiles\\W3SVC1\\ex060302.log', 'w3c-log', 1, 'iis-log'],
    ['C:/Resources/Directory/0a1b.Site.DiagnosticStore/LogFiles/Web/W3SVC1273337584/u_ex26030214.log', 'w3c-log', 1273337584, 'iis-log'],
    ['C:/inetpub/logs/AdvancedLogs/WEB1-Server_D20260302-100000.log', 'w3c-log', null, 'iis-log'],
    ['C:/inetpub/logs/AdvancedLogs/DEFAULT/WEB1_D20260302.log', 'w3c-log', null, 'iis-log'],
    ['C:/inetpub/logs/LogFiles/W3SVC1/renamed.log', 'w3c-log', 1, 'iis-log'],
    ['C:/inetpub/logs/LogFiles/W3SVC3/u_in260302.log', 'iis-log', 3, 'iis-log'],
    ['C:/inetpub/logs/LogFiles/W3SVC3/in26030214.log', 'iis-log', 3, 'iis-log'],
    ['C:/inetpub/logs/LogFiles/W3SVC3/inetsv1.log', 'iis-log', 3, 'iis-log'],
    ['C:/WINDOWS/system32/LogFiles/MSFTPSVC1/in060302.log', 'iis-log', 1, 'ftp-log'],
    ['C:/inetpub/logs/LogFiles/W3SVC3/u_nc2603.log', 'ncsa-log', 3, 'iis-log'],
    ['C:/inetpub/logs/LogFiles/W3SVC3/ncsa12.log', 'ncsa-log', 3, 'iis-log'],
    ['C:/inetpub/logs/LogFiles/FTPSVC2/u_ex260302.log', 'ftp-log', 2, 'ftp-log'],
    ['C:/WINDOWS/system32/LogFiles/MSFTPSVC1/ex060302.log', 'ftp-log', 1, 'ftp-log'],
    ['C:/Windows/System32/LogFiles/HTTPERR/httperr1.log', 'httperr-log', null, 'httperr'],
    ['D:/moved/httperr2.log', 'httperr-log', null, 'httperr'],
  ] as const)('%s', (path, id, siteId, source) => {
    expect(LOG_ARTIFACTS.find((a) => a.locate(path) !== null)?.id).toBe(id);
    // An empty file says nothing itself.
    expect(recogniseLog(path, new Uint8Array())).toMatchObject({ artifact: { id }, siteId, source, certain: false });
  });

  it.each(['C:/Windows/System32/LogFiles/IN2603.log', 'C:/Windows/System32/LogFiles/SUM/Svc.log', 'C:/inetpub/logs/LogFiles/W3SVC1/readme.txt', 'C:/Windows/Logs/CBS/CBS.log', 'C:/x/index.log', 'C:/x/extra.log', 'C:/inetpub/logs/LogFiles/W3SVC/raw1.ibl', 'W3SVC1', ''])('%s is no log by its place', (path) => {
    expect(LOG_ARTIFACTS.filter((a) => a.locate(path) !== null)).toEqual([]);
  });

  it('the central binary log is recognised by its name', () => {
    expect(['C:/inetpub/logs/LogFiles/W3SVC/raw260302.ibl', 'ra1.IBL'].map(binaryLog.locate)).toEqual([true, true]);
    expect(['C:/a.ibl/b.log', 'ibl'].map(binaryLog.locate)).toEqual([false, false]);
  });
});

describe('content', () => {
  it.each(Object.entries(HEADS))('%s is told from all others', (id, head) => {
    for (const text of [bytes(head), Buffer.from(`\ufeff${head}`, 'utf16le'), bytes(`\ufeff${head}`), Buffer.concat([Buffer.alloc(3000), bytes(head)]), bytes(head.replaceAll('\r\n', '\n'))]) {
      expect(LOG_ARTIFACTS.filter((a) => a.looksLike(text)).map((a) => a.id)).toEqual([id]);
    }
  });

  it.each(Object.keys(HEADS) as (keyof typeof HEADS)[])('decides where the name lies: %s', (id) => {
    for (const path of ['C:/logs/LogFiles/W3SVC4/u_ex260302.log', 'C:/logs/LogFiles/W3SVC4/in260302.log', 'C:/logs/LogFiles/W3SVC4/nc260302.log', 'C:/stray/export.log']) {
      const found = recogniseLog(path, bytes(HEADS[id]));
      // W3C rows of FTP and of the web are written in the same way: the folder knows who wrote them.
      const folder = id === 'ftp-log' && path.endsWith('u_ex260302.log');
      expect(found, path).toMatchObject({ artifact: { id: folder ? 'w3c-log' : id }, certain: true, siteId: path.includes('W3SVC4') ? 4 : null });
    }
  });

  it('a damaged head leaves the name, and neither is no log', () => {
    expect(recogniseLog('C:/logs/LogFiles/W3SVC4/nc260302.log', NOTHING)).toMatchObject({ artifact: { id: 'ncsa-log' }, siteId: 4, certain: false });
    expect(recogniseLog('C:/stray/export.log', NOTHING)).toBeNull();
  });

  it('an FTP log outside of any folder of a service is one by its fields', () => {
    expect(recogniseLog('collected/u_ex260302.log', bytes(HEADS['ftp-log']))).toMatchObject({ artifact: { id: 'ftp-log' }, source: 'ftp-log', certain: true });
  });

  it('an FTP log without fields of its own is one by its folder', () => {
    const old = bytes('#Software: Microsoft Internet Information Services 6.0\r\n#Fields: time c-ip cs-method cs-uri-stem sc-status\r\n');
    expect(recogniseLog('C:/WINDOWS/system32/LogFiles/MSFTPSVC1/ex060302.log', old)).toMatchObject({ artifact: { id: 'ftp-log' }, source: 'ftp-log', certain: true });
  });
});
