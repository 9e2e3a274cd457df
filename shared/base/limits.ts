/** The longest slice of evidence text that any message may quote, in UTF-16 units. */
export const MAX_QUOTE = 200;

/** Cuts text for a message and says so, so that a 10 MB attribute cannot become a 10 MB sentence. */
export function quote(text: string, max: number = MAX_QUOTE): string {
  return text.length <= max ? text : `${text.slice(0, max)}... (${text.length} characters)`;
}
