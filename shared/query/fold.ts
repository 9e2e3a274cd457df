/**
 * Lower-cases each code point on its own, as the store's `lower()` does (Unicode simple case mapping), so that a filter
 * means the same on the screen, in the tests and in SQL. Full mappings (one character becoming two) are not applied.
 */
export function foldText(text: string): string {
  // The common case needs no per-character work; for ASCII both mappings agree.
  // oxlint-disable-next-line no-control-regex -- the class is exactly ASCII
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  let out = '';
  for (const c of text) {
    // The one capital whose simple mapping differs from a single-character full mapping.
    if (c === '\u0130') {
      out += 'i';
      continue;
    }
    const lower = c.toLowerCase();
    out += lower.length === c.length ? lower : c;
  }
  return out;
}

/** IIS writes a space as `+` in these fields, so a filter treats both as the same character there. */
export const PLUS_FIELDS: ReadonlySet<string> = new Set(['user', 'ua', 'referer']);

const PLUS_COLUMNS: ReadonlySet<string> = new Set(['cs-username', 'cs(user-agent)', 'cs(referer)', 'cs(referrer)', 'cs(cookie)']);

/** Whether a column of a log, by its name in `#Fields`, holds spaces as `+`. */
export function isPlusColumn(column: string): boolean {
  return PLUS_COLUMNS.has(column.toLowerCase());
}

/**
 * A logged value as a person reads it: `+` becomes a space in the user name, user agent, referer and cookie.
 * It is lossy (`+` also stands for a real plus and for any non-printable character), so it is for display beside the
 * raw value only. Other fields are returned as they are.
 * @param column the name in `#Fields`
 */
export function readableValue(column: string, value: string): string {
  return isPlusColumn(column) ? value.replaceAll('+', ' ') : value;
}
