import type { Input, Output } from '../../shared/contract/index.ts';
import { Authenticode, PeFacts } from '../../shared/model/index.ts';
import { components } from './fake-data.ts';

/** A native module with something in every part of its facts, and files that nothing registers. */
type Row = Output<'image.list'>['images'][number];
export const PLANTED_SHA = 'a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90';
const sha = (n: number): string => n.toString(16).padStart(2, '0').repeat(32);
const place = (path: string): { path: string; evidencePath: string; server: string } => ({ path, evidencePath: path.replace(':', '').replaceAll('\\', '/'), server: 's1' });
const row = (n: number, path: string, more: Partial<Row> = {}): Row => ({
  sha256: sha(n), size: 24_576, places: [place(path)], machine: 'x64', isDll: true, kinds: [], managed: false, signature: 'unsigned', signer: null, linkerTime: '2021-06-01T08:30:00Z', oddities: 0, components: [], ...more,
});
export const images: Row[] = [
  row(0, 'C:\\ProgramData\\Ext\\cachehttp.dll', { sha256: PLANTED_SHA, size: 78_336, kinds: ['native-module'], oddities: 4, components: components.map((c) => c.id), linkerTime: '2024-03-02T14:11:58Z' }),
  row(1, 'D:\\Sites\\Shop\\bin\\Newtonsoft.Json.dll', { managed: true, signature: 'valid', signer: 'CN=Json.NET (.NET Foundation)', machine: 'any' }),
  row(2, 'C:\\Windows\\Temp\\hdr\u202Egpj.dll', { oddities: 7, signature: 'tampered' }),
  row(3, 'C:\\Users\\Public\\helper.dll', { places: [place('C:\\Users\\Public\\helper.dll'), place('C:\\Windows\\Temp\\helper.dll')], oddities: 1 }),
];

