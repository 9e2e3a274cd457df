import { parentPort } from 'node:worker_threads';
import { Dictionary } from './dictionary.ts';
import type { Bundle, Segment } from '../../timeline/spool-format.ts';
import { readBundles } from './bundle.ts';
import { MAX_WAITING, type FromWorker, type SpoolSource, type ToWorker } from './protocol.ts';
import { readLog, readRange, removeFiles, startOfRange } from './read-log.ts';
import { newColumns } from './row-writer.ts';
import { openSource, SourceUnreadable } from './source.ts';

/** Entry of a spool worker: reads one log after the other, at most MAX_WAITING segments ahead of the database. */
const port = parentPort;
if (port === null) throw new Error('This file runs in a worker only.');

/** What messages change while a log is read. */
const now = { waiting: 0, stopped: false, wake: (): void => undefined, source: null as SpoolSource | string | null };

type Reading = Extract<ToWorker, { kind: 'read' | 'read-bundle' }>;

/** Spans all logs that this worker reads. */
const dictionary = new Dictionary();
const columns = newColumns();
let store = '';

const send = (message: FromWorker): void => port.postMessage(message);

port.on('message', (message: ToWorker) => {
  if (message.kind === 'read' || message.kind === 'read-bundle') {
    // Texts that are not in this store, for whatever reason, are not counted on.
    if (now.waiting > 0 || store !== message.store) dictionary.startEpoch();
    store = message.store;
    now.waiting = 0;
    now.stopped = false;
    now.source = null;
    void work(message);
  } else {
    if (message.kind === 'loaded') now.waiting -= 1;
    else if (message.kind === 'source') now.source = message.source;
    else now.stopped = true;
    now.wake();
  }
});

async function work(request: Reading): Promise<void> {
  try {
    for await (const message of messagesOf(request)) {
      const { part } = message;
      if (now.stopped) {
        removeFiles(part);
        break;
      }
      send(message.kind === 'segment' ? { kind: 'segment', segment: message.part } : { kind: 'bundle', bundle: message.part });
      now.waiting += 1;
      while (now.waiting >= MAX_WAITING && !now.stopped && !message.last) await new Promise<void>((resolve) => (now.wake = resolve));
      if (now.stopped) break;
    }
    send({ kind: now.stopped ? 'stopped' : 'done' });
  } catch (error) {
    if (now.stopped) send({ kind: 'stopped' });
    else if (error instanceof SourceUnreadable) send({ kind: 'failed', message: error.message });
    else throw error;
  }
}

/** What is read, as it is sent. `last`: nothing else needs memory after it. */
type Part = { readonly kind: 'segment'; readonly part: Segment; readonly last: boolean } | { readonly kind: 'bundle'; readonly part: Bundle; readonly last: boolean };

async function* messagesOf(request: Reading): AsyncGenerator<Part> {
  if (request.kind === 'read') {
    for await (const part of segmentsOf(request)) yield { kind: 'segment', part, last: part.end !== null };
  } else {
    for await (const part of readBundles(request.logs, openWanted, { ...request, dictionary, columns })) yield { kind: 'bundle', part, last: false };
  }
}

async function openWanted(log: number): Promise<AsyncIterable<Uint8Array>> {
  now.source = null;
  send({ kind: 'want', log });
  while (now.source === null && !now.stopped) await new Promise<void>((resolve) => (now.wake = resolve));
  const { source } = now as { source: SpoolSource | string | null };
  if (source === null) throw new Stopped();
  if (typeof source === 'string') throw new SourceUnreadable(source);
  return heeding(openSource(source));
}

function segmentsOf(request: Extract<ToWorker, { kind: 'read' }>): AsyncGenerator<Segment> {
  const { source, state, range } = request;
  const options = { ...request, dictionary, columns };
  if (range === null) return readLog(heeding(openSource(source)), state, options);
  return readRange(heeding(openSource(source, startOfRange(state, range.exact))), state, range, options);
}

/** Nobody waits for the rest any more. */
class Stopped extends Error {}

/** Lets messages in between two chunks, so that a stop is heard within milliseconds. */
async function* heeding(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    if (now.stopped) throw new Stopped();
    yield chunk;
  }
}
