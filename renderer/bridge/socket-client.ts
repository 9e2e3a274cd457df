import type { EventName, EventPayload, Input, Output, RequestName, WireMessage } from '../../shared/contract/index.ts';
import { fail, type Result } from '../../shared/base/result.ts';
import { checkedEvent, checkedResult } from './preload-client.ts';
import type { Connection, HostClient } from './host-client.ts';

/** The part of a WebSocket that the client needs; a test hands in its own. */
export interface Socket {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  onopen: ((event: Event) => unknown) | null;
  onclose: ((event: CloseEvent) => unknown) | null;
  onmessage: ((event: MessageEvent) => unknown) | null;
}

const OPEN = 1;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8000;
/** Requests wait this long for a host that is away, then fail with a sentence. */
const QUEUE_MS = 15_000;

/** Delay before the n-th attempt to reconnect, in milliseconds. */
export function backOff(attempt: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, attempt));
}

interface Waiting {
  readonly text: string;
  readonly settle: (result: Result<unknown>) => void;
  sent: boolean;
}

/**
 * Client over the loopback host's WebSocket. It reconnects with back-off. Requests that were sent when the connection
 * broke fail (the host may or may not have served them); requests not yet sent wait for the next connection.
 */
export function socketClient(open: () => Socket): HostClient {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const connectionListeners = new Set<(state: Connection) => void>();
  let state: Connection = 'connecting';
  let socket: Socket | null = null;
  let nextId = 1;
  let attempt = 0;

  const become = (next: Connection): void => {
    state = next;
    for (const listener of connectionListeners) listener(next);
  };

  const flush = (): void => {
    for (const request of waiting.values()) {
      if (request.sent || socket?.readyState !== OPEN) continue;
      socket.send(request.text);
      request.sent = true;
    }
  };

  const receive = (data: unknown): void => {
    const message = readMessage(data);
    if (message === null) return;
    if (message.kind === 'event') {
      for (const listener of listeners.get(message.name) ?? []) listener(message.payload);
      return;
    }
    const request = waiting.get(message.id);
    waiting.delete(message.id);
    request?.settle(message.result);
  };

  const connect = (): void => {
    const mine = open();
    socket = mine;
    mine.onopen = () => {
      attempt = 0;
      become('open');
      flush();
    };
    mine.onmessage = (event) => receive(event.data);
    mine.onclose = () => {
      if (socket !== mine) return;
      socket = null;
      for (const [id, request] of waiting) {
        if (!request.sent) continue;
        waiting.delete(id);
        request.settle(fail('unavailable', 'The connection to the workbench was lost before it answered.'));
      }
      become('lost');
      setTimeout(connect, backOff(attempt));
      attempt += 1;
    };
  };
  connect();

  return {
    request: <N extends RequestName>(name: N, input: Input<N>) => new Promise<Result<Output<N>>>((resolve) => {
      const id = nextId++;
      const timer = setTimeout(() => {
        if (waiting.get(id)?.sent !== false) return;
        waiting.delete(id);
        resolve(fail('unavailable', 'The workbench cannot be reached. It is tried again.'));
      }, QUEUE_MS);
      waiting.set(id, {
        text: JSON.stringify({ id, name, input }),
        sent: false,
        settle: (result) => {
          clearTimeout(timer);
          resolve(checkedResult(name, result));
        },
      });
      flush();
    }),
    on: <N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) => {
      const checked = (payload: unknown): void => {
        const value = checkedEvent(name, payload);
        if (value !== null) listener(value);
      };
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(checked));
      return () => set.delete(checked);
    },
    onConnection: (listener) => {
      connectionListeners.add(listener);
      listener(state);
      return () => connectionListeners.delete(listener);
    },
  };
}

function readMessage(data: unknown): WireMessage | null {
  if (typeof data !== 'string') return null;
  try {
    const message = JSON.parse(data) as Partial<WireMessage>;
    return message.kind === 'event' || message.kind === 'result' ? (message as WireMessage) : null;
  } catch {
    return null;
  }
}
