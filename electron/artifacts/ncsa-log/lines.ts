import { localTime } from '../../../shared/time/local-time.ts';
import { READER_START, type LineOptions, type LineReader, type LineResult } from '../kit/log-lines.ts';
import { parseNcsaLine } from './parse.ts';

/** Reads the lines of one NCSA log: each line says everything itself. */
export function ncsaLines(options: LineOptions): LineReader {
  const toUtc = localTime(options.zone);
  return {
    state: READER_START,
    directives: false,
    ready: true,
    plain: null,
    begin: () => undefined,
    directive: () => null,
    line: (line: Uint8Array, torn: boolean): LineResult => parseNcsaLine(line, toUtc, torn),
  };
}
