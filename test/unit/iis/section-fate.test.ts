import { expect, test } from 'vitest';
import { sectionFate } from '../../../electron/iis/index.ts';
import { host, serverFiles, webConfig } from './support.ts';

const LOGGING = 'system.webServer/httpLogging';
const declared = (mode: 'Allow' | 'Deny'): string => host({ locked: '' }).replace('<section name="handlers"', `<section name="httpLogging" overrideModeDefault="${mode}" /><section name="handlers"`);

function fate(applicationHost: string, web: string, location = ''): string | null {
  const path = 'C:\\app\\web.config';
  const files = serverFiles(applicationHost, { [path]: web });
  const found = files.at(path);
  if (typeof found === 'string') throw new Error(found);
  return sectionFate(files, { evidencePath: found.evidencePath, configPath: 'Main/app', location, section: LOGGING });
}

test('a section of a web.config counts unless it is locked, or the file is refused or not read', () => {
  const off = webConfig('<httpLogging dontLog="true" />');
  expect(fate(declared('Allow'), off)).toBeNull();
  expect(fate(declared('Deny'), off)).toMatch(/^500\.19 .*httpLogging is locked at a parent level/);
  expect(fate(declared('Allow'), webConfig('<httpLogging dontLog="true" /><nobody />'))).toMatch(/system\.webServer\/nobody is declared in no configSections/);
  expect(fate(declared('Allow').replace('<add name="P" ', '<add name="P" enableConfigurationOverride="false" '), off)).toMatch(/does not read this web\.config/);
});

test('a location tag of a web.config is looked at where it points', () => {
  const below = '<configuration><location path="static"><system.webServer><httpLogging dontLog="true" /></system.webServer></location></configuration>';
  expect(fate(declared('Deny'), below, 'static')).toMatch(/locked/);
  expect(fate(declared('Deny'), below, '')).toBeNull();
});
