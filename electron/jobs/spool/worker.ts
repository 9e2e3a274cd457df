import { parentPort } from 'node:worker_threads';
import { Dictionary } from './dictionary.ts';
import type { Segment } from '../../timeline/spool-format.ts';
import { MAX_WAITING, type FromWorker, type ToWorker } from './protocol.ts';
import { readLog, readRange, removeFiles, startOfRange } from './read-log.ts';
import { openSource, SourceUnreadable } from './source.ts';

/** Entry of a spool worker: reads one log after the other, at most MAX_WAITING segments ahead of the database. */
const port = parentPort;
if (port === null) throw new Error('This file runs in a worker only.');

/** What messages change while a log is read. */
const now = { waiting: 0, stopped: false, wake: (): void => undefined };

/** Spans all logs that this worker reads. */
const dictionary = new Dictionary();
let store = '';

const send = (message: FromWorker): void => port.postMessage(message);

port.on('message', (message: ToWorker) => {
  if (message.kind === 'read') {
    // Texts that are not in this store, for whatever reason, are not counted on.
    if (now.waiting > 0 || store !== message.store) dictionary.startEpoch();
    store = message.store;
    now.waiting = 0;
    now.stopped = false;
    void work(message);
  } else {
    if (message.kind === 'loaded') now.waiting -= 1;
    else now.stopped = true;
    now.wake();
  }
});

async function work(request: Extract<ToWorker, { kind: 'read' }>): Promise<void> {
  try {
    for await (const segment of segmentsOf(request)) {
      if (now.stopped) {
        removeFiles(segment);
        break;
      }
      send({ kind: 'segment', segment });
      now.waiting += 1;
      while (now.waiting >= MAX_WAITING && !now.stopped && segment.end === null) await new Promise<void>((resolve) => (now.wake = resolve));
      if (now.stopped) break;
    }
    send({ kind: now.stopped ? 'stopped' : 'done' });
  } catch (error) {
    if (now.stopped) send({ kind: 'stopped' });
    else if (error instanceof SourceUnreadable) send({ kind: 'failed', message: error.message });
    else throw error;
  }
}

function segmentsOf(request: Extract<ToWorker, { kind: 'read' }>): AsyncGenerator<Segment> {
  const { source, state, range } = request;
  const options = { ...request, dictionary };
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
