import { foldCase } from '../../../shared/base/compare.ts';

export { parseGlobalAsax } from './parse.ts';

/** Bytes of one global.asax that are read. */
export const MAX_ASAX_BYTES = 4 * 1024 * 1024;

export function locateGlobalAsax(evidencePath: string): boolean {
  return /(?:^|\/)GLOBAL\.ASAX$/.test(foldCase(evidencePath));
}

/** What this artifact is, for the list of what the workbench reads. */
export const GLOBAL_ASAX = {
  id: 'global-asax',
  title: 'Application file (global.asax)',
  files: ['global.asax'],
  versions: 'ASP.NET 1.0 to 4.8',
  proves: 'That an application has event handlers of its own, which type or script holds them, at which line. It needs no line of configuration.',
  references: ['https://learn.microsoft.com/en-us/previous-versions/aspnet/2027ewzw(v=vs.100)'],
} as const;
