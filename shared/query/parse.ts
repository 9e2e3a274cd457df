import { quote } from '../base/limits.ts';
import { FILTER_FIELDS, type FilterField, type FilterTerm, type ParsedFilter } from './ast.ts';
import { FaultAt, faultOf } from './fault.ts';
import { isPlain, lex, spell, type Lexeme, type Unit } from './lex.ts';
import { parseAround, parseTime } from './parse-time.ts';
import { parseValue, type Place } from './parse-value.ts';

/** Keeps a filter small enough that every term can be shown as a chip and bound as a parameter. */
export const MAX_TERMS = 200;
/** The longest filter that a request takes, in UTF-16 units. */
const MAX_FILTER = 10_000;
/** The longest name of a column of a log, in UTF-16 units. */
const MAX_NAME = 200;

/**
 * Reads the filter language (see `language.ts` for all of its forms): terms side by side must all hold.
 * - `text`, `"two words"`: part of any text field. `-term` excludes. `~"a|b"`: a regular expression over the same fields.
 * - `field:value` is the whole value; `*` and `?` are wildcards. `field:"a*b"` switches them off; `ua:*"Windows NT"*`
 *   mixes both. `field:""` is a field without a value, `field:*` one with any.
 * - `status:>=500`, `taken:1000..`, `bytes:0..99`: number fields only. `ip:203.0.113.0/24`, `ip:2001:db8::/32`.
 * - `status:400..404,500`: any of these. `log.X-Forwarded-For:10.*`: a column of the log under its own name.
 * - `@2026-03-02`, `@2026-03-02T14:00..+2h`, also written `time:...`; `around:EVENT~10m`.
 * @returns the terms in the typed order, or the first fault with its 1-based columns.
 */
export function parseFilter(text: string): ParsedFilter {
  try {
    if (text.length > MAX_FILTER) throw new FaultAt(`A filter has at most ${MAX_FILTER} characters; this one has ${text.length}.`, MAX_FILTER, text.length);
    const lexemes = lex(text);
    const beyond = lexemes[MAX_TERMS];
    if (beyond !== undefined) throw new FaultAt(`A filter has at most ${MAX_TERMS} terms.`, beyond.start, beyond.end);
    return { ok: true, filter: { terms: lexemes.map(parseTerm) } };
  } catch (error) {
    if (error instanceof FaultAt) return { ok: false, fault: faultOf(error) };
    throw error;
  }
}

function parseTerm({ units: all, start, end }: Lexeme): FilterTerm {
  const negated = isPlain(all[0], '-') && all.length > 1;
  const units = negated ? all.slice(1) : all;
  const at = { negated, start, end };
  if (isPlain(units[0], '@')) return { field: 'time', ...at, test: parseTime(placeOf(units.slice(1), units[0], null)) };
  const plain = spell(units.slice(0, plainLength(units)));
  // Before the names of fields: what stands behind a tilde may hold colons.
  if (plain.startsWith('~')) return { field: null, ...at, test: parseValue(placeOf(units, units[0], null)) };
  const ends = units.findIndex((u) => isPlain(u, ':'));
  if (/^log\./i.test(plain) && ends > 0) {
    return { field: 'log', name: columnName(units.slice(4, ends), units[3]), ...at, test: parseValue(placeOf(units.slice(ends + 1), units[ends], 'log')) };
  }
  const named = /^([A-Za-z]+|win32):/i.exec(plain)?.[1];
  if (named === undefined) return { field: null, ...at, test: parseValue(placeOf(units, undefined, null)) };
  const word = units[0];
  const value = units.slice(named.length + 1);
  const colon = units[named.length];
  if (named.toLowerCase() === 'around') return { field: 'time', ...at, test: parseAround(placeOf(value, colon, null)) };
  const field = FILTER_FIELDS.find((f) => f === named.toLowerCase());
  if (field === undefined) {
    throw new FaultAt(`There is no field "${quote(named, 40)}"; put the text in quotation marks to search for it. Fields: ${FILTER_FIELDS.join(', ')}.`, word?.at ?? start, colon?.at ?? end);
  }
  if (field === 'log') throw new FaultAt('Say which column of the log is meant, as in log.X-Forwarded-For:10.0.0.1.', word?.at ?? start, colon?.at ?? end);
  const place = placeOf(value, colon, field);
  return { field, ...at, test: field === 'time' ? parseTime(place) : parseValue(place) };
}

/** A value and where it stands; an empty one stands behind the unit before it. */
function placeOf(units: readonly Unit[], before: Unit | undefined, field: FilterField | null): Place {
  const from = units[0]?.at ?? before?.end ?? 0;
  return { field, units, from, to: units.at(-1)?.end ?? from };
}

/** How many units at the front are not quoted. */
function plainLength(units: readonly Unit[]): number {
  const quoted = units.findIndex((u) => u.quoted);
  return quoted < 0 ? units.length : quoted;
}

function columnName(units: readonly Unit[], dot: Unit | undefined): string {
  const name = spell(units);
  const from = units[0]?.at ?? dot?.end ?? 0;
  const to = units.at(-1)?.end ?? from;
  if (name === '') throw new FaultAt('The name of a column is missing after "log.", as in log.X-Forwarded-For:10.0.0.1.', from, to);
  if (name.length > MAX_NAME) throw new FaultAt(`A name of a column has at most ${MAX_NAME} characters.`, from, to);
  return name;
}
