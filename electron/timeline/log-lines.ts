import type { Connection, Row } from '../store/store.ts';

interface Stretch {
  readonly begin: bigint;
  readonly end: bigint;
  readonly base: number | null;
}

/** Line numbers of rows, also of those in parts of a log that were read before the part in front of them. */
export class LogLines {
  readonly #stretches: ReadonlyMap<bigint, readonly Stretch[]>;

  private constructor(stretches: ReadonlyMap<bigint, readonly Stretch[]>) {
    this.#stretches = stretches;
  }

  /** For log rows with `file_id`, `off` and `line`. */
  static async of(connection: Connection, rows: readonly Row[]): Promise<LogLines> {
    const files = new Set(rows.map((row) => row['file_id']).filter((id): id is bigint => typeof id === 'bigint'));
    const stretches = new Map<bigint, Stretch[]>();
    if (files.size === 0) return new LogLines(stretches);
    const found = await connection.all(`select file_id, begin, "end" as end, line_base from event_stretch where file_id in (${[...files].join(', ')}) order by file_id, begin`);
    for (const row of found) {
      const id = row['file_id'] as bigint;
      const base = row['line_base'];
      const known = stretches.get(id) ?? [];
      known.push({ begin: row['begin'] as bigint, end: row['end'] as bigint, base: typeof base === 'bigint' ? Number(base) : null });
      stretches.set(id, known);
    }
    return new LogLines(stretches);
  }

  /** 1-based; null while it is unknown. */
  of(row: Row): number | null {
    const line = row['line'];
    if (typeof line !== 'number') return null;
    const off = row['off'] as bigint;
    const stretch = this.#stretches.get(row['file_id'] as bigint)?.find((s) => off >= s.begin && off < s.end);
    if (stretch === undefined) return line;
    return stretch.base === null ? null : line + stretch.base;
  }
}
