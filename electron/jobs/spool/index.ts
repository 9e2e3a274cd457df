export * from './ingest.ts';
export { SEGMENT_BYTES, type SpoolSource } from './protocol.ts';
export { pumpStream } from './source.ts';
export { createSpooler, LogUnreadable, type LogLoader } from './spooler.ts';
