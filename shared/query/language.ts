import type { FilterField } from './ast.ts';

/** One thing that can be written in a filter: the form, what it means, and a filter that uses it. */
export interface LanguageEntry {
  readonly form: string;
  readonly meaning: string;
  readonly example: string;
}

/** The whole of the filter language, as the help of the screens and of the command line show it. */
export const LANGUAGE: readonly LanguageEntry[] = [
  { form: 'word, "two words"', meaning: 'part of any text field; terms side by side must all hold', example: 'shell "import page"' },
  { form: 'field:value', meaning: 'the whole value, without case; quotation marks switch off every special character', example: 'uri:/owa/auth/x.aspx' },
  { form: 'field:a,b', meaning: 'any of the values; a quoted comma is text', example: 'status:400..404,500 ip:10.0.0.0/8,192.0.2.1' },
  { form: '* and ?', meaning: 'any characters, one character', example: 'uri:*.as?x ua:*"Windows NT"*' },
  { form: 'field:*, field:""', meaning: 'has a value, has none', example: 'user:* referer:""' },
  { form: '-term', meaning: 'rows for which the term does not hold', example: '-uri:*.css -user:*' },
  { form: 'field:>=n, field:a..b', meaning: 'numbers: < <= > >=, ranges with both ends included, either end open', example: 'status:>=500 taken:1000.. bytes:0..99' },
  { form: 'ip:network/bits', meaning: 'addresses of a network, IPv4 or IPv6', example: 'ip:203.0.113.0/24' },
  { form: 'field:~regex, ~regex', meaning: 'a regular expression of RE2, anywhere in the value, without case; no look-around, no references back', example: 'uri:~"shell[0-9]+\\.aspx"' },
  { form: '@time, @from..to', meaning: 'a period (2026, 2026-03, 2026-03-02, 2026-03-02T14:05) or a range, also ..+30s +10m +2h +3d; UTC unless a zone is written', example: '@2026-03-02T14:00..+2h' },
  { form: 'around:EVENT~10m', meaning: 'moments near that of an event, by its id; ten minutes when no width is written', example: 'around:0123456789ab-00000000f1c2-000000~5m' },
  { form: 'log.NAME:value', meaning: 'a column of the log under its own name in #Fields', example: 'log.X-Forwarded-For:198.51.100.*' },
];

/** What each field holds, in the order in which they are offered. */
export const FIELD_MEANINGS: Readonly<Record<FilterField, string>> = {
  time: 'the moment; @ is short for it', source: 'where the event was read from: iis-log, config-history ...', what: 'what happened', server: 'the server', site: 'the site',
  host: 'host name of the request', method: 'GET, POST ...', uri: 'path of the URL', query: 'query string of the URL', status: 'HTTP status', substatus: 'substatus of IIS',
  ip: 'client address', user: 'user name', ua: 'user agent', referer: 'referring page', bytes: 'bytes sent', received: 'bytes received', taken: 'time taken in milliseconds',
  win32: 'Windows status of the request', port: 'port of the server', component: 'name of a component', path: 'file that the event is about or was read from', message: 'the whole message',
  tag: 'tag of a note about the event', log: 'log.NAME: any column of the log',
};

/** The language on one screen, for the command line. */
export function languageText(): string {
  const width = Math.max(...LANGUAGE.map((e) => e.form.length));
  const forms = LANGUAGE.map((e) => `  ${e.form.padEnd(width)}  ${e.meaning}\n  ${''.padEnd(width)}    ${e.example}\n`);
  const fields = Object.entries(FIELD_MEANINGS).map(([field, meaning]) => `  ${field.padEnd(10)} ${meaning}\n`);
  return `Filters\n\n${forms.join('')}\nFields\n\n${fields.join('')}`;
}
