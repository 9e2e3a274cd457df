import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TriageDocument } from '../../shared/contract/cli/documents.ts';
import { startEngine, type TestEngine, triage } from '../helpers/engine.ts';
import { makeTree, type MadeTree, type Tree } from '../helpers/tree.ts';
import { host } from '../unit/iis/support.ts';
import { DOCUMENTS, GLOBAL, MODULES, STOCK_HANDLERS } from '../unit/iis/serving/support.ts';

const SITE = '<site name="Shop" id="2"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\www" /></application></site>';
const hostOf = (modules = '', globals = ''): string =>
  host({ sites: SITE, locations: '<location path="Shop/up/quiet"><system.webServer><httpLogging dontLog="true" /></system.webServer></location>', globalModules: `${GLOBAL}${globals}`, unlocked: `${MODULES.replace('</modules>', `${modules}</modules>`)}<handlers accessPolicy="Read, Script">${STOCK_HANDLERS.replace(/<add name="Extensionless"[^>]*>/, '')}</handlers>${DOCUMENTS}` })
    .replace('<section name="globalModules"', '<section name="defaultDocument" /><section name="httpLogging" /><section name="globalModules"');
const WITH_HELPER = hostOf('<add name="CacheHelper" />', '<add name="CacheHelper" image="C:\\ProgramData\\ch.dll" />');
const CONFIG = 'C/Windows/System32/inetsrv/config/applicationHost.config';
const LOG = 'C/inetpub/logs/LogFiles/W3SVC2/u_ex260302.log';
const FREB = 'C/inetpub/logs/FailedReqLogFiles/W3SVC2/fr000001.xml';
const trace = readFileSync(path.resolve(import.meta.dirname, '../artifacts/freb/good/input/fr000001.xml'));
const HEADER = '#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time cs-method cs-uri-stem cs-uri-query s-port c-ip sc-status sc-bytes cs-bytes\r\n';
const row = (time: string, verb: string, uri: string, status = 200, client = '203.0.113.7', query = '-'): string => `2026-03-02 ${time} ${verb} ${uri} ${query} 80 ${client} ${status} 512 90\r\n`;
const HANDLER = '<?xml version="1.0"?>\r\n<configuration>\r\n  <system.webServer>\r\n    <handlers>\r\n      <add name="img" path="*.jpg" verb="*" modules="FastCgiModule" scriptProcessor="C:\\up\\cgi.exe" resourceType="Unspecified" />\r\n    </handlers>\r\n  </system.webServer>\r\n</configuration>\r\n';

/** One server with a module that answers where nothing would, a handler in the folder of uploads, and a trace of a module that is gone; one that is clean. */
const TREE: Tree = {
  [`bad/${CONFIG}`]: hostOf(),
  'bad/C/inetpub/history/CFGHISTORY_0000000003/applicationHost.config': WITH_HELPER,
  'bad/C/www/logo.png': 'x', 'bad/C/www/up/a.jpg': 'x', 'bad/C/www/up/web.config': HANDLER, 'bad/C/www/default.aspx': 'x',
  [`bad/${LOG}`]: `${HEADER}${row('09:00:00', 'GET', '/')}${row('10:00:01', 'POST', '/logo.png')}${row('10:00:02', 'POST', '/Logo.PNG')}${row('10:00:02', 'POST', '/logo.png')}${HEADER}${row('10:00:07', 'POST', '/up/a.jpg')}${row('10:00:08', 'GET', '/', 200, '203.0.113.7', 'x=1&ReloadModuleConfig=1')}${row('11:00:00', 'GET', '/slot/win')}`,
  [`bad/${FREB}`]: trace,
  [`good/${CONFIG}`]: hostOf(),
  'good/C/www/logo.png': 'x', 'good/C/www/default.aspx': 'x', 'good/C/www/Straße/b c.png': 'x',
  [`good/${LOG}`]: `${HEADER}${row('09:00:00', 'GET', '/LOGO.png')}${row('09:00:01', 'GET', '/Straße/b+c.png')}${row('09:00:02', 'GET', '/logo%2Epng')}${row('09:00:03', 'GET', '/default.aspx/info')}${row('09:00:04', 'POST', '/')}${row('09:00:05', 'GET', '/old.png')}${row('09:00:06', 'POST', '/old.asp')}${'2026-03-05 09:00:00 GET / - 80 198.51.100.1 200 512 90\r\n'}`,
};

