import { randomBytes } from 'node:crypto';
import type { Connection } from '../store/store.ts';
import type { SpoolTexts } from './spool-format.ts';

/** Ids that one filling of a worker's dictionary may need: it holds a million, and grows to the end of its segment. */
const EPOCH_IDS = 3 << 20;
/** Ids of `log_text` are UINTEGER. */
const LAST_ID = 2 ** 32 - 1;

/**
 * Where the texts of each epoch go in `log_text`: an epoch gets a range of ids when its first segment comes, and its own
 * numbers are added to the begin of it.
 */
class TextIds {
  /** Names this store to the workers: what they brought to another is not here. */
  readonly token = randomBytes(8).toString('hex');
  readonly #epochs = new Map<string, { readonly base: number; known: number }>();
  #next: number | null = null;

  /** Id of the epoch's number 0. @throws Error when a segment before this one is not in the store */
  async baseOf(connection: Connection, texts: SpoolTexts): Promise<number> {
    const epoch = this.#epochs.get(texts.epoch);
    if (epoch !== undefined && epoch.known === texts.from) return epoch.base;
    if (epoch !== undefined || texts.from !== 0) throw new Error('the texts of this segment rest on others that are not in the store');
    if (this.#next === null) {
      const [row] = await connection.all('select max(id) as last from log_text');
      this.#next = Number(row?.['last'] ?? 0) + 1;
    }
    return this.#next;
  }

  /** The segment is committed: later ones of its epoch may rest on it. */
  committed(texts: SpoolTexts, base: number): void {
    const known = texts.from + texts.count;
    const epoch = this.#epochs.get(texts.epoch);
    if (epoch === undefined) {
      this.#epochs.set(texts.epoch, { base, known });
      this.#next = base + EPOCH_IDS;
      if (this.#epochs.size > REMEMBERED) this.#epochs.delete(this.#epochs.keys().next().value ?? '');
    } else {
      epoch.known = known;
    }
  }

  /** @throws Error when the ids are used up */
  check(texts: SpoolTexts, base: number): void {
    if (texts.count > EPOCH_IDS || base + texts.from + texts.count > LAST_ID) throw new Error('the case has no room for more texts of logs');
  }
}

/** Epochs beyond these are over: there are never as many workers. */
const REMEMBERED = 1024;

const KNOWN = new WeakMap<Connection, TextIds>();

/** Rows of logs are loaded over one connection of a store only. */
export function textIds(connection: Connection): TextIds {
  const known = KNOWN.get(connection) ?? new TextIds();
  KNOWN.set(connection, known);
  return known;
}