const field = (group: string, name: string, offset: number, length: number, value: string, meaning: string | null = null): PeFacts['fields'][number] => ({ group, name, offset, length, value, meaning });
const certificate = (subject: string, issuer: string, isCa: boolean): object => ({
  subject, issuer, serial: '33000001', thumbprint: '3b1efd3a66ea28b16697394703a72ca340a05bd5', sha256: `${subject}${issuer}`, spki: sha(9), notBefore: '2021-01-01T00:00:00Z', notAfter: '2031-01-01T00:00:00Z', usages: ['1.3.6.1.5.5.7.3.3'], isCa, signatureAlgorithm: 'sha256WithRSAEncryption', selfSigned: subject === issuer,
});
export const fullFacts: PeFacts = PeFacts.parse({
  machine: 'x64', isDll: true, timestamp: { value: 1_709_388_718, time: '2024-03-02T14:11:58Z', offset: 136 }, imphash: '0c6803c4e922103c4dca5963aad36ddf', richHash: '5e2f0b7a1c3d4e5f60718293a4b5c6d7',
  exports: [{ name: 'RegisterModule', ordinal: 1, rva: 0x1430, forwarder: null }, { name: 'Install', ordinal: 2, rva: 0x1500, forwarder: null }, { name: 'Old', ordinal: 3, rva: 0xb010, forwarder: 'other.New' }, { name: null, ordinal: 9, rva: 0x1600, forwarder: null }], exportName: 'HttpCache.dll',
  imports: [{ dll: 'KERNEL32.dll', names: ['CreateProcessW', 'VirtualAlloc', 'LoadLibraryW', 'GetProcAddress', 'Sleep', 'lstrlenW'] }, { dll: 'WS2_32.dll', names: ['connect', '#115'] }], delayImports: [{ dll: 'ADVAPI32.dll', names: ['LogonUserW'] }],
  sections: [
    { name: '.text', rva: 0x1000, virtualSize: 0x9a10, rawOffset: 0x400, rawSize: 0x9c00, entropy: 6.31, at: 0x1f8, characteristics: 0x6000_0020, sha256: sha(0x11), md5: 'd41d8cd98f00b204e9800998ecf8427e' },
    { name: '.data', rva: 0xb000, virtualSize: 0x45000, rawOffset: 0xa000, rawSize: 0x200, entropy: 7.92, at: 0x220, characteristics: 0xc000_0040, sha256: sha(0x12), md5: 'd41d8cd98f00b204e9800998ecf8427e' },
    { name: 'UPX0', rva: 0x51000, virtualSize: 0x1000, rawOffset: 0, rawSize: 0, entropy: 0, at: 0x248, characteristics: 0xe000_0080, sha256: null, md5: null },
  ],
  pdb: ['C:\\work\\x64\\Release\\HttpCache.pdb'], versionInfo: { FileDescription: 'IIS Cache Extension', FileVersion: '10.0.17763.1', CompanyName: 'Microsoft Corporation' }, clr: null, entryPoints: ['RegisterModule'], kinds: ['native-module'], certificateTable: { offset: 77_000, size: 1336 },
  anomalies: [{ id: 'entropy', offset: 0xa000, message: 'Section .data is almost random (entropy 7.92).' }, { id: 'import-cut', offset: 0x1a0, message: 'The import table is cut off after entry 11; the file ends at 0x13200.' }],
  fields: [
    field('DOS header', 'e_magic', 0, 2, '0x5A4D', 'MZ'), field('DOS header', 'e_lfanew', 60, 4, '0x80', 'where the PE header begins'),
    field('COFF header', 'Machine', 132, 2, '0x8664', 'x64'), field('COFF header', 'NumberOfSections', 134, 2, '3'), field('COFF header', 'TimeDateStamp', 136, 4, '0x65E333EE', '2024-03-02T14:11:58Z, forgeable'),
    field('Optional header', 'Magic', 152, 2, '0x20B', 'PE32+'), field('Optional header', 'AddressOfEntryPoint', 168, 4, '0x2B40', 'in section .text'), field('Optional header', 'DllCharacteristics', 222, 2, '0x160', 'high entropy addresses, relocatable, no execution of data'),
  ],
  resources: [{ type: 'VERSION', name: '#1', language: 1033, offset: 0xa020, size: 820, sha256: sha(0x21) }],
  checksum: { offset: 216, stored: 0, computed: 87_001 },
  capabilities: [
    { id: 'events', what: 'is called for every request: at its begin, and when the response is sent', proof: { constant: 'RQ_BEGIN_REQUEST | RQ_SEND_RESPONSE = 0x20000001', offset: 0x0c44 }, group: 'requests' },
    { id: 'sees-basic-passwords', what: 'sees passwords of Basic authentication', proof: { constant: 'SF_NOTIFY_AUTHENTICATION 0x2000', offset: 0x0d10 }, group: 'sees' },
    { id: 'changes-log-row', what: 'can rewrite its own log row', proof: { constant: 'SF_NOTIFY_LOG 0x200', offset: 0x0d14 }, group: 'changes' },
    { id: 'starts-processes', what: 'can start programs', proof: { constant: 'KERNEL32.dll!CreateProcessW' }, group: 'system' },
    { id: 'priority', what: 'the priority is computed while it runs and could not be recovered', proof: {}, group: 'limits' },
  ],
  identity: { md5: '0cc175b9c0f1b6a831c399e269772661', sha1: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8', tlsh: `T1${'A1B2C3D4E5F60718'.repeat(4)}A1B2C3`, exportSet: sha(0x31) },
  signatures: {
    table: { offset: 77_000, size: 1336, entries: 1, malformed: [], remarks: ['16 bytes that are no signature follow the last one'] }, digests: { sha1: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8', sha256: sha(0x41) },
    signatures: [{
      place: 'primary', offset: 77_008, digestAlgorithm: 'sha256', signedDigest: sha(0x42), actualDigest: sha(0x41), digestMatches: false, contentHolds: true, signatureHolds: true, program: 'IIS Cache',
      chain: [certificate('CN=Microsoft Corporation', 'CN=Microsoft Code Signing PCA', false), certificate('CN=Microsoft Code Signing PCA', 'CN=Microsoft Code Signing PCA', true)],
      timestamp: { kind: 'rfc3161', time: '2024-03-02T15:00:00Z', holds: true, reasons: [], chain: [certificate('CN=Time', 'CN=Time', true)] }, pageHashes: { algorithm: 'sha256', pages: 19, wrong: [3] }, remarks: ['the certificate calls itself Microsoft and no authority of Microsoft issued it'],
    }],
  },
});
export const verdict = Authenticode.parse({
  status: 'tampered', reasons: ['the signed digest is not that of the file'], signers: [{ subject: 'CN=Microsoft Corporation', issuer: 'CN=Microsoft Code Signing PCA', thumbprint: '3b1efd3a66ea28b16697394703a72ca340a05bd5', pinnedCa: null }],
  digestAlgorithm: 'sha256', digestMatches: false, timestamp: '2024-03-02T15:00:00Z', nested: 0, catalog: null,
});
const clr = {
  assembly: 'Newtonsoft.Json', version: '13.0.0.0', mvid: '0a1b2c3d-0000-4000-8000-000000000001', publicKeyToken: '30ad4fe6b2a6aeed', runtime: 'v4.0.30319', references: ['mscorlib 4.0.0.0', 'System.Web 4.0.0.0'], httpTypes: [{ type: 'Shop.Imaging.ResizeModule', implements: ['System.Web.IHttpModule'] }],
  events: ['BeginRequest', 'EndRequest'], preApplicationStart: [], mixedMode: false, module: 'Newtonsoft.Json.dll', strongName: 'signed', precompiled: 'none', targetFramework: '.NETFramework,Version=v4.5',
  pinvokes: [{ dll: 'kernel32.dll', name: 'VirtualAlloc', method: 'Native::Alloc', token: '0x0600000A' }], openTypes: [{ type: 'Shop.Base', token: '0x02000004', parents: [{ type: 'Vendor.ModuleBase', assembly: 'Vendor.Web' }] }],
  resources: [{ name: 'Shop.payload.bin', size: 40_960, offset: 0x3000 }], userStrings: { count: 2, first: [{ text: 'cmd.exe /c ', offset: 0x2100 }, { text: 'x-token', offset: 0x2120 }] }, obfuscation: [{ id: 'names', message: 'Names of types are unprintable', token: '0x02000002' }],
};
export const managedFacts: PeFacts = PeFacts.parse({ ...fullFacts, machine: 'any', clr, kinds: ['managed-module'], exports: [], entryPoints: [], anomalies: [], capabilities: [], signatures: null });

const STRINGS = Array.from({ length: 12_000 }, (_, i) => ({ offset: 64 + i * 6, length: i % 3 === 0 ? 24 : 12, encoding: i % 3 === 0 ? 'utf16' as const : 'ascii' as const, text: i === 40 ? 'CreateProcessW' : i % 50 === 0 ? `https://host${i}.example/up` : `string ${i}` }));

export function imageOf(sha256: string): Output<'image.get'> {
  const found = images.find((i) => i.sha256 === sha256) ?? (images[0] as Row);
  return { row: found, facts: found.managed ? managedFacts : fullFacts, authenticode: found.signature === 'tampered' || found.sha256 === PLANTED_SHA ? verdict : null };
}

export function same({ by, value }: Input<'image.same'>): Output<'image.same'> {
  const all = images.map((i) => ({ ...i, shared: value, distance: by === 'tlsh' ? 12 : null }));
  return { note: by === 'linker-stamp' ? 'A linker stamp is a number that its maker chose, and forgeable.' : null, images: by === 'imphash' || by === 'tlsh' ? all.filter((i) => !i.managed) : all.filter((i) => i.sha256 === PLANTED_SHA) };
}

export function strings({ offset, limit, text, encoding }: Input<'image.strings'>): Output<'image.strings'> {
  const found = STRINGS.filter((s) => (encoding === undefined || encoding === 'all' || s.encoding === encoding) && (text === undefined || s.text.toLowerCase().includes(text.toLowerCase())));
  return { available: true, reason: null, strings: found.slice(offset, offset + limit), total: found.length, capped: false };
}
