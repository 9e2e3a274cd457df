import { RequestError } from '../../shared/base/result.ts';
import type { Row } from '../store/store.ts';

/** Columns of our own tables, checked: a case can come from a stranger. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw damaged(column);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

/** A BIGINT that fits a number exactly. */
export function count(row: Row, column: string): number {
  const value = Number(row[column] ?? Number.NaN);
  if (!Number.isSafeInteger(value)) throw damaged(column);
  return value;
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw damaged(column);
  return value;
}

/** A stored JSON text through its schema. `what` names it for people: `finding f-12`. */
export function parsed<T>(schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } }, json: string, what: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new RequestError('unavailable', `The case is damaged: ${what} is not readable.`);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new RequestError('unavailable', `The case is damaged: ${what} does not have the expected form.`);
  return result.data;
}

function damaged(column: string): RequestError {
  return new RequestError('unavailable', `The case is damaged: the column ${column} holds another type than it should.`);
}
