export * from './ingest.ts';
export { ingestSmall } from './ingest-small.ts';
export { SEGMENT_BYTES, type SpoolSource } from './protocol.ts';
export { pumpStream } from './source.ts';
export { createSpooler, LogUnreadable, type LogLoader } from './spooler.ts';
