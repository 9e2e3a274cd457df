import { quote } from '../base/limits.ts';
import { NUMBER_FIELDS, type FilterField, type FilterTerm, type FilterTest } from './ast.ts';
import { FaultAt } from './fault.ts';
import { isPlain, spell, type Unit } from './lex.ts';
import { networkRange, parseAddress } from './network.ts';
import { parsePattern } from './pattern.ts';
import { PatternFault } from './pattern-node.ts';

/** A value that is to be read: its characters and the place where they stand (0-based). */
export interface Place {
  readonly field: FilterField | null;
  readonly units: readonly Unit[];
  readonly from: number;
  readonly to: number;
}

/** The most values of one list. */
export const MAX_LIST = 1000;

/** Reads what stands behind `field:`, or a whole term without a field. @throws FaultAt */
export function parseValue(place: Place): FilterTerm['test'] {
  const { field, units } = place;
  if (units.length === 0) throw new FaultAt(field === null ? 'The term is empty.' : `A value is missing after "${field}${field === 'log' ? '.NAME' : ''}:".`, place.from, place.to);
  if (isPlain(units[0], '~')) return parseRegex(place);
  if (field === null) return parseText(place);
  const parts = splitList(place);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return parseOne(only);
  if (parts.length > MAX_LIST) throw new FaultAt(`A list has at most ${MAX_LIST} values.`, parts[MAX_LIST]?.from ?? place.from, place.to);
  return {
    kind: 'list',
    tests: parts.map((part) => {
      if (part.units.length === 0) throw new FaultAt('A value is missing in the list; put a comma that is meant as text in quotation marks.', part.from, part.to);
      if (isPlain(part.units[0], '~')) throw new FaultAt('A regular expression cannot stand in a list; write the choices in it, as in ~"a|b".', part.from, part.to);
      return parseOne(part);
    }),
  };
}

/** Parts between commas that are not quoted. */
function splitList({ field, units, from, to }: Place): readonly Place[] {
  const out: Place[] = [];
  let start = from;
  let begin = 0;
  for (let i = 0; i <= units.length; i++) {
    const unit = units[i];
    if (unit !== undefined && !isPlain(unit, ',')) continue;
    out.push({ field, units: units.slice(begin, i), from: start, to: unit?.at ?? to });
    start = unit?.end ?? to;
    begin = i + 1;
  }
  return out;
}

function parseText(place: Place): FilterTerm['test'] {
  const value = spell(place.units);
  if (value === '') throw new FaultAt('The term is empty.', place.from, place.to);
  return globOf(place) ?? { kind: 'contains', text: value };
}

function parseOne(place: Place): FilterTest {
  const { field, units } = place;
  const value = spell(units);
  const quoted = units.some((u) => u.quoted);
  const glob = globOf(place);
  if (glob !== null) return glob;
  if (field !== null && NUMBER_FIELDS.has(field)) return parseNumberTest(place, field, value);
  if (isPlain(units[0], '<>')) {
    throw new FaultAt(`"${field}" holds text; only ${[...NUMBER_FIELDS].join(', ')} can be compared. Put the value in quotation marks to look for it.`, place.from, place.to);
  }
  return field === 'ip' && !quoted && value.includes('/') ? parseNetwork(place, value) : { kind: 'equals', value };
}

function globOf(place: Place): Extract<FilterTest, { kind: 'glob' }> | null {
  if (!place.units.some((u) => isPlain(u, '*?'))) return null;
  if (place.units.some((u) => u.quoted && /[*?]/.test(u.text))) throw new FaultAt('A quoted * or ? cannot stand in the same value as a wildcard.', place.from, place.to);
  return { kind: 'glob', pattern: spell(place.units) };
}

function parseRegex(place: Place): FilterTest {
  const { field } = place;
  const units = place.units.slice(1).filter((u) => u.text !== '');
  if (field !== null && NUMBER_FIELDS.has(field)) throw new FaultAt(`"${field}" holds numbers; a regular expression is for text.`, place.from, place.to);
  const pattern = spell(units);
  try {
    parsePattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error;
    const from = units[error.from]?.at ?? place.to;
    throw new FaultAt(error.message, from, units[error.to - 1]?.end ?? from);
  }
  return { kind: 'regex', pattern };
}

function parseNumberTest(place: Place, field: FilterField, value: string): FilterTest {
  if (value === '' || value === '-') return { kind: 'equals', value: '' };
  // A number needs no quotation marks; where there are some, all of the value is marked.
  const plain = place.units.every((u) => !u.quoted);
  const fault = (message: string, at: number, length: number): FaultAt => new FaultAt(message, plain ? place.from + at : place.from, plain ? place.from + at + length : place.to);
  const number = (text: string, at: number): number => {
    const read = parseNumber(text);
    if (read === null) throw fault(text === '' ? `A number is missing; "${field}" holds numbers.` : `"${field}" holds numbers; "${quote(text, 60)}" is none.`, at, text.length);
    return read;
  };
  const compare = /^(<=|>=|<|>)(.*)$/s.exec(value);
  if (compare !== null) {
    const [, op = '', digits = ''] = compare;
    return { kind: 'compare', op: op as '<' | '<=' | '>' | '>=', value: number(digits, op.length) };
  }
  const dots = value.indexOf('..');
  if (dots < 0) {
    number(value, 0);
    return { kind: 'equals', value };
  }
  const left = value.slice(0, dots);
  const right = value.slice(dots + 2);
  const from = left === '' ? null : number(left, 0);
  const to = right === '' ? null : number(right, dots + 2);
  if (from === null && to === null) throw fault('A range needs a start, an end or both, as in 500..599.', 0, value.length);
  if (from !== null && to !== null && to < from) throw fault('The range ends before it starts.', dots + 2, right.length);
  return { kind: 'range', from, to };
}

function parseNetwork({ from, to }: Place, value: string): FilterTest {
  const slash = value.indexOf('/');
  const network = value.slice(0, slash);
  const digits = value.slice(slash + 1);
  const address = parseAddress(network);
  if (address === null) throw new FaultAt(`"${quote(network, 60)}" is not an address.`, from, from + slash);
  // A mapped address (`::ffff:a.b.c.d`) would leave open whose bits are counted.
  if (address.version === 4 && network.includes(':')) throw new FaultAt('Write a mapped address as plain IPv4 to give a network.', from, from + slash);
  const bits = /^\d{1,3}$/.test(digits) ? Number(digits) : -1;
  if (networkRange(network, bits, address.version) === null) {
    throw new FaultAt(`"${quote(digits, 20)}" is not a network size; IPv${address.version} has 0 to ${address.version === 4 ? 32 : 128}.`, from + slash + 1, to);
  }
  return { kind: 'cidr', network, bits, version: address.version };
}

/** Decimal, at most 15 digits before the point: exactly representable. */
function parseNumber(text: string): number | null {
  return /^\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : null;
}
