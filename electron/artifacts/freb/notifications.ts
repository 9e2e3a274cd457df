/** Request notifications of IIS by their bit (httpserv.h, "Request deterministic notifications"); traces write number or name. */
const NOTIFICATIONS: ReadonlyMap<number, string> = new Map([
  [0x1, 'BEGIN_REQUEST'], [0x2, 'AUTHENTICATE_REQUEST'], [0x4, 'AUTHORIZE_REQUEST'], [0x8, 'RESOLVE_REQUEST_CACHE'], [0x10, 'MAP_REQUEST_HANDLER'],
  [0x20, 'ACQUIRE_REQUEST_STATE'], [0x40, 'PRE_EXECUTE_REQUEST_HANDLER'], [0x80, 'EXECUTE_REQUEST_HANDLER'], [0x100, 'RELEASE_REQUEST_STATE'],
  [0x200, 'UPDATE_REQUEST_CACHE'], [0x400, 'LOG_REQUEST'], [0x800, 'END_REQUEST'], [0x1000_0000, 'CUSTOM_NOTIFICATION'], [0x2000_0000, 'SEND_RESPONSE'],
  [0x4000_0000, 'READ_ENTITY'], [0x8000_0000, 'MAP_PATH'],
]);
const BY_NAME: ReadonlyMap<string, number> = new Map([...NOTIFICATIONS].map(([bit, name]) => [name, bit]));

/** @returns name and bit; a number that is no notification keeps its digits as the name, and has no bit */
export function notificationOf(written: string, shown: string | undefined): { readonly name: string; readonly number: number | null } {
  for (const text of [shown?.trim() ?? '', written.trim()]) {
    const named = BY_NAME.get(text);
    if (named !== undefined) return { name: text, number: named };
  }
  const number = /^\d{1,10}$/.test(written.trim()) ? Number(written.trim()) : -1;
  const name = NOTIFICATIONS.get(number);
  return name === undefined ? { name: (shown ?? written).trim(), number: null } : { name, number };
}
