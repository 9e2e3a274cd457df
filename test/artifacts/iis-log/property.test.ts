import fc from 'fast-check';
import { it } from 'vitest';
import { address, clock, damageProperty, maybe, number, word, type WrittenLine } from '../../helpers/log-damage.ts';

const NAMES = ['c-ip', 'cs-username', 'date', 'time', 's-sitename', 's-computername', 's-ip', 'time-taken', 'cs-bytes', 'sc-bytes', 'sc-status', 'sc-win32-status', 'cs-method', 'cs-uri-stem', 'cs-uri-query'];
/** Commas without a space behind them separate nothing. */
const commas = fc.tuple(word, word).map((w) => w.join(','));
const line: fc.Arbitrary<WrittenLine> = fc.tuple(address, maybe(word), clock, word, maybe(number), number, maybe(number), fc.constantFrom('GET', 'POST', 'RPC_IN_DATA'), fc.oneof(word, commas), maybe(fc.oneof(word, commas)))
  .map(([ip, user, time, server, taken, received, sent, method, target, query]) => {
    const values = [ip, user, '2026-03-20', time, 'W3SVC2', server, '10.0.0.5', taken, received, sent, '200', '0', method, target, query];
    const text = `${values.map((v, i) => (i === 2 ? '03/20/26' : v)).join(', ')},`;
    return { text, time: `2026-03-20T${time}Z`, fields: NAMES.map((name, i) => [name, values[i] ?? ''] as const) };
  });

it('random records with random damage give back exactly the undamaged ones', () => {
  damageProperty({ format: 'iis-log', header: '', line, options: { name: 'in260320.log' } }, 400);
}, 60_000);
