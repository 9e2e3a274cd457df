import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantText, parseInstant } from '../../../shared/time/instant.ts';
import { localTime } from '../../../shared/time/local-time.ts';

/** UTC of a clock reading. */
function utc(zone: string | null, reading: string): string {
  return instantText(localTime(zone)(parseInstant(reading) ?? 0n));
}

describe('local time', () => {
  it('is taken as UTC where nobody knows the zone', () => expect(utc(null, '2026-03-02T14:11:58')).toBe('2026-03-02T14:11:58Z'));

  it.each([
    ['+02:00', '2026-03-02T14:00:00', '2026-03-02T12:00:00Z'],
    ['UTC-5', '2026-03-02T23:00:00', '2026-03-03T04:00:00Z'],
    ['Europe/Berlin', '2026-01-15T12:00:00', '2026-01-15T11:00:00Z'],
    ['Europe/Berlin', '2026-07-15T12:00:00.5', '2026-07-15T10:00:00.5Z'],
    ['Asia/Kolkata', '2026-07-15T00:10:00', '2026-07-14T18:40:00Z'],
    ['America/New_York', '2026-07-15T22:00:00', '2026-07-16T02:00:00Z'],
    // Clocks skip 02:00..03:00: the reading is taken with the offset of winter.
    ['Europe/Berlin', '2026-03-29T01:59:59', '2026-03-29T00:59:59Z'],
    ['Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:30:00Z'],
    ['Europe/Berlin', '2026-03-29T03:00:00', '2026-03-29T01:00:00Z'],
    ['America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00Z'],
    // Clocks show 02:00..03:00 twice: the first pass.
    ['Europe/Berlin', '2026-10-25T01:59:59', '2026-10-24T23:59:59Z'],
    ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
    ['Europe/Berlin', '2026-10-25T03:00:00', '2026-10-25T02:00:00Z'],
    ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00Z'],
    // Half an hour, and a day that a whole country left out.
    ['Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00Z'],
    ['Pacific/Apia', '2011-12-31T00:30:00', '2011-12-30T10:30:00Z'],
    ['Europe/Berlin', '1601-01-01T00:00:00', '1600-12-31T23:06:32Z'],
    ['Europe/Berlin', '9999-12-31T23:59:59', '9999-12-31T22:59:59Z'],
  ])('%s shows %s at %s', (zone, reading, expected) => expect(utc(zone, reading)).toBe(expected));

  it('throws for what is no zone', () => expect(() => localTime('Mars/Olympus')).toThrow(RangeError));

  it('gives a moment at which the clock shows the reading, unless no clock ever showed it', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Tehran'];
    fc.assert(fc.property(fc.constantFrom(...zones), fc.date({ min: new Date('1995-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), (zone, date) => {
      const reading = BigInt(date.getTime()) * 10_000n;
      const moment = Number(localTime(zone)(reading) / 10_000n);
      const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
      const shown = clock.format(moment).replace(' ', 'T');
      const wanted = instantText(reading).slice(0, 19);
      // A reading inside a gap is shown as the same distance behind it.
      const skipped = [30, 60].some((m) => shown === instantText(reading + BigInt(m) * 600_000_000n).slice(0, 19));
      expect(shown === wanted || skipped, `${zone} ${wanted} ${shown}`).toBe(true);
    }), { numRuns: 400 });
  });
});
