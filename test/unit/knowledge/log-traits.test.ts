import { describe, expect, it } from 'vitest';
import { CRAWLER_PATTERNS, LOG_TRIGGERS } from '../../../electron/knowledge/index.ts';

/** Texts that an entry must know, and near ones that it must not. */
const TEXTS: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  'isn-query': [['isn_getlog', 'a=1&isn_logdel=1'], ['disn_getlog=1', 'isn_getlogs=1']],
  'iiserpent-config': [['reloadmoduleconfig=1', 'x=2&displaymoduleconfig=1&y'], ['reloadmoduleconfig=10', 'noreloadmoduleconfig=1']],
  'tollbooth-shell': [['/scjg', '/scjg/'], ['/a/scjg', '/scjgx']],
  'rgdoor-cookie': [['rgsessionid=abc', 'a=1;+rgsessionid=abc'], ['orgsessionid=1', 'my_rgsessionid=1']],
  'sessionmanager-cookie': [['sm_session=1', 'a=1;+sm_sessionid=x'], ['xsm_session=1', 'sm_sess=1']],
  'jump-query': [['jump=1', 'a=2&jump=1&b'], ['jump=10', 'xjump=1']],
  'reurl-query': [['a=1&reurl=http://x'], ['reurl=http://x', 'a=1&preurl=x']],
  'sessionsiis-date': [['sat,+29+oct+2021+19:43:31+gmt'], ['fri,+29+oct+2021+19:43:31+gmt']],
};

describe('traits of requests', () => {
  it('names what and where each is from, and looks in columns or at a header', () => {
    expect(new Set(LOG_TRIGGERS.map((t) => t.id)).size).toBe(LOG_TRIGGERS.length);
    for (const t of LOG_TRIGGERS) {
      expect(t.what.length * t.source.length, t.id).toBeGreaterThan(0);
      expect((t.pattern === null) !== (t.field === null), t.id).toBe(true);
      expect(t.columns.length > 0, t.id).toBe(t.pattern !== null);
    }
  });

  it.each(Object.entries(TEXTS))('%s', (id, [yes, no]) => {
    const pattern = new RegExp(LOG_TRIGGERS.find((t) => t.id === id)?.pattern ?? '(?!)');
    expect(yes.filter((text) => !pattern.test(text))).toEqual([]);
    expect(no.filter((text) => pattern.test(text))).toEqual([]);
  });

  it('tells crawlers, programs and referers of search engines', () => {
    const crawler = new RegExp(CRAWLER_PATTERNS.crawlers);
    const program = new RegExp(CRAWLER_PATTERNS.programs);
    const search = new RegExp(CRAWLER_PATTERNS.searches);
    for (const agent of ['mozilla/5.0+(compatible;+googlebot/2.1)', 'mozilla/5.0+(compatible;+yandexbot/3.0)', 'sogou+web+spider/4.0', 'mozilla/5.0+(compatible;+yeti/1.1;)']) expect(crawler.test(agent), agent).toBe(true);
    for (const agent of ['mozilla/5.0+(windows+nt+10.0)+chrome/122.0+safari/537.36', 'mozilla/5.0+(iphone;+cpu+iphone+os+17_0)+safari/604.1']) expect([crawler.test(agent), program.test(agent)], agent).toEqual([false, false]);
    for (const referer of ['https://www.google.com/', 'https://www.google.co.uk/search?q=x', 'http://m.baidu.com/s', 'https://search.naver.com/x']) expect(search.test(referer), referer).toBe(true);
    for (const referer of ['https://google.com.evil.example/', 'https://example.com/?u=https://www.google.com/', 'https://mygoogle.com/', 'https://also.com/']) expect(search.test(referer), referer).toBe(false);
  });
});
