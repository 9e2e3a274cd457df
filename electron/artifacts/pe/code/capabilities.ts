import type { Capability, PeFacts } from '../../../../shared/model/pe/index.ts';
import type { Image } from '../image.ts';

/** What the code can see, change and do, as far as imports, exports, metadata and a bounded look at the code show it. */
export function readCapabilities(_image: Image, _facts: PeFacts): Capability[] {
  return [];
}
