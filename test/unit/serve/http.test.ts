import { describe, expect, it } from 'vitest';
import { readPageFiles } from '../../../electron/serve/page-files.ts';
import { startServer } from '../../../electron/serve/server.ts';
import { ask, EchoEngine, loopback, pageFolder, signIn } from './loopback.ts';

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

describe('the loopback host', () => {
  it('exchanges its link once for a cookie and then serves the page', async () => {
    const { server } = await loopback();
    const link = new URL(server.url);
    expect(link.hostname).toBe('127.0.0.1');
    expect(link.searchParams.get('token')).toMatch(/^[0-9a-f]{64}$/);

    const first = await ask(server.port, `/${link.search}`);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    const cookie = first.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(/^iisight_\d+=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(cookie).not.toContain(link.searchParams.get('token'));

    const session = { Cookie: cookie.split(';')[0] };
    for (let reload = 0; reload < 2; reload++) {
      const page = await ask(server.port, '/', session);
      expect([page.status, page.body, page.headers['content-type']]).toEqual([200, '<!doctype html><title>IISight</title>', 'text/html; charset=utf-8']);
    }
    expect((await ask(server.port, `/${link.search}`)).status).toBe(403);
    // The same browser may follow the link again; it gets no second session by that, only its own.
    const again = await ask(server.port, `/${link.search}`, session);
    expect([again.status, again.headers['set-cookie']?.[0]]).toEqual([303, cookie]);
  });

  it('shows nothing without the session, and nothing to a wrong token', async () => {
    const { server } = await loopback();
    expect((await ask(server.port, '/')).status).toBe(403);
    expect((await ask(server.port, '/assets/main-1.js')).status).toBe(403);
    expect((await ask(server.port, `/?token=${'0'.repeat(64)}`)).status).toBe(403);
    expect((await ask(server.port, '/?token=')).status).toBe(403);
    expect((await ask(server.port, '/', { Cookie: `iisight_${server.port}=${'0'.repeat(64)}` })).status).toBe(403);
    // A look-ahead by a link checker must not use the link up.
    expect((await ask(server.port, `/${new URL(server.url).search}`, {}, 'HEAD')).status).toBe(400);
    expect(await signIn(server)).not.toBe('');
  });

  it('answers only to its own name, its own origin, and to reading', async () => {
    const { server } = await loopback();
    const Cookie = await signIn(server);
    const own = `127.0.0.1:${server.port}`;
    const status = async (headers: Record<string, string>, method = 'GET'): Promise<number> => (await ask(server.port, '/', { Cookie, ...headers }, method)).status;
    expect(await status({})).toBe(200);
    expect(await status({ Host: `localhost:${server.port}` })).toBe(200);
    expect(await status({ Origin: `http://${own}` })).toBe(200);
    for (const Host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1', '127.0.0.1:1', `127.0.0.1:${server.port}.evil.example`, `[::1]:${server.port}`, `LOCALHOST:${server.port}`]) {
      expect([Host, await status({ Host })]).toEqual([Host, 403]);
    }
    for (const Origin of ['null', 'http://evil.example', `https://${own}`, `http://localhost:${server.port}`]) expect([Origin, await status({ Origin })]).toEqual([Origin, 403]);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) expect([method, await status({}, method)]).toEqual([method, 405]);
  });

  it('sends only the files of the page, whatever the path says', async () => {
    const { server } = await loopback();
    const Cookie = await signIn(server);
    expect((await ask(server.port, '/assets/main-1.js', { Cookie })).headers['content-type']).toBe('text/javascript; charset=utf-8');
    const head = await ask(server.port, '/assets/main-1.js', { Cookie }, 'HEAD');
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', '10']);
    const strange = ['/.stamp', '/assets/odd.exe', '/../package.json', '/assets/../../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/assets', '/assets/', '//etc/passwd', '/C:/x', '/ws', '/__proto__', '/constructor'];
    for (const target of strange) expect([target, (await ask(server.port, target, { Cookie })).status]).toEqual([target, 404]);
  });

  it('puts the strict policy on every answer, refusals too', async () => {
    const { server } = await loopback();
    const link = new URL(server.url);
    const Cookie = await signIn(server);
    const answers = [await ask(server.port, '/', { Cookie }), await ask(server.port, '/none', { Cookie }), await ask(server.port, '/'), await ask(server.port, '/', {}, 'POST'), await ask(server.port, `/${link.search}`, { Cookie })];
    expect(answers.map((a) => a.status)).toEqual([200, 404, 403, 405, 303]);
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toBe(POLICY);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('lets the browser ask again when a foreign page led to the link, once', async () => {
    const { server } = await loopback();
    const led = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    expect((await ask(server.port, '/', led)).status).toBe(403);
    const Cookie = await signIn(server);
    const again = await ask(server.port, '/', led);
    expect([again.status, again.body]).toEqual([200, expect.stringContaining('http-equiv="refresh"')]);
    expect((await ask(server.port, '/', { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'navigate' })).status).toBe(403);
    expect((await ask(server.port, '/', { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'navigate', Cookie })).body).toContain('IISight');
  });

  it('says in a sentence that the port is taken or the page is not built', async () => {
    const { server } = await loopback();
    const options = { engine: new EchoEngine(), version: '1' };
    await expect(startServer({ ...options, rendererDir: pageFolder(), port: server.port })).rejects.toThrow(`Port ${server.port} is taken`);
    await expect(startServer({ ...options, rendererDir: '/nowhere/at/all', port: 0 })).rejects.toThrow('The page has not been built');
  });

  it('reads the page once and leaves out what is none of it', () => {
    expect([...readPageFiles(pageFolder()).keys()]).toEqual(['/assets/main-1.js', '/index.html', '/']);
  });
});
