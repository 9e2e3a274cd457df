export * from './append.ts';
export * from './event-id.ts';
export * from './file-id.ts';
export { compileFilter, type TagLookup } from './filter-sql.ts';
export * from './histogram.ts';
export { logFiles } from './log-files.ts';
export * from './requests.ts';
export { createTimelineTables, TIMELINE_TABLES } from './schema.ts';
export { Timeline, type Selection } from './timeline.ts';
