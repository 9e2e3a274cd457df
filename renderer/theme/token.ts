/** The value of a colour token, for drawing on a canvas, which knows no CSS variables. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
