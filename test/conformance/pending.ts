/** Cases that the engine does not conform to yet, and what it says instead. Each must still fail. */
export const PENDING: ReadonlyMap<string, string> = new Map([
]);
