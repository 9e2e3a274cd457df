import { printTerm, withTerm, type FilterField } from '../../../shared/query/index.ts';
import type { Lane } from './lanes.ts';

/** A field of the filter language, or `log.NAME` for a name in `#Fields` that it has no field of its own for. */
export type FieldName = FilterField | `log.${string}`;

export function isLogField(field: string): field is `log.${string}` {
  return field.startsWith('log.');
}

/** `field:value` as text. */
export function termText(field: FieldName, value: string, negated: boolean): string {
  return printTerm({ ...(isLogField(field) ? { field: 'log', name: field.slice(4) } : { field }), negated, test: { kind: 'equals', value } });
}

/** Adds the term to a typed filter. */
export function withField(text: string, field: FieldName, value: string, negated: boolean): string {
  return isLogField(field) ? withTerm(text, 'log', value, negated, field.slice(4)) : withTerm(text, field, value, negated);
}

/** Only the events of a lane. */
export function keepLane(text: string, lane: Pick<Lane, 'source' | 'site'>): string {
  if (lane.source === null) return text;
  const kept = withTerm(text, 'source', lane.source, false);
  return lane.site === null ? kept : withTerm(kept, 'site', lane.site, false);
}
