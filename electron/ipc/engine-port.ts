import type { WireMessage, WireRequest } from '../../shared/contract/index.ts';

/** The engine's end of the channel to its host: Node's IPC in a fork, a message port in Electron's utility process. */
export interface EnginePort {
  send(message: WireMessage): void;
  onRequest(listener: (request: WireRequest) => void): void;
  /** The host is gone, or asks to end. */
  onClose(listener: () => void): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (e: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

/** Electron adds `parentPort` to `process` in a utility process; nothing else tells the two hosts apart. */
export function enginePort(host: NodeJS.Process & { parentPort?: ParentPort }): EnginePort {
  const port = host.parentPort;
  if (port !== undefined) {
    return {
      send: (message) => port.postMessage(message),
      onRequest: (listener) => port.on('message', (e) => take(e.data, listener)),
      onClose: (listener) => {
        port.on('close', listener);
        port.on('message', (e) => {
          if (e.data === 'close') listener();
        });
      },
    };
  }
  return {
    send: (message) => {
      if (host.connected) host.send?.(message);
    },
    onRequest: (listener) => void host.on('message', (m) => take(m, listener)),
    onClose: (listener) => void host.on('disconnect', listener),
  };
}

function take(message: unknown, listener: (request: WireRequest) => void): void {
  if (typeof message !== 'object' || message === null || !('id' in message) || !('name' in message)) return;
  const { id, name } = message;
  if (typeof id === 'number' && typeof name === 'string') listener({ id, name, input: 'input' in message ? message.input : undefined });
}
