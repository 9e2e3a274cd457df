import { CHROME, DAY, Dice, GOOGLEBOT, START, type Traffic } from './traffic.ts';

const DAYS = 21;
const OUTLOOK = 'Microsoft+Office/16.0+(Windows+NT+10.0;+Microsoft+Outlook+16.0.10396;+Pro)';

/** Mail: pairs of 401 and 200, tickets above 16 kB before anybody is named, RPC over HTTP, polls of minutes, uploads and downloads. */
export function mail(t: Traffic): void {
  const dice = new Dice(21);
  for (let day = 0; day < DAYS; day++) {
    t.spread('mail', day, 900, (at, i) => {
      const ip = dice.address();
      const user = `CORP\\u${dice.below(200)}`;
      const n = dice.below(12);
      if (n === 0) return { at, ip, path: '/rpc/rpcproxy.dll', query: `mail.corp:6001`, method: i % 2 === 0 ? 'RPC_IN_DATA' : 'RPC_OUT_DATA', user, agent: 'MSRPC', sent: dice.between(200, 9_000_000), received: dice.between(200, 9_000_000), taken: dice.between(1000, 900_000) };
      if (n === 1) return { at, ip, path: '/Microsoft-Server-ActiveSync/default.eas', query: `Cmd=Ping&User=u${dice.below(200)}`, method: 'POST', user, agent: 'Apple-iPhone12/2003', sent: 300, received: dice.between(600, 900), taken: dice.between(60_000, 1_800_000) };
      if (n === 2) return { at, ip, path: '/mapi/emsmdb/', method: 'POST', agent: OUTLOOK, status: '401.1', sent: 500, received: dice.between(900, 1500) };
      if (n < 5) return { at, ip, path: '/mapi/emsmdb/', method: 'POST', user, agent: OUTLOOK, sent: dice.between(900, 60_000), received: dice.between(900, 90_000), taken: dice.between(5, 300_000) };
      if (n < 7) return { at, ip, path: '/EWS/Exchange.asmx', method: 'POST', user, agent: OUTLOOK, sent: dice.between(900, 400_000), received: dice.between(1500, 30_000_000) };
      if (n === 7) return { at, ip, path: '/owa/auth/logon.aspx', query: 'replaceCurrent=1&reason=2', status: '200', sent: 61_000 + dice.below(300), received: dice.between(500, 1500) };
      if (n === 8) return { at, ip, path: '/owa/auth.owa', method: 'POST', user, status: '302', sent: dice.between(500, 1400), received: dice.between(900, 1600) };
      if (n === 9) return { at, ip, path: '/owa/', status: dice.below(3) === 0 ? '302' : '200', user: dice.below(3) === 0 ? '-' : user, sent: 4000 + dice.below(40), received: dice.between(900, 14_000) };
      if (n === 10) return { at, ip, path: '/owa/ev.owa2', query: `ns=PendingRequest&ev=PendingNotificationRequest&UA=0`, user, sent: dice.between(300, 5000), received: 2400, taken: dice.between(30_000, 300_000) };
      return { at, ip, path: '/autodiscover/autodiscover.xml', method: 'POST', agent: OUTLOOK, status: i % 2 === 0 ? '401' : '200', user: i % 2 === 0 ? '-' : user, sent: 3900, received: 1200 };
    });
    // A ticket of somebody in very many groups, refused at first: nobody is named in the row.
    if (day === 9) t.add('mail', { at: START + day * DAY + 30_000, ip: '10.20.0.77', path: '/owa/', status: '401.1', sent: 500, received: 24_000 });
  }
}

