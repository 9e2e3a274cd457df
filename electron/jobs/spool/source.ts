import { constants, promises as fs, readSync } from 'node:fs';
import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import type { ChunkAnswer, SpoolSource } from './protocol.ts';

const CHUNK = 1024 * 1024;

/** The bytes cannot be read, or changed while they were read; the message is for a person. */
export class SourceUnreadable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SourceUnreadable';
  }
}

/**
 * The bytes of a log from `from` on, in pieces that are valid until the next one is asked for.
 * @throws SourceUnreadable
 */
export function openSource(source: SpoolSource, from = 0): AsyncIterable<Uint8Array> {
  return source.kind === 'file' ? readFile(source.path, from) : behind(readPort(source.port), from);
}

async function* behind(chunks: AsyncIterable<Uint8Array>, from: number): AsyncGenerator<Uint8Array> {
  let rest = from;
  for await (const chunk of chunks) {
    if (rest < chunk.length) yield chunk.subarray(rest);
    rest = Math.max(0, rest - chunk.length);
  }
}

/** No link is followed at the last step, and nothing but a plain file is read: a FIFO would block for ever. */
async function* readFile(path: string, from: number): AsyncGenerator<Uint8Array> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await fs.open(path, flags).catch((error: NodeJS.ErrnoException) => {
    throw new SourceUnreadable(`the log cannot be opened (${error.code ?? 'unknown error'})`);
  });
  try {
    const before = await handle.stat({ bigint: true });
    if (!before.isFile()) throw new SourceUnreadable('the log is not a plain file');
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    for (let at = from; ; ) {
      const bytes = readSome(handle.fd, buffer, at);
      if (bytes === 0) break;
      at += bytes;
      yield buffer.subarray(0, bytes);
    }
    const after = await handle.stat({ bigint: true });
    if (after.size !== before.size || after.mtimeNs !== before.mtimeNs) throw new SourceUnreadable('the log changed while it was read');
  } finally {
    await handle.close();
  }
}

function readSome(fd: number, buffer: Uint8Array, at: number): number {
  try {
    return readSync(fd, buffer, 0, buffer.length, at);
  } catch (error) {
    throw new SourceUnreadable(`the log cannot be read on (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
  }
}

async function* readPort(port: MessagePort): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const answered = once(port, 'message') as Promise<[ChunkAnswer]>;
      port.postMessage('next');
      const [answer] = await answered;
      if ('error' in answer) throw new SourceUnreadable(answer.error);
      if ('end' in answer) return;
      yield answer.chunk;
    }
  } finally {
    port.close();
  }
}

/**
 * The engine's end of a stream port: answers each question with the next chunk. Resolves when the port is closed.
 * @param chunks opened from the evidence; `why` turns its error into a sentence
 */
export function pumpStream(port: MessagePort, chunks: AsyncIterable<Uint8Array>, why: (error: unknown) => string): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  port.on('message', () => {
    iterator.next().then(
      (step) => {
        // A copy: the source may use its buffer again for the next chunk.
        const answer: ChunkAnswer = step.done === true ? { end: true } : { chunk: Uint8Array.from(step.value) };
        port.postMessage(answer, 'chunk' in answer ? [answer.chunk.buffer as ArrayBuffer] : []);
      },
      (error: unknown) => port.postMessage({ error: why(error) } satisfies ChunkAnswer),
    );
  });
  return new Promise((resolve) => {
    port.on('close', () => {
      void iterator.return?.();
      resolve();
    });
  });
}
