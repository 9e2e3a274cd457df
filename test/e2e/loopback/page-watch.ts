import type { Page } from 'playwright/test';

/** What must never happen in the page, collected while a test runs. */
export interface Watch {
  /** The one origin that the page may talk to. */
  allow(origin: string): void;
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
  page.on('console', (m) => (m.type() === 'error' || m.type() === 'warning' ? faults.push(`console ${m.type()}: ${m.text()}`) : undefined));
  await page.route('**/*', (route) => (isOwn(route.request().url()) ? route.continue() : route.abort()));
  return { allow: (origin) => void origins.add(origin), faults };
}
