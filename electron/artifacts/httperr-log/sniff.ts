import { headFields, headLines } from '../kit/log-head.ts';
import { parseErrorLine } from './parse.ts';

/** Whether the start of a file looks like an error log of HTTP.sys: by its `#Fields`, or a line in the documented order. */
export function sniff(head: Uint8Array): boolean {
  const names = headFields(head);
  if (names !== null) return names.includes('s-reason');
  return headLines(head).some((line) => parseErrorLine(line, null, null, false).ok);
}
