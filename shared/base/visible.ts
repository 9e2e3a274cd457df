/**
 * Makes characters that can deceive the eye visible: C0/C1 controls, ANSI escapes, bidirectional overrides,
 * zero-width characters and line separators become a mark such as U+202E between angle quotes.
 * For display only: stored text keeps what was there.
 */
// oxlint-disable-next-line no-control-regex, no-misleading-character-class -- naming the control characters is the point
const DECEPTIVE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

export function visible(text: string): string {
  return text.replace(DECEPTIVE, (c) => `\u2039U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u203a`);
}
