import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { isRequestName, type Input, type RequestName } from '../../../shared/contract/index.ts';
import { fail } from '../../../shared/base/result.ts';
import type { FakeHost } from '../../helpers/fake-client.ts';

const ORIGIN = 'http://localhost:47999';
const DIST = process.env['IISIGHT_RENDERER'] ?? path.resolve(import.meta.dirname, '../../../dist/renderer');
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/**
 * Shows the built page with a host in this process instead of an engine: what no evidence at hand can show (a hundred
 * million rows, reading that is held half way) is generated, while every pixel is the product's own. Nothing leaves the browser.
 */
export async function openGenerated(page: Page, host: FakeHost): Promise<void> {
  await page.route('**/*', (route) => {
    const { origin, pathname } = new URL(route.request().url());
    if (origin !== ORIGIN) return route.abort();
    const file = pathname === '/' ? '/index.html' : pathname;
    return route.fulfill({ body: readFileSync(path.join(DIST, path.normalize(file))), contentType: TYPES[path.extname(file)] ?? 'application/octet-stream' });
  });
  await page.routeWebSocket(`${ORIGIN.replace('http', 'ws')}/ws`, (socket) => {
    for (const name of ['case.changed', 'job.progress'] as const) host.on(name, (payload: unknown) => socket.send(JSON.stringify({ kind: 'event', name, payload })));
    socket.onMessage((text) => {
      const { id, name, input } = JSON.parse(String(text)) as { id: number; name: string; input: Input<RequestName> };
      const answer = isRequestName(name) ? host.request(name, input).catch((error: unknown) => fail('bug', String(error))) : Promise.resolve(fail('usage', 'There is no such request.'));
      void answer.then((result) => socket.send(JSON.stringify({ kind: 'result', id, result })));
    });
  });
  await page.goto(`${ORIGIN}/#/timeline`);
}
