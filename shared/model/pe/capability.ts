import { z } from 'zod';

/** Where a capability is to be seen: a file offset, a metadata token, or both; `constant` is the value that stands there. */
export const Proof = z.object({ offset: z.number().int().optional(), token: z.string().optional(), constant: z.string().optional() });
export type Proof = z.infer<typeof Proof>;

/** Something that the code can see, change or do, as far as its bytes show it. It may be unused code. */
export const Capability = z.object({
  /** Stable, lower case: `sees-basic-passwords`, `changes-log-row`, `starts-processes`. */
  id: z.string(),
  /** In plain words: `sees passwords of Basic authentication`. */
  what: z.string(),
  proof: Proof,
  /** Groups for the screen: `requests` (which requests it is called for), `sees`, `changes`, `system`, `hides`, `limits` (what could not be recovered). */
  group: z.enum(['requests', 'sees', 'changes', 'system', 'hides', 'limits']).default('system'),
});
export type Capability = z.infer<typeof Capability>;
