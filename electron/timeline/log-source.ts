import type { EventSource, TimeMeaning } from '../../shared/model/index.ts';

/** What `request.source` says, by its number. */
export const LOG_SOURCES = ['iis-log', 'httperr', 'ftp-log'] as const satisfies readonly EventSource[];

/** What the moment of a row of each source means. */
export const LOG_MEANINGS: readonly TimeMeaning[] = ['request-finished', 'request-failed-in-http-sys', 'ftp-command-finished'];
