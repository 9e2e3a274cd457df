import { instantText, msFromTicks, parseInstant, type InstantText } from './instant.ts';

/** How moments are shown. `utc` is the default; a fixed offset in minutes east is for reading beside local logs. */
export type Zone = { readonly kind: 'utc' } | { readonly kind: 'offset'; readonly minutes: number };

export const UTC: Zone = { kind: 'utc' };

const ZONE = /^(?:UTC|Z)?(?:([+-])(\d{1,2})(?::?(\d\d))?)?$/i;

/** `UTC`, `+02:00`, `UTC-5`. @returns null when it is none of these. */
export function parseZone(text: string): Zone | null {
  const m = ZONE.exec(text.trim());
  if (!m) return null;
  if (m[1] === undefined) return UTC;
  const minutes = Number(m[2]) * 60 + Number(m[3] ?? '0');
  if (minutes > 14 * 60) return null;
  return minutes === 0 ? UTC : { kind: 'offset', minutes: m[1] === '-' ? -minutes : minutes };
}

export function zoneText(zone: Zone): string {
  if (zone.kind === 'utc') return 'UTC';
  const m = Math.abs(zone.minutes);
  return `UTC${zone.minutes < 0 ? '-' : '+'}${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
}

/** For a table cell: `2026-03-02 14:11:58.25`, in the zone that the screen names. */
export function instantInZone(text: InstantText, zone: Zone): string {
  const t = parseInstant(text);
  if (t === null) return text;
  const shift = zone.kind === 'utc' ? 0n : BigInt(zone.minutes) * 600_000_000n;
  return instantText(t + shift).replace('T', ' ').replace('Z', '');
}

export function msOfInstant(text: InstantText): number | null {
  const t = parseInstant(text);
  return t === null ? null : msFromTicks(t);
}

/** Whether a text names a zone: an offset as `parseZone` takes it, or a name of the IANA database (`Europe/Berlin`). */
export function isZone(text: string): boolean {
  if (parseZone(text) !== null) return text.trim() !== '';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
