import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TriageDocument } from '../../shared/contract/cli/documents.ts';
import { startEngine, type TestEngine, triage } from '../helpers/engine.ts';
import { makeTree, type Tree } from '../helpers/tree.ts';
import { host } from '../unit/iis/support.ts';
import { DOCUMENTS, GLOBAL, MODULES, STOCK_HANDLERS } from '../unit/iis/serving/support.ts';

const SITE = '<site name="Shop" id="2"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\www" /></application></site>';
const QUIET = '<location path="Shop/up"><system.webServer><httpLogging dontLog="true" /></system.webServer></location>';
const HOST = host({ sites: SITE, locations: QUIET, globalModules: GLOBAL, unlocked: `${MODULES}<handlers accessPolicy="Read, Script"><add name="Evil" path="*.evil" verb="*" type="Evil.Handler, Evil" />${STOCK_HANDLERS.replace(/<add name="Extensionless"[^>]*>/, '')}</handlers>${DOCUMENTS}` })
  .replace('<section name="globalModules"', '<section name="defaultDocument" /><section name="httpLogging" /><section name="globalModules"');
const FREB = 'C/inetpub/logs/FailedReqLogFiles/W3SVC2';
const LOG = 'C/inetpub/logs/LogFiles/W3SVC2/u_ex260302.log';
const trace = (name: string): Buffer => readFileSync(path.resolve(import.meta.dirname, '../artifacts/freb', name, 'input/fr000001.xml'));
const row = (time: string, verb: string, uri: string, status: number): string => `2026-03-02 ${time} ${verb} ${uri} - 80 203.0.113.7 ${status} 512 90\r\n`;
const ROWS = [
  row('10:00:00', 'GET', '/logo.png', 200), row('10:00:01', 'POST', '/logo.png', 200), row('10:00:02', 'POST', '/logo.png', 200), row('10:00:03', 'GET', '/slot/win', 200),
  row('10:00:04', 'GET', '/page.aspx', 200), row('10:00:05', 'GET', '/gone.png', 404), row('10:00:06', 'GET', '/', 200), row('09:00:00', 'GET', '/UP/x.aspx', 404), row('10:00:07', 'POST', '/a.evil', 200),
];
const TREE: Tree = {
  'C/Windows/System32/inetsrv/config/applicationHost.config': HOST,
  'C/www/logo.png': 'x', 'C/www/page.aspx': 'x', 'C/www/default.aspx': 'x',
  [LOG]: `#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time cs-method cs-uri-stem cs-uri-query s-port c-ip sc-status sc-bytes cs-bytes\r\n${ROWS.join('')}`,
  [`${FREB}/fr000001.xml`]: trace('good'), [`${FREB}/fr000002.xml`]: trace('truncated'), [`${FREB}/fr000003.xml`]: trace('wrong-type'), [`${FREB}/freb.xsl`]: '<x/>',
};

