import { describe, expect, it } from 'vitest';
import { dateOrder, writtenDate } from '../../../electron/artifacts/iis-log/dates.ts';

/** The order that one date and a name prove. */
function orderOf(date: string, name: string): string | null {
  const written = writtenDate(date);
  return written === null ? null : dateOrder([written], name);
}

describe('the order of dates by the name of a log', () => {
  it('is proved by a month although it is a short one', () => {
    // The third of February, or the second of March: the name says February, by the day or by the week.
    expect(orderOf('2/3/2026', 'in260203.log')).toBe('mdy');
    expect(orderOf('3/2/2026', 'in260203.log')).toBe('dmy');
    expect(orderOf('12/1/2026', 'in261201.log')).toBe('mdy');
  });
  it('is assumed where both orders lie in the month', () => expect(orderOf('2/2/2026', 'in260202.log')).toBe('mdy?'));
});
