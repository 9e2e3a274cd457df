import type { Reject } from '../kit/log-lines.ts';

export { fieldLayout, LOG_COLUMNS, MAX_FIELDS, MAX_LINE, NUMBER_DIGITS, REJECTS, type FieldLayout, type LineResult, type LogColumn, type LogRow, type Reject } from '../kit/log-lines.ts';

export function wrongCount(found: number, wanted: number): Reject {
  return { kind: 'malformed', reason: `${found} values where #Fields names ${wanted}`, expected: false };
}
