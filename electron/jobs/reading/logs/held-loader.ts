import type { LogLoader } from '../../spool/index.ts';
import type { Steering } from '../steering.ts';

/** A loader whose next segment comes only while the reading is not held: what is under way is finished, nothing new begins. */
export function heldLoader(loader: LogLoader, steering: Steering, always: AbortSignal): LogLoader {
  async function* held<T>(parts: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
    for await (const part of parts) {
      await steering.held(signal ?? always);
      yield part;
    }
  }
  const bundles = loader.bundles?.bind(loader);
  return {
    segments: (request, signal) => held(loader.segments(request, signal), signal),
    ...(bundles === undefined ? {} : { bundles: (request, source, signal) => held(bundles(request, source, signal), signal) }),
    close: () => loader.close(),
  };
}
