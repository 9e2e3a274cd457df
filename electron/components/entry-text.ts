/**
 * Reads one attribute of an entry that is written as a line of text, `name="X" image="C:\x.dll"`; quotes of either
 * kind, or none up to the next blank.
 * @returns null when the entry does not have it.
 */
export function entryAttribute(entry: string, name: string): string | null {
  const m = new RegExp(`(?:^|[\\s<,])${name}=(?:"([^"]*)"|'([^']*)'|([^\\s,]+))`).exec(entry);
  return m === null ? null : (m[1] ?? m[2] ?? m[3] ?? null);
}
