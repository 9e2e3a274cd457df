/** Where an event lies: `fileId` names the file, `off` the byte, `seq` tells apart several events of one place. */
export interface EventKey {
  readonly fileId: bigint;
  readonly off: bigint;
  readonly seq: number;
}

const FORM = /^([0-9a-f]{12})-([0-9a-f]{12})-([0-9a-f]{6})$/;

/** The id of an event: fixed-width hex, so that ids sort as their columns do. */
export function eventId(key: EventKey): string {
  return `${hex(key.fileId, 12)}-${hex(key.off, 12)}-${hex(key.seq, 6)}`;
}

/** @returns null when the text is no id */
export function parseEventId(id: string): EventKey | null {
  const m = FORM.exec(id);
  if (m === null) return null;
  return { fileId: BigInt(`0x${m[1]}`), off: BigInt(`0x${m[2]}`), seq: Number.parseInt(m[3] ?? '', 16) };
}

/** 48 bits at most, which a number holds exactly and writes faster. */
function hex(value: bigint | number, width: number): string {
  return Number(value).toString(16).padStart(width, '0');
}
