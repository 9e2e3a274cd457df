import type { LogLoader } from '../../spool/index.ts';
import type { Steering } from '../steering.ts';

/** A loader whose next segment comes only while the reading is not held: what is under way is finished, nothing new begins. */
export function heldLoader(loader: LogLoader, steering: Steering, always: AbortSignal): LogLoader {
  return {
    async *segments(request, signal) {
      for await (const segment of loader.segments(request, signal)) {
        await steering.held(signal ?? always);
        yield segment;
      }
    },
    close: () => loader.close(),
  };
}
