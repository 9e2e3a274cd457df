import fc from 'fast-check';
import { describe, it } from 'vitest';
import { address, clock, damageProperty, maybe, word, type WrittenLine } from '../../helpers/log-damage.ts';

const BEFORE = ['date', 'time', 'c-ip', 'c-port', 's-ip', 's-port', 'cs-version', 'cs-method'];
const port = fc.integer({ min: 1, max: 65_535 }).map(String);
const token = word.map((w) => w.replaceAll(' ', '+'));
const url = fc.oneof(fc.constant(['-', null] as const), fc.tuple(token.map((w) => w.replaceAll('?', 'x')), fc.option(token, { nil: null })));
const reason = fc.constantFrom('AppOffline', 'N/A', 'URL', 'Timer_ConnectionIdle', 'Connection_Abandoned_By_ReqQueue', 'BadRequest');

/** @param behind names behind the URL, as `#Fields` or the documented order has them */
function lines(behind: readonly string[]): fc.Arbitrary<WrittenLine> {
  return fc.tuple(clock, address, port, port, maybe(fc.constantFrom('HTTP/1.1', 'HTTP/2.0', 'HTTP/?.?')), maybe(fc.constantFrom('GET', 'POST', 'PROPFIND')), url, maybe(fc.nat(99).map(String)), maybe(fc.constantFrom('400', '503')), maybe(fc.nat(9).map(String)), reason, maybe(token))
    .map(([time, ip, from, to, version, method, [stem, query], stream, status, site, why, queue]) => {
      const values = ['2026-03-20', time, ip, from, '10.0.0.5', to, version, method];
      const named = new Map([['streamid', stream], ['sc-status', status], ['s-siteid', site], ['s-reason', why], ['s-queuename', queue]]);
      const rest = behind.map((name) => named.get(name) ?? '-');
      const text = [...values, query === null ? stem : `${stem}?${query}`, ...rest].join(' ');
      const fields = [...BEFORE.map((name, i) => [name, values[i] ?? ''] as const), ['cs-uri-stem', stem] as const, ['cs-uri-query', query ?? '-'] as const, ...behind.map((name, i) => [name, rest[i] ?? ''] as const)];
      return { text, time: `2026-03-20T${time}Z`, fields };
    });
}

const header = (behind: readonly string[]): string => `#Software: Microsoft HTTP API 2.0\r\n#Fields: ${[...BEFORE, 'cs-uri', ...behind].join(' ')}\r\n`;
const QUEUE = ['sc-status', 's-siteid', 's-reason', 's-queuename'];

describe('random records with random damage give back exactly the undamaged ones', () => {
  it('by #Fields', () => damageProperty({ format: 'httperr-log', header: header(QUEUE), line: lines(QUEUE) }, 300), 60_000);
  it('by #Fields with a stream', () => damageProperty({ format: 'httperr-log', header: header(['streamid', ...QUEUE]), line: lines(['streamid', ...QUEUE]) }, 200), 60_000);
  it('where every line lost its queue', () => damageProperty({ format: 'httperr-log', header: header(QUEUE), line: lines(QUEUE.slice(0, 3)) }, 200), 60_000);
  it('by the documented order', () => damageProperty({ format: 'httperr-log', header: '', line: lines(QUEUE) }, 200), 60_000);
});
