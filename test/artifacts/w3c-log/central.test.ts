import { describe, expect, it } from 'vitest';
import { NO_OPTIONS, READER_START } from '../../../electron/artifacts/kit/log-lines.ts';
import { w3cLines } from '../../../electron/artifacts/kit/w3c-lines.ts';
import { readLogBytes } from '../../helpers/log-bytes.ts';

const SITES = new Map([[1, 'Default Web Site'], [2, 'Shop']]);
const FIELDS = '#Fields: date time s-sitename cs-method cs-uri-stem sc-status\r\n';
const LOG = Buffer.from(FIELDS + ['W3SVC1', 'W3SVC2', 'W3SVC33', '-', 'w3svc2'].map((site) => `2026-03-02 14:00:01 ${site} GET / 200\r\n`).join(''));

describe('a log of all sites', () => {
  it('says the site of each row by the number in it; what nobody named stays as written', () => {
    const { rows } = readLogBytes('w3c-log', LOG, { sites: SITES });
    expect(rows.map((r) => r.site)).toEqual(['Default Web Site', 'Shop', 'W3SVC33', null, 'Shop']);
    // The value itself is not lost.
    expect(rows.map((r) => r.fields[2])).toEqual(['W3SVC1', 'W3SVC2', 'W3SVC33', '-', 'w3svc2'].map((v) => ['s-sitename', v]));
  });

  it('of one site leaves the site to the file', () => {
    expect(readLogBytes('w3c-log', LOG).rows.map((r) => r.site)).toEqual([null, null, null, null, null]);
  });

  it('is copied as plain lines all the same: the layout says where the name to be looked up stands', () => {
    const plain = (fields: readonly string[]): number | undefined => w3cLines({ ...NO_OPTIONS, sites: SITES }, { ...READER_START, fields }).plain?.siteAt;
    expect(plain(['date', 'time', 's-sitename'])).toBe(2);
    expect(plain(['date', 'time', 'cs-method'])).toBe(-1);
  });
});
