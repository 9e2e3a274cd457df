import fc from 'fast-check';
import { it } from 'vitest';
import { instantText, parseInstant } from '../../../shared/time/instant.ts';
import { address, clock, damageProperty, maybe, number, word, type WrittenLine } from '../../helpers/log-damage.ts';

const NAMES = ['c-ip', 'c-ident', 'cs-username', 'date', 'time', 'x-utc-offset', 'cs-method', 'cs-uri-stem', 'cs-uri-query', 'cs-version', 'sc-status', 'sc-bytes'];
/** Quotes and spaces in a request end nothing. */
const target = fc.oneof(word, fc.tuple(word, word).map((w) => w.join(' ')), word.map((w) => `${w}"${w}`), word.map((w) => `${w}\\"`)).map((t) => t.replaceAll('?', 'x').replaceAll(/^ +| +$/g, 'x'));
const offset = fc.constantFrom('+0000', '-0800', '+0530', '+1400');
const line: fc.Arbitrary<WrittenLine> = fc.tuple(address, maybe(word), clock, offset, fc.constantFrom('GET', 'POST'), target, fc.option(word.map((w) => w.replaceAll('?', 'x')), { nil: null }), fc.constantFrom('HTTP/1.0', 'HTTP/1.1', 'HTTP/2'), maybe(number))
  .map(([ip, user, time, zone, method, stem, query, version, sent]) => {
    const utc = instantText(parseInstant(`2026-03-20T${time}${zone}`) ?? 0n);
    const text = `${ip} - ${user} [20/Mar/2026:${time} ${zone}] "${method} ${stem}${query === null ? '' : `?${query}`} ${version}" 200 ${sent}`;
    const values = [ip, '-', user, utc.slice(0, 10), utc.slice(11, 19), zone, method, stem, query ?? '-', version, '200', sent];
    return { text, time: utc, fields: NAMES.map((name, i) => [name, values[i] ?? ''] as const) };
  });

it('random records with random damage give back exactly the undamaged ones', () => {
  damageProperty({ format: 'ncsa-log', header: '', line }, 400);
}, 60_000);
