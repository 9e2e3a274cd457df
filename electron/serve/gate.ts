import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What the gate says about a request: let it in, exchange the token for a cookie, or refuse with a sentence. */
export type Verdict =
  | { readonly kind: 'admit' }
  | { readonly kind: 'exchange'; readonly cookie: string }
  /** The browser withheld the cookie because a foreign page led here; asked again from this page it will send it. */
  | { readonly kind: 'again' }
  | { readonly kind: 'refuse'; readonly status: 400 | 403 | 405; readonly message: string };

interface Asked {
  readonly method: string | undefined;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

const refuse = (status: 400 | 403 | 405, message: string): Verdict => ({ kind: 'refuse', status, message });

/**
 * Who may talk to the loopback host. Any program on this computer, and any web page open in the browser, can reach the
 * port; so a request must carry the session that only the holder of the printed link got, and must name this host.
 */
export class Gate {
  /** 256 bits, in the link; good for one exchange. */
  readonly token = randomBytes(32).toString('hex');
  readonly #session = randomBytes(32).toString('hex');
  readonly #port: number;
  #exchanged = false;

  constructor(port: number) {
    this.#port = port;
  }

  /** The port is part of the name: cookies do not tell ports apart, and two hosts may run side by side. */
  get cookieName(): string {
    return `iisight_${this.#port}`;
  }

  /** Judges a plain request. */
  judge(asked: Asked): Verdict {
    const { headers } = asked;
    if (!this.#knowsHost(headers.host)) return refuse(403, 'This name does not belong to the workbench.');
    if (asked.method !== 'GET' && asked.method !== 'HEAD') return refuse(405, 'Only reading is possible here.');
    if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return refuse(403, 'Another page may not read from the workbench.');
    const known = this.#hasSession(headers.cookie);
    const token = asked.url.searchParams.get('token');
    if (token === null) return known ? { kind: 'admit' } : this.#withoutSession(asked);
    if (asked.url.pathname !== '/' || asked.method !== 'GET') return refuse(400, 'The link is not complete.');
    if (!sameSecret(token, this.token)) return refuse(403, 'The link is not right. Copy it whole from the terminal.');
    // The same browser again, by the back button or the link in the terminal: its cookie already says who it is.
    if (known) return { kind: 'exchange', cookie: this.#cookie() };
    if (this.#exchanged) return refuse(403, 'This link was used already. Start the workbench again for a new one.');
    this.#exchanged = true;
    return { kind: 'exchange', cookie: this.#cookie() };
  }

  /** Judges the opening of a WebSocket: unlike a plain request it must name the page that it comes from. */
  admitsSocket(asked: Asked): boolean {
    const { host, origin, cookie } = asked.headers;
    return asked.method === 'GET' && asked.url.pathname === '/ws' && this.#knowsHost(host) && origin === `http://${host}` && this.#hasSession(cookie);
  }

  /** A foreign name that resolves to 127.0.0.1 (DNS rebinding) shows in the Host header. */
  #knowsHost(host: string | undefined): boolean {
    return host === `127.0.0.1:${this.#port}` || host === `localhost:${this.#port}`;
  }

  #withoutSession({ headers, url }: Asked): Verdict {
    const foreign = headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';
    if (url.pathname === '/' && foreign && headers['sec-fetch-mode'] === 'navigate' && this.#exchanged) return { kind: 'again' };
    return refuse(403, 'Open the workbench with the link that stands in the terminal.');
  }

  #cookie(): string {
    return `${this.cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  #hasSession(header: string | undefined): boolean {
    const value = (header ?? '').split(';').map((c) => c.trim()).find((c) => c.startsWith(`${this.cookieName}=`));
    return value !== undefined && sameSecret(value.slice(this.cookieName.length + 1), this.#session);
  }
}

/** Compares in a time that tells nothing about where two secrets differ, nor how long the right one is. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
