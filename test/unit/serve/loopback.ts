import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { WebSocket } from 'ws';
import { ok, type Result } from '../../../shared/base/result.ts';
import type { EventName, EventPayload } from '../../../shared/contract/index.ts';
import { startServer, type RunningServer } from '../../../electron/serve/server.ts';
import type { EngineEnd } from '../../../electron/serve/socket.ts';

/** An engine that answers with what it was asked and lets the test tell events. */
export class EchoEngine implements EngineEnd {
  readonly asked: { name: string; input: unknown }[] = [];
  readonly #listeners = new Map<string, (payload: never) => void>();

  raw(name: string, input: unknown): Promise<Result<unknown>> {
    this.asked.push({ name, input });
    return Promise.resolve(ok({ name, input }));
  }
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    this.#listeners.set(name, listener as (payload: never) => void);
    return () => this.#listeners.delete(name);
  }
  tell<N extends EventName>(name: N, payload: EventPayload<N>): void {
    this.#listeners.get(name)?.(payload as never);
  }
}

/** A folder with a small built page, removed at the end. */
export function pageFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'iisight-page-'));
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>IISight</title>');
  writeFileSync(path.join(folder, 'assets/main-1.js'), 'export {};');
  writeFileSync(path.join(folder, '.stamp'), 'secret');
  writeFileSync(path.join(folder, 'assets/odd.exe'), 'MZ');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Loopback {
  readonly server: RunningServer;
  readonly engine: EchoEngine;
}

/** A running host, closed at the end. */
export async function loopback(): Promise<Loopback> {
  const engine = new EchoEngine();
  const server = await startServer({ engine, rendererDir: pageFolder(), port: 0, version: '1.2.3' });
  afterAll(() => server.close());
  return { server, engine };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A plain request with exactly these headers: `fetch` would not let a test lie about Host. */
export function ask(port: number, target: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path: target, method, headers: { Host: `127.0.0.1:${port}`, ...headers }, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject).end();
  });
}

/** The cookie that the printed link is exchanged for. */
export async function signIn(server: RunningServer): Promise<string> {
  const { pathname, search } = new URL(server.url);
  const answer = await ask(server.port, pathname + search);
  return (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
}

export interface Line {
  readonly socket: WebSocket;
  /** The next message that satisfies the test, parsed. */
  next(): Promise<unknown>;
  readonly closed: Promise<number>;
}

/** Opens the WebSocket; rejects with the status when the host refuses. */
export function dial(port: number, headers: Record<string, string>): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { headers });
    const queue: unknown[] = [];
    const waiting: ((m: unknown) => void)[] = [];
    socket.on('message', (data) => {
      const message: unknown = JSON.parse(String(data));
      const first = waiting.shift();
      if (first === undefined) queue.push(message);
      else first(message);
    });
    const closed = new Promise<number>((done) => void socket.on('close', (code) => done(code)));
    socket.on('unexpected-response', (_request, response) => reject(new Error(String(response.statusCode))));
    socket.on('error', reject);
    socket.on('open', () => resolve({ socket, closed, next: () => (queue.length > 0 ? Promise.resolve(queue.shift()) : new Promise((done) => waiting.push(done))) }));
  });
}
