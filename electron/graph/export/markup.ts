/**
 * Text as XML 1.0 content or attribute value: markup is escaped, and characters that no XML document may hold, which names
 * from evidence can have, become U+FFFD (https://www.w3.org/TR/xml/#charsets).
 */
export function xmlText(text: string): string {
  let out = '';
  for (const character of text) out += ESCAPED.get(character) ?? (isXml(character.codePointAt(0) ?? 0) ? character : '\ufffd');
  return out;
}

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;'], ['"', '&quot;'], ["'", '&#39;'],
  // As they stand they would be turned into spaces in an attribute.
  ['\t', '&#9;'], ['\n', '&#10;'], ['\r', '&#13;'],
]);

function isXml(code: number): boolean {
  return (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;
}
