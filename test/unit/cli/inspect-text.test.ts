import { describe, expect, it } from 'vitest';
import { inspectText } from '../../../electron/cli/text/inspect-text.ts';
import { inspectPe } from '../../../electron/artifacts/pe/index.ts';
import { ClrFacts } from '../../../shared/model/index.ts';
import { InspectDocument } from '../../../shared/contract/cli/documents.ts';

const NONE = InspectDocument.parse({ schema: 'iisight.inspect/1', sha256: 'a'.repeat(64), size: 3, ...inspectPe(new Uint8Array([1, 2, 3])) });
const DLL: InspectDocument = { ...NONE, machine: 'x64', isDll: true, problems: [] };

describe('inspect in words', () => {
  it('says of a file that is no PE only that', () => {
    expect(inspectText(NONE).split('\n')).toEqual([`sha256 ${'a'.repeat(64)}  3 bytes`, 'not a PE file', expect.stringMatching(/^problem: /), '']);
  });

  it('says why there is no linker stamp, and that a stamp is forgeable', () => {
    expect(inspectText({ ...DLL, timestamp: { value: 0, time: null, note: 'the stamp is zero' } })).toContain('DLL for x64, no linker stamp: the stamp is zero\n');
    expect(inspectText({ ...DLL, timestamp: { value: 5, time: '1970-01-01T00:00:05Z' } })).toContain('linker stamp 1970-01-01T00:00:05Z (forgeable)');
  });

  it('tells the verdict on the signature with its reasons, signer, catalog and time', () => {
    const text = inspectText({
      ...DLL,
      authenticode: {
        status: 'valid', reasons: ['the issuer is pinned'], digestAlgorithm: 'sha256', digestMatches: true, timestamp: '2026-01-01T00:00:00Z', nested: 1, catalog: 'C/Windows/a.cat',
        signers: [{ subject: 'CN=Example', issuer: 'CN=Example CA', thumbprint: 'ab', pinnedCa: 'Example CA' }, { subject: 'CN=Second', issuer: 'CN=x', thumbprint: 'cd', pinnedCa: null }],
      },
    });
    expect(text).toContain(['signature: valid, by the catalog C/Windows/a.cat', '  the issuer is pinned', '  signed as CN=Example, issued by CN=Example CA; trusted through Example CA', '  and 1 more signer', '  countersigned at 2026-01-01T00:00:00Z', '  nested signatures: 1'].join('\n'));
    const broken = inspectText({
      ...DLL,
      authenticode: {
        status: 'tampered', reasons: [], digestAlgorithm: 'sha256', digestMatches: false, timestamp: null, nested: 0, catalog: null,
        signers: [{ subject: 'CN=Example', issuer: 'CN=Example CA', thumbprint: 'ab', pinnedCa: 'Example CA' }],
      },
    });
    expect(broken).toContain('that certificate leads to Example CA');
    expect(broken).not.toContain('trusted');
    expect(inspectText({ ...DLL, authenticode: null })).toContain('signature: not-checked');
  });

  it('tells each ability once, what is changed before what is seen', () => {
    const text = inspectText({
      ...DLL,
      capabilities: [
        { id: 'sees', what: 'sees passwords', proof: { offset: 7 }, group: 'sees' },
        { id: 'http', what: 'can make requests (imports A)', proof: { offset: 8 }, group: 'system' },
        { id: 'http', what: 'can make requests (imports B)', proof: { offset: 9 }, group: 'system' },
        { id: 'log', what: 'rewrites log rows', proof: { token: '0x0600000A' }, group: 'changes' },
      ],
    });
    expect(text).toContain(['  rewrites log rows (token 0x0600000A)', '  sees passwords (at 7)', '  can make requests (imports A) (at 8), and 1 more like it'].join('\n'));
  });

  it('tells what it is called for and what could not be read before what every program can do', () => {
    const text = inspectText({
      ...DLL,
      capabilities: [
        { id: 'a', what: 'can look up functions (imports A; so do the runtime libraries of compilers)', proof: { offset: 1 }, group: 'system' },
        { id: 'b', what: 'can start programs (imports B)', proof: { offset: 2 }, group: 'system' },
        { id: 'c', what: 'the flags could not be recovered', proof: { offset: 3 }, group: 'limits' },
        { id: 'd', what: 'registers for the log', proof: { offset: 4 }, group: 'requests' },
      ],
    });
    const places = ['registers for', 'could not be recovered', 'can start', 'can look up'].map((words) => text.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('tells for which processor managed code is, and through which types of other files a type is a module', () => {
    const clr = ClrFacts.parse({
      assembly: 'A', version: '1.0.0.0', mvid: '', publicKeyToken: null, runtime: 'v4.0.30319', references: [], events: [], preApplicationStart: [], mixedMode: false,
      httpTypes: [{ type: 'A.M', implements: ['System.Web.IHttpModule'], through: 'B.Base in B.dll' }],
    });
    expect(inspectText({ ...DLL, machine: 'x86', clr: { ...clr, processor: 'any' } })).toContain('DLL for any processor (.NET; the header says x86), ');
    expect(inspectText({ ...DLL, machine: 'x86', clr: { ...clr, processor: 'any-prefers-x86' } })).toContain('DLL for any processor, x86 preferred (.NET; the header says x86), ');
    expect(inspectText({ ...DLL, machine: 'x86', clr })).toContain('DLL for x86, ');
    expect(inspectText({ ...DLL, clr: { ...clr, publicKeyToken: 'b03f5f7f11d50a3a', strongName: 'key-only', precompiled: 'ready-to-run' } })).toContain('public key token b03f5f7f11d50a3a without a signature, as precompiling leaves it, precompiled (ReadyToRun), MVID');
    expect(inspectText({ ...DLL, clr })).toContain('type: A.M implements System.Web.IHttpModule, through B.Base in B.dll');
  });

  it('stays on one screen however much there is, and says how much is left out', () => {
    const many = Array.from({ length: 500 }, (_, i) => i);
    const text = inspectText({
      ...DLL,
      anomalies: many.map((i) => ({ id: 'x', offset: i, message: `odd ${i}` })), imports: many.map((i) => ({ dll: `l${i}.dll`, names: [] })), pdb: many.map((i) => `C:\\${i}.pdb`),
      versionInfo: Object.fromEntries(many.map((i) => [`Name${i}`, 'text'])), problems: many.map((i) => ({ kind: 'malformed', message: `bad ${i}` })),
      capabilities: many.map((i) => ({ id: `c${i}`, what: `can ${i}`, proof: {}, group: 'system' as const })),
    });
    expect(text.split('\n').length).toBeLessThan(70);
    for (const said of ['anomalies: 500', 'and 494 more anomalies', 'and 488 more\n', 'and 488 more version texts', 'and 482 more of these', 'and 494 more like this']) expect(text).toContain(said);
  });

  it('shows characters that deceive, and cuts long texts', () => {
    const text = inspectText({ ...DLL, versionInfo: { ProductName: `a\u001b[31m\u202etxt.exe${'x'.repeat(5000)}` } });
    expect(text).toContain('ProductName: a‹U+001B›[31m‹U+202E›txt.exe');
    expect(text.length).toBeLessThan(2000);
  });
});
