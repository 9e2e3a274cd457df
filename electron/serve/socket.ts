import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Result } from '../../shared/base/result.ts';
import { events, type EventName, type EventPayload, type WireMessage, type WireRequest } from '../../shared/contract/index.ts';

const MAX_FRAME = 4 * 1024 * 1024;
/** Tabs of one person; more is a program gone astray. */
const MAX_SOCKETS = 32;
/** Requests of one tab that wait for an answer at the same time. */
const MAX_WAITING = 1000;
/** Bytes that a tab may leave unread before it is cut off and has to connect again. */
const MAX_UNREAD = 64 * 1024 * 1024;

const POLICY = 1008;
const MALFORMED = 1007;
const TRY_LATER = 1013;

/** What the socket needs of the engine's client. */
export interface EngineEnd {
  raw(name: string, input: unknown): Promise<Result<unknown>>;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
}

export interface SocketHost {
  /** Ends every connection. */
  close(): void;
}

interface Options {
  readonly server: Server;
  readonly engine: EngineEnd;
  /** Host and Origin and session are right. */
  readonly admits: (request: IncomingMessage) => boolean;
  /** Answers what the host serves itself; null: the engine's. */
  readonly host: (name: string, input: unknown) => Promise<Result<unknown>> | null;
}

/** The contract over WebSocket: one JSON text per message, requests in, results and events out. */
export function socketHost({ server, engine, admits, host }: Options): SocketHost {
  const wss = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false, clientTracking: true });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    if (!admits(request)) return refuse(stream, '403 Forbidden');
    if (wss.clients.size >= MAX_SOCKETS) return refuse(stream, '503 Service Unavailable');
    wss.handleUpgrade(request, stream, head, (socket) => connect(socket, (r) => host(r.name, r.input) ?? engine.raw(r.name, r.input)));
  });
  const off = (Object.keys(events) as EventName[]).map((name) =>
    engine.on(name, (payload) => {
      const text = JSON.stringify({ kind: 'event', name, payload } satisfies WireMessage);
      for (const socket of wss.clients) send(socket, text);
    }));
  return {
    close: () => {
      for (const stop of off) stop();
      for (const socket of wss.clients) socket.terminate();
      wss.close();
    },
  };
}

function connect(socket: WebSocket, answer: (request: WireRequest) => Promise<Result<unknown>>): void {
  let waiting = 0;
  socket.on('error', () => socket.terminate());
  socket.on('message', (data, isBinary) => {
    const request = isBinary ? null : readRequest(data);
    if (request === null) return socket.close(MALFORMED, 'not a request');
    if (waiting >= MAX_WAITING) return socket.close(POLICY, 'too many requests at once');
    waiting += 1;
    void answer(request).then((result) => {
      waiting -= 1;
      send(socket, JSON.stringify({ kind: 'result', id: request.id, result } satisfies WireMessage));
    });
  });
}

function send(socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MAX_UNREAD) return socket.close(TRY_LATER, 'too much unread');
  socket.send(text);
}

/** `{id, name, input}` and nothing else; the input is judged by whoever serves the request. */
function readRequest(data: RawData): WireRequest | null {
  try {
    const message: unknown = JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '');
    if (typeof message !== 'object' || message === null || !('id' in message) || !('name' in message)) return null;
    const { id, name } = message;
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || typeof name !== 'string' || name.length > 100) return null;
    return { id, name, input: 'input' in message ? message.input : undefined };
  } catch {
    return null;
  }
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