/** Documents: names with blanks, PUT of large files, a list of an administrator, scripts with a version that goes away. */
export function documents(t: Traffic): void {
  const dice = new Dice(22);
  for (let day = 0; day < DAYS; day++) {
    t.spread('documents', day, 700, (at) => {
      const ip = `10.20.1.${dice.below(180) + 1}`;
      const n = dice.below(8);
      const user = `CORP\\u${dice.below(200)}`;
      if (n === 0) return { at, ip, user, path: `/sites/hr/Shared+Documents/Plan+${dice.below(90)}.docx`, method: 'PUT', status: '200', sent: 400, received: dice.between(20_000, 90_000_000), taken: dice.between(100, 200_000) };
      if (n === 1) return { at, ip, user, path: `/sites/hr/Shared+Documents/Plan+${dice.below(90)}.docx`, sent: dice.between(20_000, 90_000_000) };
      if (n === 2) return { at, ip, user, path: '/_vti_bin/client.svc/ProcessQuery', method: 'POST', sent: dice.between(600, 9000), received: dice.between(1500, 30_000) };
      if (n === 3) return { at, ip, path: '/_layouts/15/init.js', query: 'rev=a7', status: dice.below(5) === 0 ? '401' : '200', sent: 61_000 };
      if (n === 4) return { at, ip, user, path: '/_vti_bin/owssvr.dll', method: 'PROPFIND', status: '207', sent: dice.between(900, 90_000) };
      if (n === 5) return { at, ip, path: '/', status: '401.2', sent: 400, received: dice.between(300, 2000) };
      return { at, ip, user, path: '/sites/hr/SitePages/Home.aspx', sent: dice.between(80_000, 160_000), received: dice.between(900, 6000), taken: dice.between(60, 9000) };
    }, [7, 19]);
    // One administrator has larger cookies and another menu.
    t.spread('documents', day, 1, (at) => ({ at: at + 40_000, ip: '10.20.1.250', path: '/_layouts/15/start.aspx', sent: 52_000, received: 12_400 }), [9, 10]);
    t.spread('documents', day, 90, (at) => ({ at, ip: `10.20.1.${dice.below(180) + 1}`, path: '/_layouts/15/start.aspx', sent: 12_000 + dice.below(50), received: dice.between(900, 4000) }), [7, 19]);
  }
}

/** A public shop with forms that answer by a redirect, sign-in through cookies of 12 kB, a landing page that sends browsers to their language. */
export function shop(t: Traffic): void {
  const dice = new Dice(23);
  for (let day = 0; day < DAYS; day++) {
    t.spread('shop', day, 600, (at) => {
      const n = dice.below(10);
      const ip = dice.address();
      const referer = n % 2 === 0 ? 'https://www.google.com/' : '-';
      if (n < 3) return { at, ip, path: '/cart/add', method: 'POST', status: '302', referer: 'https://shop.example/p/1', sent: 400 };
      if (n < 5) return { at, ip, path: '/', referer, status: '302', sent: 380 };
      return { at, ip, path: '/en/', referer, sent: 9000 + dice.below(60), received: dice.between(500, 1500) };
    });
    t.spread('shop', day, 3, (at) => ({ at: at + 9, ip: '192.0.2.10', agent: GOOGLEBOT, path: '/cart/add', sent: 5000 }));
    t.spread('shop', day, 4, (at) => ({ at: at + 9, ip: '192.0.2.10', agent: GOOGLEBOT, path: '/', sent: 8000 }));
    // The owner of the shop: an identity cookie in pieces, the bar of an editor in the page.
    if (day % 4 === 1) t.spread('shop', day, 2, (at) => ({ at: at + 41_000, ip: '198.51.7.7', path: '/en/', sent: 30_000 + dice.below(90), received: 11_900 }), [2, 3]);
    // Taken down at noon: a crawler came before, visitors came after.
    if (day === 11) for (let i = 0; i < 4; i++) t.add('shop', { at: START + day * DAY + 20_000 + i * 60, ip: '192.0.2.10', agent: GOOGLEBOT, path: '/sale.html', sent: 5000 }).add('shop', { at: START + day * DAY + 50_000 + i * 60, ip: dice.address(), path: '/sale.html', status: '404', sent: 900 });
    t.spread('shop', day, 30, (at) => ({ at: at + 3, ip: dice.address(), path: '/rendered/list', agent: dice.below(2) === 0 ? GOOGLEBOT : CHROME, sent: 5000 + dice.below(90) }));
  }
}

