import { clockTicks } from '../kit/log-clock.ts';
import { fieldLayout, REJECTS, type FieldLayout, type LineResult } from '../kit/log-lines.ts';
import { ByteText, logRow } from '../kit/log-values.ts';
import { BEFORE_URL, documentedLayout, HTTPERR_REJECTS, KNOWN_BEHIND, MOST_STREAMS, URL_FIELDS } from './records.ts';

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d):(\d\d)$/;
const STATUS = /^(?:-|\d{3})$/;
const DIGITS = /^(?:-|\d{1,10})$/;
const VERSION = /^(?:-|HTTP\/[\d.?]{1,8})$/i;
/** What values must look like: a line that lost a value and won another has the right number of them in the wrong places. */
const SHAPES: ReadonlyMap<string, RegExp> = new Map([
  ['c-port', DIGITS], ['s-port', DIGITS], ['cs-version', VERSION], ['cs-method', /./], ['sc-status', STATUS], ['s-siteid', DIGITS], ['s-reason', /./],
]);
/** `AppOffline`, `Connection_Abandoned_By_ReqQueue`, `N/A`. */
const REASON = /^[A-Za-z][\w/.:-]{0,63}$/;
/** A line is read from its end when it has no more values than this. */
const MOST_VALUES = 4096;

/** What `#Fields` says: its names with the URL in two, and where the URL stands. */
export interface ErrorFields {
  /** As written. */
  readonly names: readonly string[];
  readonly layout: FieldLayout;
  readonly urlAt: number;
  /** By position of the layout. */
  readonly shapes: readonly (RegExp | null)[];
  /** Lines of another length can be read from their end. */
  readonly flexible: boolean;
}

export function errorFields(names: readonly string[]): ErrorFields {
  const urlAt = names.findIndex((name) => name.toLowerCase() === 'cs-uri');
  const layout = fieldLayout(urlAt < 0 ? names : [...names.slice(0, urlAt), ...URL_FIELDS, ...names.slice(urlAt + 1)]);
  const before = names.slice(0, urlAt).map((name) => name.toLowerCase());
  const flexible = urlAt === BEFORE_URL.length && before.every((name, i) => name === BEFORE_URL[i]) && names.slice(urlAt + 1).every((name) => KNOWN_BEHIND.has(name.toLowerCase()));
  return { names, layout, shapes: shapesOf(layout), urlAt, flexible };
}

/**
 * Reads one line of an HTTP Server API error log: values with one space between them, inside of which spaces and control
 * characters are written `+`. A line that has not as many values as `#Fields` names, or that no `#Fields` explains, is read
 * by the documented order: the first eight from the left, status, site, reason and queue from the right.
 * @param torn a line without its end: only the exact number of values is believed
 */
export function parseErrorLine(line: Uint8Array, fields: ErrorFields | null, sites: ReadonlyMap<number, string> | null, torn: boolean): LineResult {
  const bytes = new ByteText(line);
  const bounds = cut(bytes.text);
  const values: string[] = [];
  for (let i = 0; i + 1 < bounds.length; i++) values.push(bytes.value(bounds[i] as number, (bounds[i + 1] as number) - 1));
  const exact = fields !== null && values.length === fields.names.length ? { layout: fields.layout, texts: withUrl(values, fields.urlAt) } : null;
  const free = !torn && (fields === null || fields.flexible);
  const fits = fields !== null && exact !== null && inShape(exact, fields.shapes);
  const aligned = fits ? exact : free ? fromEnd(values) : null;
  if (aligned === null || (!fits && !inShape(aligned, shapesOf(aligned.layout)))) return { ok: false, reject: HTTPERR_REJECTS.shape };
  const { layout, texts } = aligned;
  const time = momentOf(texts[layout.dateAt] ?? null, texts[layout.timeAt] ?? null);
  if (time === null) return { ok: false, reject: REJECTS.time };
  for (let i = 0; i < texts.length; i++) if (texts[i] === '-') texts[i] = null;
  return { ok: true, row: logRow(texts, layout, time, false, sites) };
}

/** Where values start, and one behind the end of the last one. */
function cut(text: string): number[] {
  const bounds = [0];
  for (let at = text.indexOf(' '); at >= 0 && bounds.length <= MOST_VALUES; at = text.indexOf(' ', at + 1)) bounds.push(at + 1);
  bounds.push(text.length + 1);
  return bounds;
}

/** The URL in two; a URL that is not there has no query either. */
function withUrl(values: readonly string[], urlAt: number): (string | null)[] {
  if (urlAt < 0) return [...values];
  const texts: (string | null)[] = [];
  for (const [i, value] of values.entries()) {
    const mark = i === urlAt ? value.indexOf('?') : -1;
    texts.push(mark < 0 ? value : value.slice(0, mark));
    if (i === urlAt) texts.push(mark < 0 ? null : value.slice(mark + 1));
  }
  return texts;
}

interface Aligned { readonly layout: FieldLayout; readonly texts: (string | null)[] }

const shapes = new WeakMap<FieldLayout, readonly (RegExp | null)[]>();

/** Layouts of lines in the documented order are few, those of `#Fields` bring theirs. */
function shapesOf(layout: FieldLayout): readonly (RegExp | null)[] {
  const known = shapes.get(layout) ?? layout.names.map((name) => SHAPES.get(name.toLowerCase()) ?? null);
  shapes.set(layout, known);
  return known;
}

function inShape({ texts }: Aligned, wanted: readonly (RegExp | null)[]): boolean {
  for (let i = 0; i < wanted.length; i++) if (wanted[i]?.test(texts[i] ?? '') === false) return false;
  return true;
}

/** Values by the documented order; null when no status, site and reason stand behind a URL. */
function fromEnd(values: readonly string[]): Aligned | null {
  const url = BEFORE_URL.length;
  if (values.length > MOST_VALUES) return null;
  // From the end: what a client sent stands further left.
  for (let k = values.length - 3; k > url; k--) {
    if (!STATUS.test(values[k] ?? '') || !DIGITS.test(values[k + 1] ?? '') || !REASON.test(values[k + 2] ?? '')) continue;
    const middle = values.slice(url, k);
    let streams = 0;
    while (streams < MOST_STREAMS && middle.length - streams > 1 && DIGITS.test(middle[middle.length - 1 - streams] ?? '')) streams += 1;
    const queue = values.length > k + 3 ? [values.slice(k + 3).join(' ')] : [];
    const target = middle.slice(0, middle.length - streams).join(' ');
    const line = [...values.slice(0, url), target, ...middle.slice(middle.length - streams), ...values.slice(k, k + 3), ...queue];
    return { layout: documentedLayout(streams, queue.length > 0), texts: withUrl(line, url) };
  }
  return null;
}

function momentOf(date: string | null, time: string | null): bigint | null {
  const d = DATE.exec(date ?? '');
  const t = TIME.exec(time ?? '');
  return d === null || t === null ? null : clockTicks(Number(d[1]), Number(d[2]), Number(d[3]), Number(t[1]), Number(t[2]), Number(t[3]));
}
