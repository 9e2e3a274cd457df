import { protocol, type Session } from 'electron';
import { PAGE_HEADERS } from '../serve/page-headers.ts';
import { readPageFiles } from '../serve/page-files.ts';
import { isOwnUrl, SCHEME } from './origin.ts';

/** Declares the page's scheme; must run before Electron is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/**
 * Serves the built page under its scheme, from memory.
 * @throws Error with a sentence when the page is not built.
 */
export function servePage(session: Session, rendererDir: string): void {
  const files = readPageFiles(rendererDir);
  const text = (status: number, message: string): Response => new Response(`${message}\n`, { status, headers: { ...PAGE_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' } });
  session.protocol.handle(SCHEME, (request) => {
    if (!isOwnUrl(request.url)) return text(403, 'This name does not belong to the workbench.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'Only reading is possible here.');
    const file = files.get(new URL(request.url).pathname);
    if (file === undefined) return text(404, 'There is nothing here.');
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(file.body), { status: 200, headers: { ...PAGE_HEADERS, 'Content-Type': file.type } });
  });
}