/** Everything through one proxy that says for whom in no field: forms, a scan among it, a release with failures. */
export function oneProxy(t: Traffic): void {
  const dice = new Dice(24);
  const ip = '10.0.9.9';
  for (let day = 0; day < DAYS; day++) {
    t.spread('proxied', day, 700, (at) => {
      const n = dice.below(6);
      if (n === 0) return { at, ip, path: '/order.aspx', method: 'POST', sent: dice.between(900, 9000), received: dice.between(900, 9000) };
      if (n === 1) return { at, ip, path: '/login.aspx', method: 'POST', sent: 1200 };
      return { at, ip, path: n === 2 ? '/' : '/list.html', sent: 9000 + dice.below(90) };
    });
    if (day === 12) for (let i = 0; i < 9; i++) t.add('proxied', { at: START + day * DAY + 36_000 + i * 6, ip, path: '/', status: '500.19', sent: 5000 });
    if (day === 15) t.add('proxied', { at: START + day * DAY + 7000, ip, path: '/', query: 'isn_getlog=1', agent: 'python-requests/2.31', sent: 9000 });
    if (day === 16) t.add('proxied', { at: START + day * DAY + 7100, ip, path: '/', agent: 'python-requests/2.31', status: '400', sent: 300, received: 70_000 });
  }
}

/** A port that only redirects: whatever a scanner asks is sent to https. */
export function redirector(t: Traffic): void {
  const dice = new Dice(25);
  for (let day = 0; day < DAYS; day++) {
    t.spread('redirects', day, 200, (at, i) => ({ at, ip: dice.address(), path: i % 2 === 0 ? '/' : '/list', status: '301', sent: 300 }));
    for (const [i, path] of ['/scjg', '/spinstall0.aspx', '/v1.0/8888/sys.html'].entries()) t.add('redirects', { at: START + day * DAY + 4000 + i, ip: '203.0.113.99', path, agent: 'python-requests/2.31', status: '301', sent: 300 });
    t.add('redirects', { at: START + day * DAY + 4010, ip: '203.0.113.98', path: '/go', query: 'a=1&reurl=/x&jump=1' });
  }
}

/** Updates in ranges, one client's interface of POST alone, two variants of a page, HEAD of a network of caches. */
export function downloads(t: Traffic): void {
  const dice = new Dice(26);
  for (let day = 0; day < DAYS; day++) {
    t.spread('downloads', day, 500, (at) => ({ at, ip: `10.30.0.${dice.below(200) + 1}`, agent: 'Microsoft+BITS/7.8', path: `/Content/${dice.below(40)}/A${dice.below(4)}.cab`, method: dice.below(9) === 0 ? 'HEAD' : 'GET', status: dice.below(3) === 0 ? '200' : '206', sent: dice.between(400, 900_000_000), win32: dice.below(20) === 0 ? 1236 : 0, taken: dice.between(1, 900_000) }));
    t.spread('downloads', day, 60, (at) => ({ at: at + 1, ip: '203.0.113.20', path: '/api/v2/push', method: 'POST', agent: 'Device/1', sent: 210, received: dice.between(400, 60_000) }));
    t.spread('downloads', day, 200, (at) => ({ at: at + 2, ip: dice.address(), path: '/offer', sent: (dice.below(2) === 0 ? 6000 : 19_000) + dice.below(30), received: dice.between(400, 1500) }));
    t.spread('downloads', day, 20, (at) => ({ at: at + 5, ip: `192.0.2.${60 + dice.below(3)}`, agent: 'CacheNode/4', path: '/offer', method: dice.below(2) === 0 ? 'HEAD' : 'GET', sent: 19_000, received: 260 }));
  }
}

/** Sites that are drained for an evening of updates, stand still over a weekend with all others, begin late and end early. */
export function calendars(t: Traffic): void {
  const dice = new Dice(27);
  for (let day = 0; day < 30; day++) {
    const still = day === 12 || day === 13;
    for (const [site, from, to] of [['always', 0, 30], ['born', 15, 30], ['retired', 0, 15]] as const) {
      if (day < from || day >= to || still) continue;
      t.spread(site, day, 300, (at) => ({ at, ip: dice.address(), path: '/' }));
    }
    // Drained by the balancer from 20 to 24 hours; the others go on.
    if (!still) t.spread('drained', day, 300, (at) => ({ at, ip: dice.address(), path: '/' }), day === 8 ? [0, 20] : [0, 24]);
    // Nobody comes at weekends: no log of those days.
    if (day % 7 < 5 && !still) t.spread('weekdays', day, 200, (at) => ({ at, ip: dice.address(), path: '/' }), [7, 19]);
  }
}

