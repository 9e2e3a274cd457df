import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gate } from './gate.ts';
import { hostRequests } from './host-requests.ts';
import { readPageFiles, type PageFiles } from './page-files.ts';
import { PAGE_HEADERS } from './page-headers.ts';
import { socketHost, type EngineEnd } from './socket.ts';

const ADDRESS = '127.0.0.1';
const MAX_CONNECTIONS = 256;

export interface ServeOptions {
  readonly engine: EngineEnd;
  /** The folder with the built page. */
  readonly rendererDir: string;
  /** 0: any free one. */
  readonly port: number;
  readonly version: string;
}

export interface RunningServer {
  /** The link with the one-time token. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves the page and the contract on this computer only.
 * @throws Error with a sentence when the page is not built or the port is taken.
 */
export async function startServer({ engine, rendererDir, port, version }: ServeOptions): Promise<RunningServer> {
  const files = readPageFiles(rendererDir);
  // Nobody can ask before `listen` has told the port, so the gate is there for the first request.
  const ready: { gate: Gate | null } = { gate: null };
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    if (ready.gate === null) return void response.destroy();
    answer(ready.gate, files, request, response);
  });
  server.maxConnections = MAX_CONNECTIONS;
  const actual = await listen(server, port);
  const gate = new Gate(actual);
  ready.gate = gate;
  const sockets = socketHost({ server, engine, host: hostRequests(version), admits: (r) => gate.admitsSocket({ method: r.method, url: urlOf(r), headers: r.headers }) });
  return {
    url: `http://${ADDRESS}:${actual}/?token=${gate.token}`,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(gate: Gate, files: PageFiles, request: IncomingMessage, response: ServerResponse): void {
  const url = urlOf(request);
  const verdict = gate.judge({ method: request.method, url, headers: request.headers });
  if (verdict.kind === 'refuse') return text(response, verdict.status, verdict.message);
  if (verdict.kind === 'exchange') {
    response.writeHead(303, { ...PAGE_HEADERS, Location: '/', 'Set-Cookie': verdict.cookie, 'Content-Length': 0 });
    return void response.end();
  }
  if (verdict.kind === 'again') {
    const page = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/"><title>IISight</title>';
    response.writeHead(200, { ...PAGE_HEADERS, 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': Buffer.byteLength(page) });
    return void response.end(page);
  }
  const file = files.get(url.pathname);
  if (file === undefined) return text(response, 404, 'There is nothing here.');
  response.writeHead(200, { ...PAGE_HEADERS, 'Content-Type': file.type, 'Content-Length': file.body.length });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

function text(response: ServerResponse, status: number, message: string): void {
  const body = `${message}\n`;
  const allow = status === 405 ? { Allow: 'GET, HEAD' } : {};
  response.writeHead(status, { ...PAGE_HEADERS, ...allow, 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** Only path and query count; the host of an absolute request line is not believed. */
function urlOf(request: IncomingMessage): URL {
  const target = request.url ?? '/';
  const local = target.startsWith('/') ? target : '/';
  return URL.canParse(`http://${ADDRESS}${local}`) ? new URL(`http://${ADDRESS}${local}`) : new URL(`http://${ADDRESS}/`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = error.code === 'EADDRINUSE' ? `Port ${port} is taken; choose another with --port, or leave it out for a free one.` : `Port ${port} cannot be used: ${error.message}`;
      reject(Object.assign(new Error(sentence), { code: error.code ?? 'EUNKNOWN' }));
    });
    server.listen({ host: ADDRESS, port, exclusive: true }, () => resolve((server.address() as AddressInfo).port));
  });
}
