/**
 * The filter language, used by the screens and by the command line alike:
 * `field:value`, `field:>=n`, `field:a..b`, `-term`, `"text"`, globs, CIDR on addresses, `@2026-03-02T14:00..+2h`.
 * Terms side by side must all hold.
 * - `field:a,b,c`: any of them. `field:~regex`: a regular expression (RE2: linear, no look-around, no back-references), without case.
 * - `around:EVENT~10m`: moments near that of an event, by its id; the field of the term is `time`.
 * - `log.NAME:value`: a value of the log under its own name in `#Fields`, also one that no other field of this language has.
 */
export const FILTER_FIELDS = [
  'time', 'source', 'what', 'server', 'site', 'host', 'method', 'uri', 'query', 'status', 'substatus', 'ip', 'user', 'ua',
  'referer', 'bytes', 'received', 'taken', 'win32', 'port', 'component', 'path', 'message', 'tag', 'log',
] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];

/** Fields that hold numbers; the others hold text. */
export const NUMBER_FIELDS: ReadonlySet<FilterField> = new Set<FilterField>(['status', 'substatus', 'bytes', 'received', 'taken', 'win32', 'port']);

export type FilterTest =
  /** The whole value, compared without case; for a number field the number. */
  | { readonly kind: 'equals'; readonly value: string }
  /** `*` any run, `?` one character; without case. */
  | { readonly kind: 'glob'; readonly pattern: string }
  | { readonly kind: 'compare'; readonly op: '<' | '<=' | '>' | '>='; readonly value: number }
  /** Both ends included; a missing end is open. */
  | { readonly kind: 'range'; readonly from: number | null; readonly to: number | null }
  /** Addresses in a network: `203.0.113.0/24`, `2001:db8::/32`. */
  | { readonly kind: 'cidr'; readonly network: string; readonly bits: number; readonly version: 4 | 6 }
  /** RE2 syntax, anywhere in the value, without case. */
  | { readonly kind: 'regex'; readonly pattern: string }
  /** Any of them; at least two, none of them a list, a regular expression or about time. */
  | { readonly kind: 'list'; readonly tests: readonly FilterTest[] }
  /** Within so many seconds before and behind the event's own moment, both ends included. */
  | { readonly kind: 'around'; readonly event: string; readonly seconds: number }
  /** Half-open range of moments as UTC texts: from <= time < to; a null end is open, two null ends are "has a time". */
  | { readonly kind: 'time'; readonly from: string | null; readonly to: string | null };

export interface FilterTerm {
  /** Null for bare text: it is looked for in every text field. */
  readonly field: FilterField | null;
  /** With the field `log`: the name in `#Fields`, compared without case. */
  readonly name?: string;
  readonly negated: boolean;
  /** Quoted or bare text is searched for as a part of the value, without case. */
  readonly test: FilterTest | { readonly kind: 'contains'; readonly text: string };
  /** Where the term stands in the typed text: 0-based start and end, for chips and for underlining a fault. */
  readonly start: number;
  readonly end: number;
}

export interface Filter {
  readonly terms: readonly FilterTerm[];
}

export const EMPTY_FILTER: Filter = { terms: [] };

/** What is wrong with a typed filter: one sentence, the 1-based column of the word that is wrong, and the column behind it. */
export interface FilterFault {
  readonly message: string;
  readonly column: number;
  /** Always beyond `column`, also where the word is missing. */
  readonly end: number;
}

export type ParsedFilter = { readonly ok: true; readonly filter: Filter } | { readonly ok: false; readonly fault: FilterFault };
