import type { Page } from 'playwright/test';

/** What must never happen in the page, collected while a test runs. */
export interface Watch {
  /** The one origin that the page may talk to. */
  allow(origin: string): void;
  /** From now on a host that does not answer is no fault: the test has ended it. */
  endOf(origin: string): void;
  /** Everything that went wrong, as sentences. */
  readonly faults: string[];
}

/** Lets the page reach its own host only, and writes down every attempt to reach another, every dialog and every error. */
export async function watchPage(page: Page): Promise<Watch> {
  const origins = new Set<string>();
  const faults: string[] = [];
  const isOwn = (url: string): boolean => url.startsWith('data:image/') || origins.has(new URL(url).origin.replace(/^ws/, 'http'));
  page.on('request', (r) => (isOwn(r.url()) ? undefined : faults.push(`request: ${r.url()}`)));
  page.on('websocket', (s) => (isOwn(s.url()) ? undefined : faults.push(`socket: ${s.url()}`)));
  page.on('dialog', (d) => {
    faults.push(`dialog: ${d.message()}`);
    void d.dismiss();
  });
  page.on('popup', (p) => faults.push(`popup: ${p.url()}`));
  page.on('download', (d) => faults.push(`download: ${d.url()}`));
  page.on('pageerror', (e) => faults.push(`error: ${e.message}`));
  const ended = new Set<string>();
  page.on('console', (m) => {
    if (m.type() !== 'error' && m.type() !== 'warning') return;
    const about = /^WebSocket connection to '(ws:\/\/[^/]+)\/ws' failed/.exec(m.text())?.[1]?.replace('ws:', 'http:') ?? (/ERR_CONNECTION_REFUSED/.test(m.text()) ? new URL(m.location().url).origin : '');
    if (!ended.has(about)) faults.push(`console ${m.type()}: ${m.text()} ${m.location().url}`);
  });
  await page.route('**/*', (route) => (isOwn(route.request().url()) ? route.continue() : route.abort()));
  return { allow: (origin) => void origins.add(origin), endOf: (origin) => void ended.add(origin), faults };
}
