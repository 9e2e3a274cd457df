import { quote } from '../base/limits.ts';
import { FILTER_FIELDS, NUMBER_FIELDS, type FilterField, type FilterFault, type FilterTerm, type ParsedFilter } from './ast.ts';
import { lex, type Lexeme, type Piece } from './lex.ts';
import { networkRange, parseAddress } from './network.ts';
import { parseTimeRange } from './time-range.ts';

type Test = FilterTerm['test'];
type Tested = { readonly ok: true; readonly test: Test } | { readonly ok: false; readonly fault: FilterFault };

/** Keeps a filter small enough that every term can be shown as a chip and bound as a parameter. */
export const MAX_TERMS = 200;

/**
 * Reads the filter language (see `ast.ts`): terms side by side must all hold.
 * - `text`, `"two words"`: part of any text field. `-term` excludes.
 * - `field:value` is the whole value; `*` and `?` are wildcards. `field:"a*b"` switches them off; `ua:*"Windows NT"*`
 *   mixes both. `field:""` is a field without a value.
 * - `status:>=500`, `taken:1000..`, `bytes:0..99`: number fields only.
 * - `ip:203.0.113.0/24`, `ip:2001:db8::/32`.
 * - `@2026-03-02`, `@2026-03-02T14:00..+2h`, also written `time:...`.
 * @returns the terms in the typed order, or the first fault with its 1-based column.
 */
export function parseFilter(text: string): ParsedFilter {
  const lexemes = lex(text);
  if (!Array.isArray(lexemes)) return { ok: false, fault: lexemes as FilterFault };
  const terms: FilterTerm[] = [];
  for (const lexeme of lexemes as readonly Lexeme[]) {
    if (terms.length === MAX_TERMS) return { ok: false, fault: { message: `A filter has at most ${MAX_TERMS} terms.`, column: lexeme.start + 1 } };
    const term = parseTerm(lexeme);
    if ('message' in term) return { ok: false, fault: term };
    terms.push(term);
  }
  return { ok: true, filter: { terms } };
}

function parseTerm(lexeme: Lexeme): FilterTerm | FilterFault {
  const head = lexeme.pieces[0];
  const plain = head !== undefined && !head.quoted ? head.text : '';
  const negated = plain.startsWith('-') && (plain.length > 1 || lexeme.pieces.length > 1);
  let column = lexeme.start + 1 + (negated ? 1 : 0);
  let pieces = negated ? skip(lexeme.pieces, 1) : lexeme.pieces;
  const rest = negated ? plain.slice(1) : plain;

  let field: FilterField | null = null;
  const named = /^([A-Za-z]+):/.exec(rest);
  if (rest.startsWith('@')) {
    field = 'time';
    column += 1;
    pieces = skip(pieces, 1);
  } else if (named !== null) {
    const name = named[1] ?? '';
    field = FILTER_FIELDS.find((f) => f === name.toLowerCase()) ?? null;
    if (field === null) {
      return { message: `There is no field "${quote(name, 40)}"; put the text in quotation marks to search for it. Fields: ${FILTER_FIELDS.join(', ')}.`, column };
    }
    column += name.length + 1;
    pieces = skip(pieces, name.length + 1);
  }
  const tested = parseTest(field, pieces, column);
  return tested.ok ? { field, negated, test: tested.test, start: lexeme.start, end: lexeme.end } : tested.fault;
}

function parseTest(field: FilterField | null, pieces: readonly Piece[], column: number): Tested {
  const value = pieces.map((p) => p.text).join('');
  const quoted = pieces.some((p) => p.quoted);
  if (field === 'time') {
    const range = parseTimeRange(value);
    return 'message' in range ? bad(range.message, column + range.at) : good(range);
  }
  if (!quoted && value === '') return bad(field === null ? 'The term is empty.' : `A value is missing after "${field}:".`, column);
  if (pieces.some((p) => !p.quoted && /[*?]/.test(p.text))) {
    if (pieces.some((p) => p.quoted && /[*?]/.test(p.text))) return bad('A quoted * or ? cannot stand in the same value as a wildcard.', column);
    return good({ kind: 'glob', pattern: value });
  }
  if (field === null) return value === '' ? bad('The term is empty.', column) : good({ kind: 'contains', text: value });
  if (NUMBER_FIELDS.has(field)) return parseNumberTest(field, value, column);
  const first = pieces[0];
  if (!quoted && first !== undefined && /^[<>]=?/.test(first.text)) {
    return bad(`"${field}" holds text; only ${[...NUMBER_FIELDS].join(', ')} can be compared. Put the value in quotation marks to look for it.`, column);
  }
  return field === 'ip' && !quoted && value.includes('/') ? parseNetwork(value, column) : good({ kind: 'equals', value });
}

function parseNumberTest(field: FilterField, value: string, column: number): Tested {
  if (value === '' || value === '-') return good({ kind: 'equals', value: '' });
  const compare = /^(<=|>=|<|>)(.*)$/s.exec(value);
  if (compare !== null) {
    const [, op = '', digits = ''] = compare;
    const number = parseNumber(digits);
    if (number === null) return bad(notANumber(field, digits), column + op.length);
    return good({ kind: 'compare', op: op as '<' | '<=' | '>' | '>=', value: number });
  }
  const dots = value.indexOf('..');
  if (dots < 0) return parseNumber(value) === null ? bad(notANumber(field, value), column) : good({ kind: 'equals', value });
  const left = value.slice(0, dots);
  const right = value.slice(dots + 2);
  const from = left === '' ? null : parseNumber(left);
  const to = right === '' ? null : parseNumber(right);
  if (left !== '' && from === null) return bad(notANumber(field, left), column);
  if (right !== '' && to === null) return bad(notANumber(field, right), column + dots + 2);
  if (from === null && to === null) return bad('A range needs a start, an end or both, as in 500..599.', column);
  if (from !== null && to !== null && to < from) return bad('The range ends before it starts.', column + dots + 2);
  return good({ kind: 'range', from, to });
}

function parseNetwork(value: string, column: number): Tested {
  const slash = value.indexOf('/');
  const network = value.slice(0, slash);
  const digits = value.slice(slash + 1);
  const address = parseAddress(network);
  if (address === null) return bad(`"${quote(network, 60)}" is not an address.`, column);
  // A mapped address (`::ffff:a.b.c.d`) would leave open whose bits are counted.
  if (address.version === 4 && network.includes(':')) return bad('Write a mapped address as plain IPv4 to give a network.', column);
  const bits = /^\d{1,3}$/.test(digits) ? Number(digits) : -1;
  if (networkRange(network, bits, address.version) === null) {
    return bad(`"${quote(digits, 20)}" is not a network size; IPv${address.version} has 0 to ${address.version === 4 ? 32 : 128}.`, column + slash + 1);
  }
  return good({ kind: 'cidr', network, bits, version: address.version });
}

/** Decimal, at most 15 digits before the point: exactly representable. */
function parseNumber(text: string): number | null {
  return /^\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : null;
}

function notANumber(field: FilterField, text: string): string {
  return `"${field}" holds numbers; "${quote(text, 60)}" is none.`;
}

/** The pieces without the first `count` characters, which are known to be unquoted. */
function skip(pieces: readonly Piece[], count: number): readonly Piece[] {
  const [first, ...rest] = pieces;
  if (first === undefined) return [];
  return first.text.length === count ? rest : [{ text: first.text.slice(count), quoted: false }, ...rest];
}

function good(test: Test): Tested {
  return { ok: true, test };
}

function bad(message: string, column: number): Tested {
  return { ok: false, fault: { message, column } };
}
