import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeTerm, parseFilter, typingAt, withChoice } from '../../../shared/query/index.ts';
import { everyFilter } from './arbitrary.ts';

const words = (text: string): string => {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.fault.message);
  return parsed.filter.terms.map((t) => describeTerm(t)).join('; ');
};

describe('terms in words', () => {
  it.each([
    ['status:500', 'status is 500'], ['status:500,502', 'status is 500 or 502'], ['status:400..404,500', 'status 400 to 404 or is 500'], ['-uri:*.css', 'not path of the URL ending .css'], ['uri:/owa/*', 'path of the URL beginning /owa/'],
    ['ua:*curl*', 'user agent contains curl'], ['ua:a*b', 'user agent is like a*b'], ['user:*', 'any user'], ['-user:*', 'no user'], ['user:""', 'no user'], ['-user:""', 'any user'], ['user:"",x', 'user is missing or is x'],
    ['taken:>=1000', 'time taken (ms) at least 1000'], ['bytes:..99', 'bytes sent up to 99'], ['received:5..', 'bytes received from 5'], ['ip:10.0.0.0/8', 'client address in 10.0.0.0/8'], ['shell', 'any text contains shell'],
    ['-~"a|b"', 'not any text fits a|b'], ['log.s-ip:10.0.0.1', 'log column s-ip is 10.0.0.1'], ['around:0123456789ab-0000000000ff-000000', 'within 10 min of event 0123456789ab-0000000000ff-000000'],
    ['around:0123456789ab-0000000000ff-000000~1d', 'within 1 day of event 0123456789ab-0000000000ff-000000'], ['@2026-03-02..', 'from 2026-03-02T00:00:00Z'], ['@..2026-03-02T10:00', 'before 2026-03-02T10:00:00Z'], ['-time:*', 'not any time'], ['port:1,2,3,4,5,6,7,8', 'server port is 1, 2, 3, 4, 5 or one of 3 more'],
  ])('%s: %s', (text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it('show moments and events as the place wants them', () => {
    const parsed = parseFilter('@2026-03-02 around:0123456789ab-0000000000ff-000000');
    const described = parsed.ok ? parsed.filter.terms.map((t) => describeTerm(t, { time: (x) => x.slice(5, 10), event: () => 'GET /a' })) : [];
    expect(described).toEqual(['from 03-02 to before 03-03', 'within 10 min of GET /a']);
  });

  it('there are some for every term', () => {
    fc.assert(fc.property(everyFilter, (filter) => {
      for (const term of filter.terms) expect(describeTerm(term)).toMatch(/\S/);
    }));
  });
});

describe('what is typed at the caret', () => {
  /** The caret is where the bar stands. */
  const at = (text: string) => typingAt(text.replace('|', ''), text.indexOf('|'));
  it.each([
    ['|', 'field', '', 0, 0], ['st|', 'field', 'st', 0, 2], ['status:500 -u|', 'field', 'u', 12, 13], ['st|atus:500', 'field', 'st', 0, 7], ['win|', 'field', 'win', 0, 3], ['"a b" s|', 'field', 's', 6, 7],
    ['status:|', 'value', '', 7, 7], ['status:5|', 'value', '5', 7, 8], ['a status:500,4|', 'value', '4', 13, 14], ['uri:"/a b|', 'value', '/a b', 4, 9], ['uri:/a|b,c', 'value', '/a', 4, 7], ['-ua:*cu|', 'value', 'cu', 4, 7], ['uri:"a,b|', 'value', 'a,b', 4, 8],
  ])('%s', (text, kind, typed, from, to) => {
    expect(at(text)).toMatchObject({ kind, typed, from, to });
  });
  it.each(['uri:~a|', '@20|', 'time:2|', 'log.s-ip:1|', 'uri:"a"|', 'status:>4|', 'around:0|', 'no:x|'])('%s: nothing is offered', (text) => {
    expect(at(text)).toBeNull();
  });

  it('is replaced by a choice that parses', () => {
    const put = (text: string, choice: string): string => {
      const typing = at(text);
      if (typing === null) throw new Error('nothing');
      const done = withChoice(text.replace('|', ''), typing, choice);
      return `${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`;
    };
    expect(put('a -st|', 'status')).toBe('a -status:|');
    expect(put('st|x:5', 'status')).toBe('status:|5');
    expect(put('uri:/a|', '/a b,c')).toBe('uri:"/a b,c"|');
    expect(put('status:500,4|,403 x', '404')).toBe('status:500,404|,403 x');
    expect(put('uri:"/a b|', '/a b c')).toBe('uri:"/a b c"|');
    expect(put('user:|', '')).toBe('user:""|');
  });
});
