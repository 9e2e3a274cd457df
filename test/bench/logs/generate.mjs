// W3C logs of a busy site, the same bytes in every run: 1 GB has 4 to 6 million lines, by the set of fields.
import { closeSync, openSync, writeSync } from 'node:fs';

const AGENTS = [
  'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/120.0.0.0+Safari/537.36',
  'Mozilla/5.0+(X11;+Linux+x86_64;+rv:121.0)+Gecko/20100101+Firefox/121.0',
  'Mozilla/5.0+(iPhone;+CPU+iPhone+OS+17_2+like+Mac+OS+X)+AppleWebKit/605.1.15+(KHTML,+like+Gecko)+Version/17.2+Mobile/15E148+Safari/604.1',
  'Mozilla/5.0+(compatible;+Googlebot/2.1;++http://www.google.com/bot.html)',
  'curl/8.5.0',
];

/** Sets of fields: the defaults of IIS 7 and 10, all fields with a custom one, and a central log that names the site. */
export const FIELD_SETS = {
  iis7: 'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken',
  iis10: 'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
  all: 'date time s-sitename s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs-version cs(User-Agent) cs(Cookie) cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken X-Forwarded-For',
  central: 'date time s-sitename s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken',
};

/** A small generator of numbers (LCG of Numerical Recipes): quick, and the same everywhere. */
function numbers(seed) {
  let s = seed;
  return (n) => {
    s = (Math.imul(s, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((s / 2 ** 32) * n);
  };
}

/** Values of one request by field name. Few of many are common, as on a real site: `few` leans to the small numbers. */
function request(r, stamp) {
  const few = (n) => Math.min(r(n), r(n), r(n));
  const app = few(20);
  const session = few(40_000);
  return {
    'date': stamp.slice(0, 10), 'time': stamp.slice(11), 's-sitename': `W3SVC${few(8) + 1}`, 's-computername': 'WEB01', 's-ip': '10.0.0.5',
    'cs-method': r(10) > 0 ? 'GET' : 'POST', 'cs-uri-stem': `/app${app}/page${few(3000)}.aspx`, 'cs-uri-query': r(3) > 0 ? '-' : `id=${r(100_000)}&page=${few(99)}`,
    's-port': '443', 'cs-username': r(8) > 0 ? '-' : `CORP\\user${session % 500}`, 'c-ip': `${(session % 200) + 1}.${(session >> 3) % 256}.${session % 8}.${session % 251}`,
    'cs-version': 'HTTP/1.1', 'cs(User-Agent)': AGENTS[session % AGENTS.length], 'cs(Cookie)': `ASP.NET_SessionId=${(session * 2_654_435_761).toString(36)};+lang=en`,
    'cs(Referer)': r(2) > 0 ? '-' : `https://www.example.com/app${app}/`, 'cs-host': 'www.example.com', 'sc-status': r(12) > 0 ? '200' : '404', 'sc-substatus': '0',
    'sc-win32-status': r(50) > 0 ? '0' : '64', 'sc-bytes': String(r(60_000)), 'cs-bytes': String(r(3000)), 'time-taken': String(few(900)), 'X-Forwarded-For': '-',
  };
}

/** Writes at least `bytes` bytes. @returns bytes and data lines written */
export function generateLog(file, bytes, set = 'iis10', seed = 20_260_302) {
  const r = numbers(seed);
  const names = FIELD_SETS[set].split(' ');
  const fd = openSync(file, 'w');
  let text = `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-01-01 00:00:00\r\n#Fields: ${FIELD_SETS[set]}\r\n`;
  let at = Date.UTC(2026, 0, 1);
  let stamp = '';
  let written = 0;
  let lines = 0;
  while (written + text.length < bytes) {
    if (r(4) === 0 || stamp === '') {
      at += 1000;
      stamp = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
    }
    const row = request(r, stamp);
    text += `${names.map((name) => row[name]).join(' ')}\r\n`;
    lines += 1;
    if (text.length > 1 << 20) {
      written += writeSync(fd, text);
      text = '';
    }
  }
  written += writeSync(fd, text);
  closeSync(fd);
  return { bytes: written, lines };
}
