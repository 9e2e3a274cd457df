import path from 'node:path';
import type { CaseOptions } from '../../../electron/case/case-file.ts';
import type { Table } from '../../../electron/store/ddl.ts';

/** A table that another part of the program would bring. */
export const NOISE: Table = { name: 'noise', columns: { n: 'BIGINT', words: 'VARCHAR' } };

/** Settings of a small case whose clock moves one second with every look. */
export function caseOptions(file: string): CaseOptions {
  let seconds = 0;
  return {
    tempDirectory: path.join(path.dirname(file), 'tmp'), allowedDirectories: [], memoryLimitMb: 256, threads: 1, tool: 'iisight test', evidenceRoots: [],
    now: () => `2026-03-02T10:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${String(seconds++ % 60).padStart(2, '0')}Z`,
  };
}
