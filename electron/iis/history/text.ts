import type { ConfigAttribute, ConfigElement } from '../../../shared/model/index.ts';
import { shownAttributes, shownValue } from '../secret.ts';

/** A line of the file as it may be shown: secrets masked. */
export function shownLine(line: string): string {
  if (!line.includes('=')) return line;
  const key = /\b(?:key|name)\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(line);
  return line.replace(/([\w.:-]+)(\s*=\s*)("[^"]*"|'[^']*')/g, (_, name: string, equals: string, quoted: string) => {
    const quote = quoted.charAt(0);
    return `${name}${equals}${quote}${shownValue(name, quoted.slice(1, -1), key?.[1] ?? key?.[2] ?? null)}${quote}`;
  });
}

const textOf = (parts: readonly string[]): string => parts.toSorted().join(' ');

/** The attributes as one text in the order of their names, for reading: the order in the file means nothing. Secrets are masked. */
export function attributesText(element: ConfigElement): string {
  return textOf(shownAttributes(element).map((a) => `${a.name}="${a.value}"`));
}

/** The attributes for comparing: booleans without letter case, preconditions as sets; secrets as they stand. */
export function attributesMeaning(element: ConfigElement): string {
  return textOf(element.attributes.map((a) => `${a.name}="${valueMeaning(a)}"`));
}

function valueMeaning({ name, value }: ConfigAttribute): string {
  if (/^\s*(?:true|false)\s*$/i.test(value)) return value.trim().toLowerCase();
  return name === 'preCondition' ? value.split(',').map((token) => token.trim()).toSorted().join(',') : value;
}
