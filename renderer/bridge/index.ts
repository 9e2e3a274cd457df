import type { HostClient } from './host-client.ts';
import { preloadClient, type PreloadApi } from './preload-client.ts';
import { socketClient } from './socket-client.ts';

declare global {
  interface Window {
    /** Put there by the Electron preload; absent in the loopback host. */
    readonly iisight?: PreloadApi;
  }
}

/** The client of whichever host shows this page. */
export function hostClient(): HostClient {
  if (window.iisight !== undefined) return preloadClient(window.iisight);
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  return socketClient(() => new WebSocket(`${scheme}://${window.location.host}/ws`));
}
