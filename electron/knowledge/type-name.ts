/** A .NET type reference as configuration writes it: `Namespace.Type, Assembly, Version=..., PublicKeyToken=...`. */
export interface TypeName {
  readonly type: string;
  readonly assembly: string | null;
  /** Lower-case hex, or null when none is written or it is `null`. */
  readonly token: string | null;
}

/** Splits a type reference; commas inside the brackets of generic arguments do not count. */
export function parseTypeName(text: string): TypeName {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '[') depth++;
    else if (c === ']') depth = Math.max(0, depth - 1);
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  const token = parts.slice(2).map((p) => /^PublicKeyToken\s*=\s*([0-9a-f]{16})$/i.exec(p)?.[1]).find((t) => t !== undefined);
  return { type: parts[0] ?? '', assembly: parts[1] === undefined || parts[1] === '' ? null : parts[1], token: token?.toLowerCase() ?? null };
}

/** The same reference with uniform blanks, so that two spellings of one type are one key. */
export function typeKey(text: string): string {
  const { type, assembly } = parseTypeName(text);
  return assembly === null ? type : `${type}, ${assembly}`;
}
