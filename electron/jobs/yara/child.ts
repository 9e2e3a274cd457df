// One process (or, where a host starts no processes of Node, one thread) that compiles and runs rules of the analyst: code of
// strangers over files of strangers. It opens nothing, writes nothing and is ended from outside when it takes too long.
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { type FromChild, MAX_HEAP, MAX_RULES, MAX_STRINGS, type RawMatch, type ToChild } from './protocol.ts';

/** What libyara-wasm gives back: lists of its own heap, read one by one. */
interface Listed<T> { size(): number; get(index: number): T; delete?(): void }
interface Match { readonly ruleName: string; readonly resolvedMatches: Listed<{ readonly location: number; readonly matchLength: number; readonly stringIdentifier: string }>; readonly metadata: Listed<{ readonly identifier: string; readonly data: string }> }
interface Ran { readonly compileErrors: Listed<{ readonly message: string; readonly lineNumber: number; readonly warning: boolean }>; readonly matchedRules: Listed<Match>; delete?(): void }
interface Engine { run(bytes: Uint8Array, rules: Uint8Array): Ran; readonly HEAPU8: Uint8Array }

/** The memory of WebAssembly as far as it is needed here; Node has it, its types are those of a browser. */
interface Memory { readonly buffer: ArrayBuffer; grow(pages: number): number }
const PAGE = 65_536;

/** Growing beyond the bound fails as it would on a machine without the memory. */
function boundHeap(): void {
  const { Memory: { prototype } } = Reflect.get(globalThis, 'WebAssembly') as { readonly Memory: { readonly prototype: Memory } };
  // Called with the memory that grows: the prototype's own function is kept for that.
  const grow = Reflect.get(prototype, 'grow') as (this: Memory, pages: number) => number;
  prototype.grow = function bounded(this: Memory, pages: number): number {
    if (this.buffer.byteLength + pages * PAGE > MAX_HEAP) throw new RangeError('the heap has reached its bound');
    return grow.call(this, pages);
  };
}

let texts: readonly Uint8Array[] = [];
let engine: Promise<Engine> | null = null;

function loaded(): Promise<Engine> {
  if (engine === null) {
    boundHeap();
    const start = createRequire(import.meta.url)('libyara-wasm') as (options: { print(): void; printErr(): void }) => Promise<Engine>;
    engine = start({ print: () => undefined, printErr: () => undefined });
  }
  return engine;
}

async function answer(message: ToChild): Promise<FromChild> {
  const yara = await loaded();
  if (message.kind === 'rules') {
    texts = message.texts.map((text) => Buffer.from(text, 'utf8'));
    return { kind: 'ready' };
  }
  if (message.kind === 'check') return { kind: 'checked', errors: check(yara, message.text), memory: yara.HEAPU8.length };
  return { kind: 'scanned', matches: texts.map((text) => scan(yara, message.bytes, text)), memory: yara.HEAPU8.length };
}

/** Compiling needs something to search: zeros, so that a test of the first bytes is false and not undefined. */
const NOTHING = Buffer.alloc(64);

/** At most 20 faults of a source text, warnings left out. */
function check(yara: Engine, text: string): { line: number; message: string }[] {
  const ran = yara.run(NOTHING, Buffer.from(text, 'utf8'));
  const errors = listed(ran.compileErrors, 1000).filter((e) => !e.warning).slice(0, 20).map((e) => ({ line: e.lineNumber, message: e.message.slice(0, 300) }));
  ran.delete?.();
  return errors;
}

function scan(yara: Engine, bytes: Uint8Array, text: Uint8Array): RawMatch[] {
  const ran = yara.run(bytes, text);
  const matches = listed(ran.matchedRules, MAX_RULES).map(({ ruleName, resolvedMatches, metadata }) => ({
    rule: ruleName,
    meta: listed(metadata, 50).map((m) => ({ name: m.identifier.slice(0, 100), value: m.data.slice(0, 1000) })),
    strings: listed(resolvedMatches, MAX_STRINGS).map((m) => ({ id: m.stringIdentifier, offset: m.location, length: m.matchLength })),
    capped: resolvedMatches.size() > MAX_STRINGS,
  }));
  ran.delete?.();
  return matches;
}

function listed<T>(list: Listed<T>, most: number): T[] {
  return Array.from({ length: Math.min(list.size(), most) }, (_, i) => list.get(i));
}

const send = (message: FromChild): void => {
  if (parentPort !== null) parentPort.postMessage(message);
  else process.send?.(message);
};

function take(message: ToChild): void {
  answer(message).then(send, (error: unknown) => {
    // After an abort the engine's heap is of no more use: whoever asked starts another child.
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
}

if (parentPort !== null) parentPort.on('message', take);
else process.on('message', (message) => take(message as ToChild));
// The engine went away: nobody is left to answer.
process.on('disconnect', () => process.exit(0));
