import type { Client } from '../../shared/contract/index.ts';

/** Whether the host can be reached. `lost`: it was reached before and is being tried again. */
export type Connection = 'connecting' | 'open' | 'lost';

/** A client that also tells whether its host is there. */
export interface HostClient extends Client {
  onConnection(listener: (state: Connection) => void): () => void;
}
