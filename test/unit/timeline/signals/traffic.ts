import { ingestLog } from '../../../../electron/jobs/spool/index.ts';
import { directLoader, logFrom, type TestTimeline } from '../helpers.ts';

export const DAY = 86_400;
/** 2026-03-02, a Monday. */
export const START = 1_772_409_600;

/** One request; what is not said is that of an ordinary visitor. */
export interface Hit {
  readonly at: number;
  readonly ip: string;
  readonly path: string;
  readonly method?: string;
  readonly query?: string;
  readonly user?: string;
  readonly agent?: string | null;
  readonly referer?: string;
  readonly cookie?: string;
  /** `500.19` or `200`. */
  readonly status?: string;
  readonly win32?: number;
  readonly sent?: number;
  readonly received?: number;
  readonly taken?: number;
  readonly forwarded?: string;
}

export const CHROME = 'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+Chrome/122.0+Safari/537.36';
export const GOOGLEBOT = 'Mozilla/5.0+(compatible;+Googlebot/2.1;++http://www.google.com/bot.html)';
export const BAIDU = 'Mozilla/5.0+(compatible;+Baiduspider/2.0;++http://www.baidu.com/search/spider.html)';
const FIELDS = '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) cs(Cookie) sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken X-Forwarded-For';

/** Numbers that look random and are the same in every run. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to below `n`. */
  below(n: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 4_294_967_296) * n);
  }

  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  address(): string {
    return `198.51.${this.below(100)}.${this.below(250) + 1}`;
  }
}

const text = (at: number): { readonly date: string; readonly time: string } => {
  const iso = new Date(at * 1000).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 19) };
};

function line(hit: Hit): string {
  const { date, time } = text(hit.at);
  const [status = '200', substatus = '0'] = (hit.status ?? '200').split('.');
  const agent = hit.agent === undefined ? CHROME : (hit.agent ?? '-');
  return [
    date, time, '10.0.0.5', hit.method ?? 'GET', hit.path, hit.query ?? '-', '443', hit.user ?? '-', hit.ip, agent, hit.referer ?? '-', hit.cookie ?? '-', status, substatus, String(hit.win32 ?? 0),
    String(hit.sent ?? 5120), String(hit.received ?? 480), String(hit.taken ?? 15), hit.forwarded ?? '-',
  ].join(' ');
}

/** Requests of several sites, written as their daily logs. */
export class Traffic {
  readonly #sites = new Map<string, Hit[]>();
  readonly #restarts = new Map<string, number>();

  get rows(): number {
    return [...this.#sites.values()].reduce((n, hits) => n + hits.length, 0);
  }

  add(site: string, hit: Hit): this {
    const own = this.#sites.get(site);
    if (own === undefined) this.#sites.set(site, [hit]);
    else own.push(hit);
    return this;
  }

  /** The log of the site is opened anew at this moment: a block of headers stands before its next row. */
  restart(site: string, at: number): this {
    this.#restarts.set(site, at);
    return this;
  }

  /** `count` hits of one day, spread over the hours from `first` to before `last`. */
  spread(site: string, day: number, count: number, make: (at: number, i: number) => Hit, [first, last]: readonly [number, number] = [0, 24]): this {
    const span = (last - first) * 3600;
    for (let i = 0; i < count; i++) this.add(site, make(START + day * DAY + first * 3600 + Math.floor((i * span) / count), i));
    return this;
  }

  /** Reads all of it into the timeline. */
  async ingest(t: TestTimeline): Promise<void> {
    for (const [site, hits] of this.#sites) {
      const days = new Map<number, Hit[]>();
      for (const hit of hits.toSorted((a, b) => a.at - b.at)) {
        const day = Math.floor(hit.at / DAY);
        const own = days.get(day);
        if (own === undefined) days.set(day, [hit]);
        else own.push(hit);
      }
      for (const [day, own] of days) {
        const { date } = text(day * DAY);
        const name = `u_ex${date.slice(2).replaceAll('-', '')}.log`;
        const header = `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: ${date} 00:00:00\r\n${FIELDS}\r\n`;
        const anew = this.#restarts.get(site) ?? 0;
        const behind = anew < day * DAY ? -1 : own.findIndex((hit) => hit.at >= anew);
        const lines = `${header}${own.map((hit, i) => `${i === behind ? header : ''}${line(hit)}\r\n`).join('')}`;
        await ingestLog({ connection: t.connection, loader: directLoader(), spoolDirectory: t.folder }, { ...logFrom(t, `${site}-${name}`, lines, site), path: `C:\\inetpub\\logs\\LogFiles\\${site}\\${name}` });
      }
    }
  }
}
