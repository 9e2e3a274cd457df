import type { PeFacts } from '../../../shared/model/pe/index.ts';
import { LimitReached } from '../kit/findings.ts';
import { directory } from './headers.ts';
import type { Image } from './image.ts';

const MAX_ENTRIES = 1024;
const MAX_NAME = 512;
const ENTRY = 8;

/** Bound imports (IMAGE_BOUND_IMPORT_DESCRIPTOR in winnt.h): the DLLs whose addresses were filled in ahead, with their stamps. */
export function readBoundImports(image: Image, out: PeFacts['boundImports']): void {
  const entry = directory(image.headers, 'boundImports');
  if (!entry) return;
  const { view, map, problems } = image;
  const start = map.offset(entry.rva);
  if (start === null) {
    problems.add('malformed', 'the bound imports lie in no part of the file', entry.at);
    return;
  }
  // Names are counted from the beginning of the directory.
  const name = (at: number): string => image.text(start + view.u16(at + 4), MAX_NAME);
  problems.guard('bound imports', start, () => {
    let left = MAX_ENTRIES;
    const take = (): void => {
      left -= 1;
      if (left < 0) throw new LimitReached(`more than ${MAX_ENTRIES} entries`);
    };
    for (let at: number = start; view.u32(at) !== 0 || view.u32(at + 4) !== 0; ) {
      take();
      const bound: PeFacts['boundImports'][number] = { dll: name(at), timestamp: view.u32(at), offset: at, forwarders: [] };
      out.push(bound);
      const forwarders = view.u16(at + 6);
      for (let i = 1; i <= forwarders; i++) {
        take();
        bound.forwarders.push({ dll: name(at + i * ENTRY), timestamp: view.u32(at + i * ENTRY) });
      }
      at += (1 + forwarders) * ENTRY;
    }
  });
}
