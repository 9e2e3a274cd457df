import type { ConfigAttribute, ConfigElement } from '../../../shared/model/index.ts';

/** Names of attributes whose value is a secret. */
const SECRET_NAME = /password|passwd|sessionKey|validationKey|decryptionKey|secret|token|apiKey|accountKey/i;
/** Secrets inside a longer text: a connection string. */
const SECRET_PART = /\b(password|pwd|accountkey|sharedaccesskey|sharedsecret)\s*=\s*("[^"]*"|'[^']*'|[^;"']*)/gi;
const ENCRYPTED = /\[enc:([^:\]]*):[^\]]*:enc\]/g;
const MASK = '***';

/** A value as it may be shown: secrets and encrypted values are masked, what protects them is said. */
export function shownText(name: string, value: string, owner = ''): string {
  const text = value.replace(ENCRYPTED, (_, provider: string) => `[enc:${provider}:${MASK}:enc]`);
  if (text !== value) return text;
  if (value !== '' && (SECRET_NAME.test(name) || (name === 'value' && SECRET_NAME.test(owner)))) return MASK;
  return value.replace(SECRET_PART, (_, part: string) => `${part}=${MASK}`);
}

/** A line of the file as it may be shown, with the same values masked. */
export function shownLine(line: string): string {
  if (!/password|passwd|pwd|key|secret|token|\[enc:/i.test(line)) return line;
  const owner = /\b(?:name|key)\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(line);
  return line.replace(/([\w.-]+)(\s*=\s*)("[^"]*"|'[^']*')/g, (_, name: string, equals: string, quoted: string) => {
    const quote = quoted.charAt(0);
    return `${name}${equals}${quote}${shownText(name, quoted.slice(1, -1), owner?.[1] ?? owner?.[2] ?? '')}${quote}`;
  });
}

const textOf = (parts: readonly string[]): string => parts.toSorted().join(' ');

/** The attributes as one text in the order of their names, for reading: the order in the file means nothing. */
export function attributesText(element: ConfigElement): string {
  const owner = element.attributes.find((a) => a.name === 'name' || a.name === 'key')?.value ?? '';
  return textOf(element.attributes.map((a) => `${a.name}="${shownText(a.name, a.value, owner)}"`));
}

/** The attributes for comparing: booleans without letter case, preconditions as sets; secrets as they stand. */
export function attributesMeaning(element: ConfigElement): string {
  return textOf(element.attributes.map((a) => `${a.name}="${valueMeaning(a)}"`));
}

function valueMeaning({ name, value }: ConfigAttribute): string {
  if (/^\s*(?:true|false)\s*$/i.test(value)) return value.trim().toLowerCase();
  return name === 'preCondition' ? value.split(',').map((token) => token.trim()).toSorted().join(',') : value;
}
