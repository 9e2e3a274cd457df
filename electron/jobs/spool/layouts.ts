import { createHash } from 'node:crypto';
import { LOG_COLUMNS, type FieldLayout } from '../../artifacts/kit/log-lines.ts';
import type { StoredLayout } from '../../timeline/spool-format.ts';

/** More different layouts than this are told to the store again rather than remembered. */
const REMEMBERED = 4096;

/** Names layouts by their content, so that every worker and every run gives the same one the same number. */
export class Layouts {
  readonly #known = new Map<string, number>();
  #fresh: StoredLayout[] = [];

  idOf(layout: FieldLayout, kept: readonly number[]): number {
    const { names } = layout;
    const key = `${names.join('\u001f')}\n${kept.join(',')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    // 47 bits: exact as a number here and positive as a BIGINT there.
    const id = Math.floor(createHash('sha256').update(key).digest().readUIntBE(0, 6) / 2);
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(key, id);
    this.#fresh.push({ id, names, columns: columnsOf(layout), kept });
    return id;
  }

  /** Layouts named since the last call. */
  takeFresh(): readonly StoredLayout[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}

/** By position in `#Fields`: the store's column that holds the value, 'date' and 'clock' for the two halves of the time. */
function columnsOf(layout: FieldLayout): readonly string[] {
  const out = layout.names.map(() => '');
  for (const [i, at] of layout.columnAt.entries()) if (at >= 0) out[at] = LOG_COLUMNS[i] ?? '';
  if (layout.dateAt >= 0) out[layout.dateAt] = 'date';
  if (layout.timeAt >= 0) out[layout.timeAt] = 'clock';
  return out;
}
