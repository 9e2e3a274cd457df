import { StoreError } from '../store/errors.ts';
import type { Connection, Row } from '../store/store.ts';
import { count } from './rows.ts';

/** Documents that one statement looks at. Each statement unpacks a whole block of them, so few large steps are faster. */
const STEP = 512;

/**
 * All documents of a table in their order, in pieces: a single statement over thousands of large ones takes more memory
 * than the database may have. Where a piece is still too large, smaller ones are tried.
 * @param columns what to select, from `position`, `id` and `doc`
 * @param where a further condition, with `$1` ... of `params`
 */
export async function* documentSteps(
  connection: Connection, table: string, columns: string, where = 'true', params: readonly string[] = [],
): AsyncGenerator<readonly Row[], void, undefined> {
  // By the positions that are there: a stranger's case may have any.
  const positions = (await connection.all(`select position from ${table} order by position`)).map((row) => count(row, 'position'));
  for (let at = 0, step = STEP; at < positions.length;) {
    const next = positions[at + step];
    const range = `position >= ${positions[at]}${next === undefined ? '' : ` and position < ${next}`}`;
    try {
      yield await connection.all(`select ${columns} from ${table} where ${range} and ${where} order by position`, params);
      at += step;
    } catch (error) {
      if (!(error instanceof StoreError) || step === 1 || !/memory/i.test(error.message)) throw error;
      step = Math.max(1, step >> 2);
    }
  }
}
