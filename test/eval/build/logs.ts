import { nameHash, seeded } from './seeded.ts';
import type { NamedScenario, Request } from './scenario.ts';

const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1',
] as const;
const CRAWLERS = ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)'] as const;
const FIELDS = 'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken';
const DAY = 86_400_000;

interface Row { readonly at: number; readonly request: Omit<Request, 'at' | 'times' | 'everyMinutes'> }
export interface LogFile { readonly path: string; readonly text: string; readonly last: string }

const PLAIN = { query: undefined, user: undefined, referer: undefined, sub: 0, win32: 0, fields: {} };

/** What visitors of every day ask for, the same in every run. */
function ordinary(scenario: NamedScenario, site: number, midnight: number): Row[] {
  const { perDay = 0, pages = [] } = scenario.logs ?? {};
  const random = seeded(nameHash(`${scenario.base}/${site}/${midnight}`));
  return Array.from({ length: perDay }, (): Row => {
    const crawler = random.chance(0.06);
    const path = pages[random.below(pages.length)] ?? '/';
    const hash = nameHash(path);
    const fresh = random.chance(0.12) && !crawler && !/\.as[hmp]x?$/.test(path);
    const missing = random.chance(0.02);
    return {
      at: midnight + random.below(DAY),
      request: {
        ...PLAIN, site, ip: crawler ? `66.249.66.${1 + random.below(40)}` : `198.51.100.${1 + random.below(200)}`,
        agent: crawler ? (CRAWLERS[random.below(2)] ?? CRAWLERS[0]) : (AGENTS[random.below(4)] ?? AGENTS[0]),
        method: path.endsWith('.aspx') && !crawler && random.chance(0.2) ? 'POST' : 'GET', path: missing ? '/favicon.ico' : path,
        status: missing ? 404 : fresh ? 304 : 200, ...(missing ? { win32: 2 } : {}),
        sent: missing ? 1245 : fresh ? 143 : 900 + (hash % 30_000), received: 380 + random.below(160), took: 1 + random.below(90),
      },
    };
  });
}

function special(requests: readonly Request[]): Row[] {
  return requests.flatMap(({ at, times, everyMinutes, ...request }) => Array.from({ length: times }, (_, i): Row => ({ at: Date.parse(at) + i * Math.round(everyMinutes * 60_000), request })));
}

const field = (text: string | undefined): string => (text === undefined || text === '' ? '-' : text.replaceAll(' ', '+'));

function line({ at, request: r }: Row, custom: readonly string[]): string {
  const iso = new Date(at).toISOString();
  return [
    iso.slice(0, 10), iso.slice(11, 19), '10.20.0.5', r.method, r.path, field(r.query), 80, field(r.user), r.ip, field(r.agent), field(r.referer),
    r.status, r.sub, r.win32, r.sent, r.received, r.took, ...custom.map((c) => field(r.fields[c])),
  ].join(' ');
}

/** One file for each site and day. */
export function logFiles(scenario: NamedScenario, sites: readonly number[]): LogFile[] {
  const { logs } = scenario;
  if (logs === undefined) return [];
  const start = Date.parse(`${logs.from}T00:00:00Z`);
  const extra = special(logs.requests);
  const out: LogFile[] = [];
  for (const site of sites) {
    for (let midnight = start; midnight < start + logs.days * DAY; midnight += DAY) {
      const rows = [...ordinary(scenario, site, midnight), ...extra.filter((r) => r.request.site === site && r.at >= midnight && r.at < midnight + DAY)]
        .map((row, order) => ({ row, order })).toSorted((a, b) => Math.floor(a.row.at / 1000) - Math.floor(b.row.at / 1000) || a.order - b.order);
      const [first] = rows;
      if (first === undefined) continue;
      const day = new Date(midnight).toISOString();
      const begun = new Date(first.row.at).toISOString();
      const header = ['#Software: Microsoft Internet Information Services 10.0', '#Version: 1.0', `#Date: ${begun.slice(0, 10)} ${begun.slice(11, 19)}`, `#Fields: ${[FIELDS, ...logs.custom].join(' ')}`];
      const name = `u_ex${day.slice(2, 10).replaceAll('-', '')}${logs.custom.length > 0 ? '_x' : ''}.log`;
      out.push({
        path: `C/inetpub/logs/LogFiles/W3SVC${site}/${name}`,
        text: [...header, ...rows.map(({ row }) => line(row, logs.custom)), ''].join('\r\n'),
        last: new Date(Math.max(...rows.map(({ row }) => row.at))).toISOString(),
      });
    }
  }
  return out;
}
