import { gzipSync } from 'node:zlib';
import type { Tree } from './tree.ts';
import { zipBytes } from './zip-writer.ts';

/** A site of a generated server: the attributes of its `logFile`, as they are written. */
export interface MadeSite { readonly id: number; readonly name: string; readonly logFile?: string; readonly bindings?: string; readonly more?: string }

/** An applicationHost.config with these sites and nothing else. */
export function hostConfig(sites: readonly MadeSite[], log = '', siteDefaults = ''): string {
  const made = sites.map(({ id, name, logFile = '', bindings = '<binding protocol="http" bindingInformation="*:80:" />', more = '' }) =>
    `<site name="${name}" id="${id}"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\web\\${id}" /></application><bindings>${bindings}</bindings><logFile ${logFile} />${more}</site>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\r\n<configuration>\r\n<system.applicationHost>${log}<applicationPools><add name="P" /></applicationPools>\r\n<sites>${made.join('\r\n')}<siteDefaults>${siteDefaults}</siteDefaults></sites>\r\n</system.applicationHost>\r\n</configuration>\r\n`;
}

export const HOST_CONFIG = 'C/Windows/System32/inetsrv/config/applicationHost.config';

const two = (n: number): string => String(n).padStart(2, '0');
const clock = (i: number, rows: number): string => {
  const s = Math.floor((i * 86_400) / rows);
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
};

export const W3C_FIELDS = 'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken';

/** A day of a W3C log. @param site number in s-sitename, for central logs */
export function w3cDay(date: string, rows: number, site?: (i: number) => number): string {
  const head = `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: ${date} 00:00:00\r\n#Fields: ${site === undefined ? W3C_FIELDS : W3C_FIELDS.replace('s-ip', 's-sitename s-ip')}\r\n`;
  const lines = Array.from({ length: rows }, (_, i) => `${date} ${clock(i, rows)} ${site === undefined ? '' : `W3SVC${site(i)} `}10.0.0.1 ${i % 7 === 0 ? 'POST' : 'GET'} /p${i % 31}.aspx id=${i} 443 - 10.1.${i % 200}.9 Mozilla/5.0 ${i % 13 === 0 ? 404 : 200} 0 0 ${i % 777}\r\n`);
  return head + lines.join('');
}

/** A day in the IIS format; the day is over 12, so that the order of its dates is told. */
export function iisDay(date: string, rows: number): string {
  const [year, month, day] = date.split('-').map(Number);
  return Array.from({ length: rows }, (_, i) => `10.2.0.${i % 200}, -, ${month}/${day}/${year}, ${clock(i, rows)}, W3SVC3, SRV, 10.0.0.9, ${i % 99}, ${200 + i}, ${512 + i}, 200, 0, GET, /iis${i % 9}.htm, -,\r\n`).join('');
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function ncsaDay(date: string, rows: number): string {
  const [year, month, day] = date.split('-');
  return Array.from({ length: rows }, (_, i) => `10.3.0.${i % 200} - - [${day}/${MONTHS[Number(month) - 1]}/${year}:${clock(i, rows)} +0000] "GET /ncsa${i % 9}.htm?q=${i} HTTP/1.1" 200 ${512 + i}\r\n`).join('');
}

export function httperrDay(date: string, rows: number): string {
  const head = `#Software: Microsoft HTTP API 2.0\r\n#Version: 1.0\r\n#Date: ${date} 00:00:00\r\n#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename\r\n`;
  return head + Array.from({ length: rows }, (_, i) => `${date} ${clock(i, rows)} 10.4.0.${i % 200} 5000${i % 10} 10.0.0.1 443 HTTP/1.1 GET /err${i % 9} 503 ${1 + (i % 2)} AppOffline P\r\n`).join('');
}

export function ftpDay(date: string, rows: number): string {
  const head = `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: ${date} 00:00:00\r\n#Fields: date time c-ip cs-username s-ip s-port cs-method cs-uri-stem sc-status sc-win32-status sc-substatus x-session x-fullpath\r\n`;
  return head + Array.from({ length: rows }, (_, i) => `${date} ${clock(i, rows)} 10.5.0.${i % 200} up 10.0.0.1 21 STOR /f${i % 9}.txt 226 0 0 8f7c${i} /f${i % 9}.txt\r\n`).join('');
}

export const LOGS = 'C/inetpub/logs/LogFiles';

/** A server with logs of every format at once, plain and packed, damaged and sound. @param scale rows of a day */
export function everyFormat(scale: number): Tree {
  const day = (d: number): string => `2026-03-${two(d)}`;
  const name = (d: number): string => `u_ex2603${two(d)}.log`;
  const tree: Record<string, string | Uint8Array> = {
    [HOST_CONFIG]: hostConfig([
      { id: 1, name: 'Main', bindings: '<binding protocol="http" bindingInformation="*:80:" /><binding protocol="ftp" bindingInformation="*:21:" />' },
      { id: 2, name: 'Moved', logFile: 'directory="D:\\weblogs"' }, { id: 3, name: 'Native', logFile: 'logFormat="IIS"' }, { id: 4, name: 'Common', logFile: 'logFormat="NCSA"' },
      { id: 5, name: 'Silent', logFile: 'enabled="false"' }, { id: 6, name: 'Traced', logFile: 'logTargetW3C="ETW"' },
    ]),
    'C/Windows/System32/LogFiles/HTTPERR/httperr1.log': httperrDay(day(14), scale),
    [`${LOGS}/FTPSVC1/u_ex260314.log`]: ftpDay(day(14), scale),
    [`${LOGS}/W3SVC3/u_in260314.log`]: iisDay(day(14), scale),
    [`${LOGS}/W3SVC4/u_nc260314.log`]: ncsaDay(day(14), scale),
    'D/weblogs/W3SVC2/whatever.txt': w3cDay(day(14), scale),
  };
  for (let d = 10; d <= 16; d++) tree[`${LOGS}/W3SVC1/${name(d)}`] = w3cDay(day(d), scale) + (d === 13 ? 'torn line\r\n\0\0\0\0\0\0\0\0\0\0' : '');
  for (let d = 6; d < 10; d++) tree[`${LOGS}/W3SVC1/${name(d)}.gz`] = gzipSync(w3cDay(day(d), scale));
  tree[`${LOGS}/W3SVC1/old.zip`] = zipBytes([3, 4, 5].map((d) => ({ name: name(d), content: w3cDay(day(d), scale), deflate: true })));
  return tree;
}
