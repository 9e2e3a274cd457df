import type { PeFacts } from '../../../shared/model/pe/index.ts';
import { type Va, va } from '../kit/bytes.ts';
import { LimitReached } from '../kit/findings.ts';
import { directory } from './headers.ts';
import type { Image } from './image.ts';

const MAX_CALLBACKS = 256;

/**
 * TLS directory (PE format, ".tls"): the functions that Windows calls before the entry point and for every thread. The
 * directory holds virtual addresses; what is returned are RVAs.
 */
export function readTls(image: Image): PeFacts['tls'] {
  const entry = directory(image.headers, 'tls');
  if (!entry) return null;
  const { view, map, headers, problems } = image;
  const offset = map.offset(entry.rva);
  if (offset === null) {
    problems.add('malformed', 'the TLS directory lies in no section', entry.at);
    return null;
  }
  const tls = { offset, callbacks: [] as number[] };
  problems.guard('TLS directory', offset, () => {
    const wide = headers.plus ? 8 : 4;
    const read = (at: number): Va => va(headers.plus ? view.u64(at) : BigInt(view.u32(at)));
    const pointer = read(offset + 3 * wide);
    if (pointer === 0n) return;
    const rva = map.rvaOf(pointer);
    const start = rva === null ? null : map.offset(rva);
    if (start === null || rva === null) {
      problems.add('malformed', 'the list of TLS callbacks lies in no section', offset + 3 * wide);
      return;
    }
    for (let i = 0; ; i++) {
      const at = start + i * wide;
      if ((i + 1) * wide > map.available(rva)) return;
      const callback = read(at);
      if (callback === 0n) return;
      if (i >= MAX_CALLBACKS) throw new LimitReached(`more than ${MAX_CALLBACKS} callbacks`);
      const target = map.rvaOf(callback);
      if (target === null) problems.add('malformed', `a TLS callback at 0x${callback.toString(16)} lies outside the image`, at);
      else tls.callbacks.push(target);
    }
  });
  return tls;
}
