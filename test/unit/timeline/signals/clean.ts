import { BAIDU, CHROME, DAY, Dice, GOOGLEBOT, START, type Traffic } from './traffic.ts';

const DAYS = 21;
const OFFICE = [8, 18] as const;

/** Sizes of a file as it goes out: compressed for most, plain for some. */
const sizeOf = (dice: Dice, plain: number): number => (dice.below(10) === 0 ? plain : Math.round(plain / 4)) + dice.below(20);

/** Files, repeated visits (304), parts of downloads (206), broken off ones, a favicon that is missing. */
export function staticSite(t: Traffic): void {
  const dice = new Dice(1);
  const files = ['/', '/index.html', '/style.css', '/app.js', '/logo.png', '/about.html'];
  for (let day = 0; day < DAYS; day++) {
    t.spread('static', day, 1500, (at) => {
      const n = dice.below(files.length + 3);
      const ip = dice.address();
      if (n === files.length) return { at, ip, path: '/favicon.ico', status: '404', sent: 1400 };
      if (n === files.length + 1) return { at, ip, path: '/manual.pdf', status: '206', sent: dice.between(1000, 900_000), taken: dice.between(10, 60_000) };
      if (n === files.length + 2) return { at, ip, path: '/manual.pdf', win32: dice.below(3) === 0 ? 64 : 0, sent: dice.below(3) === 0 ? dice.between(1000, 2_000_000) : 2_100_000 };
      const cached = dice.below(4) === 0;
      return { at, ip, path: files[n] ?? '/', method: dice.below(40) === 0 ? 'HEAD' : 'GET', status: cached ? '304' : '200', sent: cached ? 180 : sizeOf(dice, 8000 * (n + 1)), received: dice.between(350, 900) };
    });
  }
}

/** Pages whose sizes follow their content, forms, redirects to the sign-in page, slow reports. */
export function dynamicSite(t: Traffic): void {
  const dice = new Dice(2);
  for (let day = 0; day < DAYS; day++) {
    t.spread('dynamic', day, 1300, (at) => {
      const ip = dice.address();
      const n = dice.below(10);
      if (n < 6) return { at, ip, path: '/search.aspx', query: `q=${dice.below(900)}&jump=10`, sent: dice.between(3, 300) * 700, taken: dice.between(20, 4000), received: dice.between(350, 2500) };
      if (n === 6) return { at, ip, path: '/order.aspx', method: 'POST', status: dice.below(2) === 0 ? '302' : '200', sent: dice.between(400, 20_000), received: dice.between(900, 40_000) };
      if (n === 7) return { at, ip, path: '/account.aspx', status: '302', sent: 420 };
      if (n === 8) return { at, ip, path: '/report.aspx', sent: dice.between(1, 900) * 3000, taken: dice.between(1000, 90_000) };
      return { at, ip, path: `/products/${dice.below(4000)}`, sent: dice.between(9000, 16_000) };
    });
  }
}

/** A probe every minute without an agent, a monitor that takes `/` plain once an hour, an interface with large POST and one partner. */
export function probes(t: Traffic): void {
  const dice = new Dice(3);
  for (let day = 0; day < DAYS; day++) {
    t.spread('probes', day, 1440, (at) => ({ at, ip: '10.0.0.9', path: '/health', agent: null, sent: 230, received: 90, taken: 1 }));
    t.spread('probes', day, 24, (at) => ({ at: at + 7, ip: '192.0.2.80', path: '/', agent: 'UptimeMonitor/2.0', sent: 26_000, received: 160 }));
    t.spread('probes', day, 200, (at) => ({ at: at + 3, ip: dice.address(), path: '/', sent: 6500 + dice.below(30), received: dice.between(350, 900) }));
    t.spread('probes', day, 40, (at) => ({ at: at + 5, ip: '203.0.113.20', path: '/api/orders', method: 'POST', agent: 'PartnerClient/1.4', sent: 310, received: dice.between(2000, 900_000) }));
  }
}

/** A new release each week: the site is taken offline, fails once by its configuration, and every page has another size. */
export function releases(t: Traffic): void {
  const dice = new Dice(4);
  for (let day = 0; day < DAYS; day++) {
    const release = Math.floor((day + 4) / 7);
    t.spread('releases', day, 1000, (at) => {
      const hour = Math.floor((at % DAY) / 60);
      const offline = day % 7 === 3 && hour >= 600 && hour < 612;
      const broken = day % 7 === 3 && hour >= 612 && hour < 616;
      const ip = dice.address();
      const path = dice.below(3) === 0 ? '/' : '/shop.html';
      if (offline) return { at, ip, path, status: '503', sent: 600 };
      if (broken) return { at, ip, path, status: '500.19', sent: 6000 };
      const factor = release + (day % 7 === 3 && hour >= 616 ? 1 : 0);
      return { at, ip, path, sent: 4000 * 3 ** factor + dice.below(40) };
    });
  }
}