describe('who served a request', () => {
  let engine: TestEngine;
  let cleanup: () => Promise<void>;
  let document: TriageDocument;
  beforeAll(async () => {
    engine = await startEngine();
    const tree = await makeTree(TREE);
    cleanup = tree.cleanup;
    document = await triage(engine, tree.dir);
  }, 120_000);
  afterAll(async () => {
    await engine.close();
    await cleanup();
  });

  it('lists traces among the logs, with every byte', () => {
    const traces = document.logs.filter((l) => l.format === 'freb');
    expect(traces.map((l) => [l.evidencePath, l.site, l.lines, l.rejected])).toEqual([[`${FREB}/fr000001.xml`, 'Shop', 1, 0], [`${FREB}/fr000002.xml`, 'Shop', 1, 1], [`${FREB}/fr000003.xml`, 'Shop', 0, 1]]);
    for (const { bytes, evidencePath } of traces) expect(bytes.rows + bytes.headers + bytes.padding + bytes.rejected).toBe(document.logs.find((l) => l.evidencePath === evidencePath)?.size);
    expect(document.timeline.bySource['freb']).toBe(2);
    expect(document.problems.filter((p) => p.evidencePath.endsWith('.xml')).map((p) => [p.evidencePath.slice(-5), p.kind])).toEqual([['2.xml', 'truncated'], ['3.xml', 'malformed']]);
  });

  it('traces cover no stretch of time', async () => {
    expect((await engine.ask('timeline.coverage', {})).lanes.map((l) => [l.source, l.files])).toEqual([['iis-log', 1]]);
  });

  it('a trace is an event with its modules', async () => {
    const { events } = await engine.ask('timeline.page', { filter: 'source:freb', offset: 0, limit: 10 });
    expect(events.map((e) => [e.time, e.what, e.site, e.timeMeaning])).toContainEqual(['2026-03-02T14:11:58.1Z', 'POST 200 traced', 'Shop', 'request-traced']);
    const fields = new Map(events.find((e) => e.ref.evidencePath.endsWith('1.xml'))?.fields.map((f) => [f.name, f.value]));
    expect(fields.get('modules')).toContain('CacheHelper BEGIN_REQUEST (0x1)');
    expect(fields.get('statusSetBy')).toBe('CacheHelper EXECUTE_REQUEST_HANDLER 200 OK');
    expect(fields.get('handler')).toBe('StaticFile');
  });

  it('the traced module that no list has is a finding, and so are answers that nothing explains', () => {
    const of = (rule: string): (readonly [string, string])[] => document.findings.filter((f) => f.rule === rule).map((f) => [f.severity, f.title] as const);
    expect(of('traced-module-not-configured').filter(([, title]) => title.includes('"CacheHelper"'))).toEqual([['high', 'A trace names the module "CacheHelper", which no configuration of the evidence has']]);
    expect(of('answered-without-file')).toEqual([
      ['medium', '1 static file or folder of site "Shop" answered POST, PUT, DELETE or PATCH with status 2xx (2 rows)'],
      ['low', '1 path of site "Shop" answered with status 2xx, and no file is there (1 row)'],
    ]);
  });

  it('an unknown handler is told with the answers that it would have given', () => {
    const found = document.findings.filter((f) => f.rule === 'unknown-component').flatMap((f) => f.supports).filter((w) => w.startsWith('By the configuration'));
    expect(found).toEqual(['By the configuration in force it comes first for 1 path that the logs have as answered with 2xx, in 1 row (2026-03-02T10:00:07Z).']);
  });

  it('a path that is not logged: what is seen of it all the same', () => {
    const [found] = document.findings.filter((f) => f.rule === 'logging-switched-off');
    expect(found?.supports.join(' ')).toContain('It hides /up of site "Shop" and what lies below. Site logs have 1 row of it (2026-03-02T09:00:00Z)');
    expect(found?.supports).toContain('Seen of it: /UP/x.aspx.');
  });

  it('explains a row, a trace, and what it cannot', async () => {
    const at = async (filter: string): Promise<string> => (await engine.ask('timeline.page', { filter, offset: 0, limit: 1 })).events[0]?.id ?? '';
    const page = await engine.ask('request.explain', { event: await at('uri:/page.aspx') });
    expect(page).toMatchObject({ reason: null, site: 'Shop', application: '/', pool: 'P', handler: { name: 'Pages', type: 'System.Web.UI.PageHandlerFactory' }, file: { path: 'C:\\www\\page.aspx', evidencePath: 'C/www/page.aspx', status: 'present' } });
    expect(page.modules.map((m) => m.name)).toContain('Auth');
    expect(page.handler?.component).not.toBeNull();
    expect(page.assumptions.length).toBeGreaterThan(0);
    expect(await engine.ask('request.explain', { event: await at('source:freb') })).toMatchObject({ handler: { name: 'StaticFile' }, site: 'Shop' });
    expect(await engine.ask('request.explain', { event: await at('source:file-times') })).toMatchObject({ handler: null, reason: 'This event is not a request that IIS answered.' });
  });
});