/** Rare sites with hand-made traffic: an agent of a search engine that somebody claims, pages for phones, a wall for robots, releases that fail for a minute. */
export function small(t: Traffic): void {
  const dice = new Dice(28);
  for (let day = 0; day < DAYS; day++) {
    t.spread('small', day, 50, (at) => ({ at, ip: dice.address(), path: dice.below(2) === 0 ? '/' : '/menu', sent: 9000 + dice.below(30), received: dice.between(300, 900) }), [8, 22]);
    // Who calls himself a crawler from anywhere is refused; the true one gets the page.
    t.spread('small', day, 2, (at) => ({ at: at + 70, ip: dice.address(), agent: GOOGLEBOT, path: '/menu', status: '403', sent: 900 }));
    // Phones from a search engine are sent to the pages for phones, computers are not.
    t.spread('small', day, 6, (at, i) => ({ at: at + 80, ip: dice.address(), agent: 'Mozilla/5.0+(iPhone;+CPU+iPhone+OS+17_3+like+Mac+OS+X)+Safari/604.1', referer: i % 2 === 0 ? 'https://www.google.com/' : '-', path: '/', status: '302', sent: 300 }), [8, 22]);
    t.spread('small', day, 3, (at) => ({ at: at + 90, ip: dice.address(), referer: 'https://www.google.com/', path: '/', sent: 9010 }), [8, 22]);
    // A file of an event that was there in the evening only, and drafts that one editor alone writes.
    if (day % 7 === 2) for (let i = 0; i < 6; i++) t.add('small', { at: START + day * DAY + 40_000 + i * 11, ip: '198.51.9.9', path: '/edit/save.aspx', method: 'POST', status: i === 0 ? '500.19' : '200', sent: 900, received: dice.between(2000, 30_000) });
    // A monitor asks with HEAD and a body of nothing; a client asks an index with GET and a body, as its interface wants it.
    t.spread('small', day, 24, (at) => ({ at: at + 3, ip: '192.0.2.80', agent: 'UptimeMonitor/2.0', path: '/', method: 'HEAD', sent: 300, received: 120 }));
    t.spread('small', day, 5, (at) => ({ at: at + 5, ip: '10.4.0.8', agent: 'search-client/8', path: '/index/_search', sent: 4000, received: dice.between(300, 26_000) }), [8, 22]);
  }
}

/** Sign-in by another service: who has no cookie is sent away from every page, crawlers are let in to a few; a queue of updates that ask with a key in a header. */
export function portal(t: Traffic): void {
  const dice = new Dice(29);
  for (let day = 0; day < DAYS; day++) {
    t.spread('portal', day, 300, (at) => ({ at, ip: dice.address(), path: `/help/${dice.below(9)}`, status: dice.below(20) === 0 ? '200' : '302', sent: 600, referer: dice.below(3) === 0 ? 'https://www.bing.com/' : '-' }));
    t.spread('portal', day, 8, (at, i) => ({ at: at + 5, ip: '192.0.2.11', agent: GOOGLEBOT, path: `/help/${i}`, sent: 9000 }));
    t.spread('portal', day, 30, (at) => ({ at: at + 8, ip: dice.address(), path: '/signin-oidc', method: 'POST', status: '302', sent: 5000, received: dice.between(3000, 14_000), cookie: 'sso=1;+sm_user=7;+prgsessionid=3' }));
    t.spread('portal', day, 20, (at) => ({ at: at + 9, ip: dice.address(), path: '/go', query: 'xhost=cdn1&jump=1&reurl=%2f', status: '302', sent: 300 }));
  }
}

/** Each is a server of its own. */
export const CLEAN_APPS = [mail, documents, shop, oneProxy, redirector, downloads, calendars, small, portal];
