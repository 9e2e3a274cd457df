// A W3C log of a busy site, the same bytes in every run: about 5.9 million lines in 1 GB.
import { closeSync, openSync, writeSync } from 'node:fs';

const AGENTS = [
  'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/120.0.0.0+Safari/537.36',
  'Mozilla/5.0+(X11;+Linux+x86_64;+rv:121.0)+Gecko/20100101+Firefox/121.0',
  'Mozilla/5.0+(compatible;+Googlebot/2.1;++http://www.google.com/bot.html)',
  'curl/8.5.0',
];
const FIELDS = 'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken';

/** A small generator of numbers (LCG of Numerical Recipes): quick, and the same everywhere. */
function numbers(seed) {
  let s = seed;
  return (n) => {
    s = (Math.imul(s, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((s / 2 ** 32) * n);
  };
}

/** Writes at least `bytes` bytes. @returns bytes and data lines written */
export function generateLog(file, bytes, seed = 20_260_302) {
  const r = numbers(seed);
  const fd = openSync(file, 'w');
  let text = `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-01-01 00:00:00\r\n#Fields: ${FIELDS}\r\n`;
  let at = Date.UTC(2026, 0, 1);
  let stamp = '';
  let written = 0;
  let lines = 0;
  while (written + text.length < bytes) {
    if (r(4) === 0 || stamp === '') {
      at += 1000;
      stamp = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
    }
    const query = r(3) > 0 ? '-' : `id=${r(100_000)}&page=${r(99)}`;
    const user = r(8) > 0 ? '-' : `CORP\\user${r(500)}`;
    const referer = r(2) > 0 ? '-' : `https://www.example.com/app${r(20)}/`;
    const ip = `${r(200) + 1}.${r(256)}.${r(8)}.${r(256)}`;
    text += `${stamp} 10.0.0.5 ${r(10) > 0 ? 'GET' : 'POST'} /app${r(20)}/page${r(3000)}.aspx ${query} 443 ${user} ${ip} ${AGENTS[r(4)]} ${referer} ${r(12) > 0 ? 200 : 404} 0 0 ${r(60_000)} ${r(3000)} ${r(900)}\r\n`;
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
