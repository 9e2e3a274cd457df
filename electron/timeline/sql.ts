import type { Value } from '../store/store.ts';

/**
 * A piece of SQL with the values for its question marks, in their order. Text of users and of evidence is only ever in
 * `params`; numbers that this program made may stand in the text.
 */
export interface Sql {
  readonly text: string;
  readonly params: readonly Value[];
}

/** Puts pieces together: `sql\`x = ${bound(value)}\``. Numbers are written out. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | number | bigint)[]): Sql {
  let text = strings[0] ?? '';
  const params: Value[] = [];
  for (const [i, part] of parts.entries()) {
    if (typeof part === 'object') {
      text += part.text;
      params.push(...part.params);
    } else {
      text += String(part);
    }
    text += strings[i + 1] ?? '';
  }
  return { text, params };
}

/** A piece of our own SQL as it stands. */
export function raw(text: string): Sql {
  return { text, params: [] };
}

/** A value that is bound, never written out. */
export function bound(value: Value): Sql {
  return { text: '?', params: [value] };
}

/** Pieces with `separator` between them. */
export function joined(parts: readonly Sql[], separator: string): Sql {
  return { text: parts.map((p) => p.text).join(separator), params: parts.flatMap((p) => p.params) };
}

export const TRUE: Sql = raw('true');
export const FALSE: Sql = raw('false');

/** Conditions are never NULL: true and false swallow each other, so that what cannot hold is seen before it is asked. */
export function all(parts: readonly Sql[]): Sql {
  if (parts.some(isFalse)) return FALSE;
  const rest = parts.filter((p) => !isTrue(p));
  return rest.length === 0 ? TRUE : rest.length === 1 ? (rest[0] ?? TRUE) : sql`(${joined(rest, ' and ')})`;
}

export function any(parts: readonly Sql[]): Sql {
  if (parts.some(isTrue)) return TRUE;
  const rest = parts.filter((p) => !isFalse(p));
  return rest.length === 0 ? FALSE : rest.length === 1 ? (rest[0] ?? FALSE) : sql`(${joined(rest, ' or ')})`;
}

export function not(part: Sql): Sql {
  return isTrue(part) ? FALSE : isFalse(part) ? TRUE : sql`(not ${part})`;
}

export function isTrue(part: Sql): boolean {
  return part.text === 'true';
}

export function isFalse(part: Sql): boolean {
  return part.text === 'false';
}
