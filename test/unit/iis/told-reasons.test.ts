import { expect, test } from 'vitest';
import { effectiveLists } from '../../../electron/iis/index.ts';
import type { EffectiveConfig } from '../../../shared/contract/component.ts';
import { host, serverFiles, serverOf, webConfig } from './support.ts';

const ROOT = 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\';
const modules = (name: string): string => `<configuration><system.web><httpModules><add name="${name}" type="T.${name}" /></httpModules></system.web></configuration>`;

function lists(applicationHost: string, others: Record<string, string>): EffectiveConfig {
  const files = serverFiles(applicationHost, others);
  const answer = effectiveLists(files, serverOf(files), 'Main', '/app');
  if (answer === null) throw new Error('no such application');
  return answer.config;
}

test('in an Integrated pool only what an application adds to system.web is told as what IIS minds', () => {
  const net = { [`${ROOT}machine.config`]: '<configuration />', [`${ROOT}web.config`]: modules('Session') };
  const stock = lists(host(), net).httpModules;
  expect(stock.entries.map((e) => e.why)).toEqual(['pool "P" is Integrated: system.web/httpModules is not used there']);
  expect(stock.assumed).toEqual([]);
  const added = lists(host(), { ...net, 'C:\\app\\web.config': modules('Own') }).httpModules;
  expect(added.entries.map((e) => [e.name, /500\.22/.test(e.why ?? '')])).toEqual([['Session', false], ['Own', true]]);
  expect(added.assumed).toEqual([expect.stringContaining('500.22')]);
});

test('a FastCGI process that a declared fastCgi section does not list is not started; without a declaration nothing is known', () => {
  const native = '<modules><add name="FastCgiModule" /></modules><handlers accessPolicy="Read, Script"><add name="php" path="*.php" verb="*" modules="FastCgiModule" scriptProcessor="C:\\php\\php-cgi.exe" /></handlers>';
  const plain = host({ globalModules: '<add name="FastCgiModule" image="fcgi.dll" />', unlocked: native });
  const declared = plain.replace('<section name="handlers"', '<section name="fastCgi" allowDefinition="AppHostOnly" overrideModeDefault="Deny" /><section name="handlers"');
  const why = (applicationHost: string): string | null | undefined => lists(applicationHost, { 'C:\\app\\web.config': webConfig('') }).handlers.entries[0]?.why;
  expect(why(plain)).toBeNull();
  expect(why(declared)).toMatch(/fastCgi lists no application/);
  expect(why(declared.replace('</globalModules>', '</globalModules><fastCgi><application fullPath="C:\\PHP\\php-cgi.exe" /></fastCgi>'))).toBeNull();
});