describe('what findings about logs cite', () => {
  let engine: TestEngine;
  let tree: MadeTree;
  let document: TriageDocument;
  beforeAll(async () => {
    engine = await startEngine();
    tree = await makeTree(TREE);
    document = await triage(engine, tree.dir);
  }, 120_000);
  afterAll(async () => {
    await engine.close();
    await tree.cleanup();
  });
  const of = (rule: string, folder: string): string[] => document.findings.filter((f) => f.rule === rule && f.refs.some((r) => r.evidencePath.startsWith(folder))).map((f) => `${f.severity} ${f.title}`);

  it('every ref opens the bytes of its line, of the file with its hash', () => {
    let rows = 0;
    for (const { refs, rule } of document.findings) for (const ref of refs) {
      const bytes = readFileSync(path.join(tree.dir, ref.evidencePath));
      expect([rule, ref.sha256]).toEqual([rule, createHash('sha256').update(bytes).digest('hex')]);
      if (ref.offset !== undefined && ref.offset !== null && ref.evidencePath.endsWith('.log')) {
        rows += 1;
        const text = bytes.subarray(ref.offset, ref.offset + (ref.length ?? 0)).toString();
        expect(text).toMatch(/^2026-03-0\d [^\r\n]*\r\n$/);
        expect(bytes.subarray(0, ref.offset).toString().split('\n').length).toBe(ref.line);
      } else if (ref.line !== undefined && ref.line !== null) expect(bytes.toString('latin1').split('\n').length).toBeGreaterThanOrEqual(ref.line);
    }
    expect(rows).toBeGreaterThan(3);
  });

  it('the module that answered, the text that it waits for, and the one that was removed', () => {
    expect(of('answered-without-file', 'bad/')).toEqual([
      'medium 2 static files or folders of site "Shop" answered POST, PUT, DELETE or PATCH with status 2xx (3 rows)', 'low 1 path of site "Shop" answered with status 2xx, and no file is there (1 row)',
    ]);
    expect(of('known-trigger-in-log', 'bad/')).toEqual(['low 1 row with "reloadmoduleconfig=1"']);
    expect(of('traced-module-not-configured', 'bad/').filter((w) => w.includes('CacheHelper'))).toEqual(['medium A trace names the module "CacheHelper", which the configuration no longer has']);
    expect(of('logging-switched-off', 'bad/')).toEqual([expect.stringMatching(/^low dontLog is "true"/)]);
  });

  it('the handler that a folder of uploads maps, with the row that it answered', () => {
    const found = document.findings.filter((f) => f.refs.some((r) => r.evidencePath === 'bad/C/www/up/web.config'));
    expect(found.length).toBeGreaterThan(0);
    expect(found.flatMap((f) => f.supports).join(' ')).toContain('2026-03-02T10:00:07Z');
  });

  it('the clean server: names as they can be written are no accusation, and a form that was deleted is no more than low', () => {
    for (const rule of ['row-outside-cluster', 'answers-differ-for-crawlers', 'known-trigger-in-log', 'server-error-then-success', 'log-gap', 'log-facts-meet', 'traced-module-not-configured']) expect([rule, of(rule, 'good/')]).toEqual([rule, []]);
    expect(of('answered-without-file', 'good/')).toEqual(['low 2 paths of site "Shop" answered with status 2xx, and no file is there (2 rows)']);
  });
});
