import fc from 'fast-check';
import { it } from 'vitest';
import { address, clock, damageProperty, maybe, number, word, type WrittenLine } from '../../helpers/log-damage.ts';

const NAMES = 'date time c-ip cs-username s-ip s-port cs-method cs-uri-stem sc-status sc-win32-status sc-substatus x-session x-fullpath'.split(' ');
const token = word.map((w) => w.replaceAll(' ', '+'));
const line: fc.Arbitrary<WrittenLine> = fc.tuple(clock, address, maybe(token), fc.constantFrom('USER', 'STOR', 'ControlChannelOpened'), maybe(token), maybe(number), fc.uuid(), maybe(token))
  .map(([time, ip, user, method, target, status, session, path]) => {
    const values = ['2026-03-20', time, ip, user, '10.0.0.5', '21', method, target, status, '0', '0', session, path];
    return { text: values.join(' '), time: `2026-03-20T${time}Z`, fields: NAMES.map((name, i) => [name, values[i] ?? ''] as const) };
  });

it('random records with random damage give back exactly the undamaged ones', () => {
  damageProperty({ format: 'ftp-log', header: `#Software: Microsoft Internet Information Services 10.0\r\n#Fields: ${NAMES.join(' ')}\r\n`, line }, 300);
}, 60_000);
