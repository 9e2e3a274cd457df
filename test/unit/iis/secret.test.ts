import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../electron/artifacts/iis-config/index.ts';
import { readLooseWebConfig } from '../../../electron/iis/index.ts';
import { isSecret, shownAttributes, shownValue } from '../../../electron/iis/secret.ts';
import { configurationFile } from './support.ts';

describe('secrets', () => {
  test.each([
    ['password', '[enc:IISWASOnlyAesProvider:AbC==:enc]', '[encrypted: IISWASOnlyAesProvider]'],
    ['anything', '[enc:AesProvider::enc]', '[encrypted: AesProvider]'],
    ['anything', '[enc::x', '[encrypted: unknown provider]'],
    ['password', 'Summer2026!', '[not shown]'],
    ['connectionString', 'Data Source=db;Integrated Security=true', '[not shown]'],
    ['sqlConnectionString', 'x', '[not shown]'],
    ['initializeData', 'server=db;Pwd = abc', '[not shown]'],
    ['validationKey', 'A1B2', '[not shown]'],
    ['sessionKey', 'AAAA', '[not shown]'],
  ])('%s="%s"', (name, value, shown) => {
    expect(shownValue(name, value)).toBe(shown);
  });
  test.each([['password', ''], ['validationKey', 'AutoGenerate,IsolateApps'], ['userName', 'CONTOSO\\svc'], ['connectionStringName', 'Local'], ['passwordFormat', 'Hashed'], ['enablePasswordReset', 'true'], ['image', 'C:\\x.dll']])('%s="%s" is none', (name, value) => {
    expect(isSecret(name, value)).toBe(false);
    expect(shownValue(name, value)).toBe(value);
  });
  test('the value of a setting by its key', () => {
    const shown = (xml: string): unknown => {
      const { root } = parseConfig(new TextEncoder().encode(xml)).document;
      return root === null ? null : Object.fromEntries(shownAttributes(root).map((a) => [a.name, a.value]));
    };
    expect(shown('<add key="SmtpPassword" value="x" />')).toEqual({ key: 'SmtpPassword', value: '[not shown]' });
    expect(shown('<add name="API_KEY" value="x" />')).toEqual({ name: 'API_KEY', value: '[not shown]' });
    expect(shown('<add name="COR_PROFILER" value="{1}" />')).toEqual({ name: 'COR_PROFILER', value: '{1}' });
  });
  test('registrations do not carry them', () => {
    const xml = '<configuration><system.web><membership><providers><add name="L" type="E.Ldap, E" connectionUsername="u" connectionPassword="topsecret" /></providers></membership></system.web></configuration>';
    const [line] = readLooseWebConfig(configurationFile('C:\\x\\web.config', xml));
    expect(JSON.stringify(line)).not.toContain('topsecret');
    expect(line?.attributes).toContainEqual({ name: 'connectionPassword', value: '[not shown]' });
  });
  test('a hostile value costs no more than its length', () => {
    const value = '[enc:a:'.repeat(1_000_000);
    expect(shownValue('x', value)).toBe('[encrypted: a]');
  });
});
