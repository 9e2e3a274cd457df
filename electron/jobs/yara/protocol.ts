/** Rules that are compiled together, and where each stands. */
export interface Batch { readonly text: string; readonly rules: ReadonlyMap<string, { readonly file: string; readonly tags: readonly string[] }> }

/** What the child is asked. `rules` comes first and stays. */
export type ToChild =
  | { readonly kind: 'check'; readonly text: string }
  | { readonly kind: 'rules'; readonly texts: readonly string[] }
  | { readonly kind: 'scan'; readonly bytes: Uint8Array };

export interface RawMatch {
  readonly rule: string;
  readonly meta: readonly { readonly name: string; readonly value: string }[];
  readonly strings: readonly { readonly id: string; readonly offset: number; readonly length: number }[];
  readonly capped: boolean;
}

export interface CompileError { readonly line: number; readonly message: string }

/** `memory`: bytes of the engine's heap, which never gets smaller. `scanned`: matches by batch. */
export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'checked'; readonly errors: readonly CompileError[]; readonly memory: number }
  | { readonly kind: 'scanned'; readonly matches: readonly (readonly RawMatch[])[]; readonly memory: number }
  | { readonly kind: 'failed'; readonly message: string };

/** Strings of one rule and rules of one file that are told; what is beyond says only that there is more. */
export const MAX_STRINGS = 100;
export const MAX_RULES = 500;
/** Bytes that the engine's heap may have. */
export const MAX_HEAP = 768 * 1024 * 1024;
