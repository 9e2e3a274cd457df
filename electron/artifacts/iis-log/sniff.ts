import { headLines } from '../kit/log-head.ts';
import { dateOfLine } from './parse.ts';

/** Whether one of the first lines of a file is a line of the IIS log file format. */
export function sniff(head: Uint8Array): boolean {
  return headLines(head).some((line) => dateOfLine(line) !== null);
}
