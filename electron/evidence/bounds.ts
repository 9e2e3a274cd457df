/** Names listed from one source; behind it the listing stops and says so. A full Windows volume has under 1,000,000. */
export const MAX_ENTRIES = 2_000_000;

/** Longest chunk that a stream hands out, in bytes. */
export const CHUNK = 1024 * 1024;

/** A compressed entry up to this size is kept in memory for random access; above it a cursor moves through it. */
export const MAX_CACHED_ENTRY = 32 * 1024 * 1024;

/** An entry that grows by more than this is treated as a bomb above `MAX_SUSPECT_OUTPUT`. Real logs reach about 50. */
export const MAX_RATIO = 100;

/** Bytes that are still read from an entry whose ratio is above `MAX_RATIO`. */
export const MAX_SUSPECT_OUTPUT = 64 * 1024 * 1024;

/** Names that are listed of an archive inside the evidence. */
export const MAX_MEMBERS = 20_000;
