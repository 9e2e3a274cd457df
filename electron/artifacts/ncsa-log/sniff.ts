import { headLines } from '../kit/log-head.ts';
import { parseNcsaLine } from './parse.ts';

/** Whether one of the first lines of a file is a line of the NCSA Common log format. */
export function sniff(head: Uint8Array): boolean {
  return headLines(head).some((line) => parseNcsaLine(line, (reading) => reading, false).ok);
}