/** Everything comes through two balancers; who asked stands in X-Forwarded-For. One partner posts to a path of its own. */
export function balanced(t: Traffic): void {
  const dice = new Dice(5);
  for (let day = 0; day < DAYS; day++) {
    t.spread('balanced', day, 1000, (at) => ({ at, ip: `10.0.1.${dice.below(2) + 1}`, forwarded: dice.below(5) === 0 ? `${dice.address()},+10.9.9.9` : dice.address(), path: dice.below(2) === 0 ? '/' : '/list.html', sent: sizeOf(dice, 9000), received: dice.between(500, 1200) }));
    t.spread('balanced', day, 50, (at) => ({ at: at + 1, ip: '10.0.1.1', forwarded: dice.address(), path: '/form.aspx', method: 'POST', sent: 900 }));
  }
}

/** Crawlers and visitors from search engines get what all get; what is gone is gone for all; scanners try known texts and are refused. */
export function crawled(t: Traffic): void {
  const dice = new Dice(6);
  for (let day = 0; day < DAYS; day++) {
    t.spread('crawled', day, 1000, (at) => {
      const n = dice.below(20);
      const agent = n === 0 ? GOOGLEBOT : n === 1 ? BAIDU : n === 2 ? 'Mozilla/5.0+(compatible;+SemrushBot/7~bl)' : CHROME;
      const referer = n > 14 ? 'https://www.google.com/' : n > 10 ? 'https://shop.example/' : '-';
      const page = dice.below(300);
      const ip = n < 2 ? `192.0.2.${n + 10}` : dice.address();
      if (page < 20) return { at, ip, agent, referer, path: `/old/${page}.html`, status: '404', sent: 1300 };
      if (page < 40) return { at, ip, agent, referer, path: `/moved/${page}`, status: '301', sent: 400 };
      // A visitor without the cookie is sent round once; a crawler never has it.
      if (page < 60) return { at, ip, agent, referer, path: '/welcome', status: n >= 2 && dice.below(2) === 0 ? '302' : '200', sent: 5000 };
      return { at, ip, agent, referer, path: `/page/${page}.html`, sent: sizeOf(dice, 12_000 + page * 10) };
    });
    for (const [i, path] of ['/scjg', '/shell.aspx', '/cgi-bin/test.exe', '/spinstall0.aspx'].entries()) t.add('crawled', { at: START + day * DAY + 4000 + i, ip: '203.0.113.99', path, agent: 'python-requests/2.31', status: path.endsWith('.exe') ? '404.2' : '404', sent: 1300 });
    t.add('crawled', { at: START + day * DAY + 4010, ip: '203.0.113.99', path: '/', query: 'isn_getlog=1', agent: 'python-requests/2.31', status: '403', sent: 1300 });
  }
}

/** An intranet: office hours only, Windows tickets in large GETs with a user name, a page of one administrator. */
export function intranet(t: Traffic): void {
  const dice = new Dice(7);
  for (let day = 0; day < DAYS; day++) {
    if (day % 7 >= 5) continue;
    t.spread('intranet', day, 1500, (at) => {
      const who = dice.below(60);
      const first = dice.below(20) === 0;
      return { at, ip: `10.20.0.${who + 1}`, path: dice.below(2) === 0 ? '/' : '/docs.aspx', user: first ? `CORP\\u${who}` : '-', status: first ? '200' : '304', sent: first ? 7000 + dice.below(20) : 200, received: first ? dice.between(17_000, 40_000) : 700 };
    }, OFFICE);
    t.spread('intranet', day, 12, (at) => ({ at: at + 11, ip: '10.20.0.3', user: 'CORP\\admin', path: '/admin/jobs.aspx', method: 'POST', sent: 4200, received: 1900 }), OFFICE);
  }
}

/** Connections that become WebSockets, uploads, WebDAV, signed-in visitors with other pages and larger cookies. */
export function application(t: Traffic): void {
  const dice = new Dice(8);
  for (let day = 0; day < DAYS; day++) {
    t.spread('application', day, 1000, (at) => {
      const ip = dice.address();
      const n = dice.below(12);
      if (n === 0) return { at, ip, path: '/hub', query: `id=${dice.below(1_000_000)}`, status: '101', sent: dice.between(500, 900_000), received: dice.between(500, 900_000), taken: dice.between(1000, 3_600_000) };
      if (n === 1) return { at, ip, path: '/upload', method: 'PUT', status: '201', sent: 250, received: dice.between(1000, 9_000_000) };
      if (n === 2) return { at, ip, path: '/dav/', method: 'PROPFIND', status: '207', sent: dice.between(900, 60_000), received: 900 };
      const signedIn = dice.below(400) === 0;
      return { at, ip, path: '/home', sent: signedIn ? 31_000 + dice.below(4000) : 7000 + dice.below(60), received: signedIn ? dice.between(2500, 6000) : dice.between(400, 1500) };
    });
  }
}

export const CLEAN = [staticSite, dynamicSite, probes, releases, balanced, crawled, intranet, application];
