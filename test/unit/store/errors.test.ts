import { describe, expect, it } from 'vitest';
import { StoreError, storeError } from '../../../electron/store/errors.ts';

describe('what the database says', () => {
  it.each([
    ['IO Error: Could not set lock on file "x": Conflicting lock is held in node (PID 4).', 'locked', 'conflict', false],
    ['IO Error: Could not write file "x.wal": No space left on device', 'full', 'unavailable', false],
    ['FATAL Error: Failed: database has been invalidated because of a previous fatal error. Original error: "No space left on device"', 'full', 'unavailable', true],
    ['IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2 in block at location 0', 'corrupt', 'unavailable', false],
    ['IO Error: Trying to read a database file with version number 99, but we can only read versions between 64 and 68.', 'newer', 'unavailable', false],
    ['INTERRUPT Error: Interrupted!', 'interrupted', 'cancelled', false],
    ['IO Error: Cannot open file "x": Permission denied', 'io', 'unavailable', false],
    ['INTERNAL Error: Attempted to access index 3 within vector of size 2', 'corrupt', 'unavailable', false],
    ['Parser Error: syntax error at or near "selct"', 'sql', 'bug', false],
  ])('%s', (message, kind, failure, reopen) => {
    const error = storeError(new Error(message), '/cases/x.iiscase');
    expect(error).toMatchObject({ kind, reopen, path: '/cases/x.iiscase', failure: { kind: failure } });
    if (kind !== 'sql') expect(error.message).toContain('/cases/x.iiscase');
  });

  it('is not told where it says nothing more', () => {
    const error = storeError(new Error('IO Error: The file "x.md" exists, but it is not a valid DuckDB database file!'), 'x.md', true);
    expect(error.message).toBe('x.md is damaged or is not a case file.');
  });

  it('is wrapped once, and cut to one line', () => {
    const error = new StoreError('io', 'x', 'words');
    expect(storeError(error, 'y')).toBe(error);
    expect(storeError(new Error(`Parser Error: ${'a'.repeat(5000)}\nLINE 1`), 'x').message.length).toBeLessThan(400);
  });
});
