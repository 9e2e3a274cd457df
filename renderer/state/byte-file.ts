import type { Client } from '../../shared/contract/index.ts';

/** Bytes that are asked for at once. */
const PAGE = 16_384;
/** Pages that are kept: scrolling through a file of any size costs no more memory than these. */
const KEEP = 96;

export interface ByteState {
  /** `none`: neither the case nor the evidence gives the bytes. */
  readonly state: 'loading' | 'bytes' | 'none' | 'failed';
  readonly message: string;
}

interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Bytes of a file of the evidence, read in ranges as they come into sight. */
export class ByteFile {
  readonly #client: Client;
  readonly #path: string;
  readonly #pages = new Map<number, Uint8Array | null>();
  #cited: Piece | null = null;
  readonly #listeners = new Set<() => void>();
  #state: ByteState = { state: 'loading', message: '' };
  #size = 0;

  constructor(client: Client, path: string) {
    this.#client = client;
    this.#path = path;
  }

  get size(): number { return this.#size; }

  /** A new object after every range, so that a screen notices what came in. */
  readonly snapshot = (): ByteState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly byte = (at: number): number | undefined => {
    const page = this.#pages.get(Math.floor(at / PAGE));
    if (page !== undefined && page !== null && at % PAGE < page.length) return page[at % PAGE];
    return this.#cited === null ? undefined : this.#cited.bytes[at - this.#cited.offset];
  };

  readonly want = (first: number, last: number): void => {
    for (let page = Math.floor(Math.max(0, first) / PAGE); page <= Math.floor(Math.max(0, last) / PAGE); page++) {
      if (!this.#pages.has(page)) void this.#fetch(page);
    }
  };

  /** Where the evidence is away, the case may still hold the bytes that a fact cites: they are asked for by their exact place. */
  readonly cite = async (offset: number, length: number): Promise<void> => {
    if (this.#state.state !== 'none' || this.#cited?.offset === offset) return;
    const result = await this.#client.request('evidence.bytes', { evidencePath: this.#path, offset, length: Math.max(1, Math.min(length, 65_536)) });
    if (!result.ok || !result.value.available) return;
    this.#cited = { offset, bytes: bytesOf(result.value.hex) };
    this.#tell({ ...this.#state });
  };

  async #fetch(page: number): Promise<void> {
    this.#pages.set(page, null);
    const result = await this.#client.request('evidence.bytes', { evidencePath: this.#path, offset: page * PAGE, length: PAGE });
    if (!result.ok) {
      // Not asked for again by every redraw: another visit asks anew.
      this.#pages.set(page, new Uint8Array(0));
      return this.#tell({ state: 'failed', message: result.failure.message });
    }
    const { available, reason, size, hex } = result.value;
    this.#size = size;
    this.#pages.set(page, available ? bytesOf(hex) : new Uint8Array(0));
    this.#forget(page);
    this.#tell({ state: available ? 'bytes' : 'none', message: reason ?? '' });
  }

  #forget(latest: number): void {
    while (this.#pages.size > KEEP) {
      const farthest = [...this.#pages.keys()].reduce((a, b) => (Math.abs(b - latest) > Math.abs(a - latest) ? b : a));
      this.#pages.delete(farthest);
    }
  }

  #tell(state: ByteState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}
