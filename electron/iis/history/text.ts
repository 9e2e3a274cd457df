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

/** Attributes of entries that name code: a long history has hundreds of thousands of them, and no secret stands there alone. */
const PLAIN: ReadonlySet<string> = new Set(['name', 'image', 'type', 'path', 'verb', 'preCondition', 'modules', 'scriptProcessor', 'resourceType', 'requireAccess', 'lockItem', 'allowed', 'description']);

/**
 * The attributes as one text in the order of their names, for reading: the order in the file means nothing. Secrets are
 * masked, and a quotation mark in a value is written as in the file, so that no value reads as an attribute.
 */
export function attributesText(element: ConfigElement): string {
  const plain = element.attributes.every((a) => PLAIN.has(a.name) && !a.value.includes('=') && !a.value.includes('[enc:'));
  const shown = plain ? element.attributes : shownAttributes(element);
  return shown.map((a) => `${a.name}="${a.value.replaceAll('"', '&quot;')}"`).sort().join(' ');
}

/** The attributes for comparing: booleans without letter case, preconditions as sets; secrets as they stand. */
export function attributesMeaning(element: ConfigElement): string {
  const { attributes } = element;
  if (attributes.length < 2) return attributes.map(meaningOf).join('');
  return attributes.map(meaningOf).sort().join(' ');
}

function meaningOf({ name, value }: ConfigAttribute): string {
  if (name === 'preCondition') return `preCondition="${value.split(',').map((token) => token.trim()).sort().join(',')}"`;
  return `${name}="${value.length < 20 && /^\s*(?:true|false)\s*$/i.test(value) ? value.trim().toLowerCase() : value}"`;
}
