/** A preCondition attribute as the unordered set that it is; tokens are compared with case, as IIS does. */
export function preConditions(text: string | null | undefined): ReadonlySet<string> {
  return new Set((text ?? '').split(',').map((token) => token.trim()).filter((token) => token !== ''));
}

/** Whether two preCondition attributes mean the same, whatever their order. */
export function samePreConditions(a: string | null | undefined, b: string | null | undefined): boolean {
  const x = preConditions(a);
  const y = preConditions(b);
  return x.size === y.size && [...x].every((token) => y.has(token));
}
