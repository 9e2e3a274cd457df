import type { Output } from '../../shared/contract/index.ts';
import { PeFacts } from '../../shared/model/index.ts';

const HASH = 'a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90';
const place = (path: string): { path: string; evidencePath: string } => ({ path, evidencePath: path.replace(':', '').replaceAll('\\', '/') });
const appHost = place('C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config');
type Info = Output<'case.info'>;

const app = (path: string, pool: string, folder: string): Info['servers'][number]['sites'][number]['applications'][number] => ({ path, pool, pipeline: 'Integrated', clr: 'v4.0', bitness: 64, physicalPath: place(folder), virtualDirectories: [], source: null });
export const caseInfo: Info = {
  revision: 3, partial: true, state: 'open', path: '/cases/web01.iiscase', unsaved: false, title: 'WEB01 intrusion', examination: null,
  evidence: [{ id: 'ev1', location: '/evidence/web01', attached: true, layout: 'kape', files: 2143, bytes: 512_000_000 }],
  servers: [{
    id: 's1', name: 'WEB01', iisVersion: '10.0', redirected: false, configuration: { ...appHost, line: 1, sha256: HASH }, pools: [],
    sites: [
      { name: 'Default Web Site', id: 1, bindings: ['http *:80:'], logDirectory: place('C:\\inetpub\\logs\\LogFiles\\W3SVC1'), logFormat: 'W3C', logEnabled: true, applications: [app('/', 'DefaultAppPool', 'C:\\inetpub\\wwwroot')], source: null },
      { name: 'Shop', id: 2, bindings: ['http *:80:shop.example', 'https *:443:shop.example'], logDirectory: place('D:\\weblogs\\W3SVC2'), logFormat: 'W3C', logEnabled: true, applications: [app('/', 'ShopPool', 'D:\\Sites\\Shop'), app('/api', 'ShopPool', 'D:\\Sites\\Shop\\api')], source: null },
    ],
  }],
  counts: { events: 4002, components: 15, findings: { high: 1, medium: 1, low: 1, info: 1 }, notes: 1, problems: 4, missing: 2 },
};
export const jobs: Output<'job.list'>['jobs'] = [
  { id: 'j1', kind: 'configuration', title: 'Configuration', state: 'done', done: 9, total: 9, unit: 'files', message: '' },
  { id: 'j2', kind: 'logs', title: 'IIS logs', state: 'running', done: 380, total: 1000, unit: 'bytes', message: 'W3SVC2\\u_ex260302.log' },
];
export const intake: Output<'evidence.intake'> = {
  rows: [
    { artifact: 'iis-config', title: 'IIS configuration', files: 9, bytes: 212_000, first: '2026-01-02T14:12:00Z', last: '2026-03-02T14:12:03Z', read: 'read' },
    { artifact: 'pe', title: 'Components (PE files)', files: 214, bytes: 88_000_000, first: null, last: null, read: 'read' },
    { artifact: 'w3c-log', title: 'IIS logs, W3C extended', files: 62, bytes: 401_000_000, first: '2026-01-01T00:00:03Z', last: '2026-03-03T23:59:58Z', read: 'reading' },
    { artifact: 'other', title: 'Other files', files: 1858, bytes: 23_000_000, first: null, last: null, read: 'listed only' },
  ],
  missing: [
    { what: 'log directory', why: 'configured for site Shop at applicationHost.config line 288', ...place('D:\\weblogs\\W3SVC3'), server: 's1' },
    { what: 'image', why: 'registered as ISAPI filter oldfilter at applicationHost.config line 130', ...place('C:\\Filters\\oldfilter.dll'), server: 's1' },
  ],
};
export const problems: Output<'evidence.problems'>['problems'] = [
  { id: 'p1', server: 's1', kind: 'truncated', ...place('C:\\inetpub\\logs\\LogFiles\\W3SVC2\\u_ex260303.log'), offset: 180_224, message: 'The last line ends in the middle: the log was in use when it was copied.', expected: true },
  { id: 'p2', server: 's1', kind: 'malformed', ...place('D:\\Sites\\Shop\\old\\web.config'), line: 17, message: 'End tag </handlers> closes <add> that was opened at line 15; entries behind it were not read.', expected: false },
  { id: 'p3', server: 's1', kind: 'truncated', ...place('C:\\ProgramData\\Ext\\hdr\u202Egpj.dll'), offset: 0x1a400, message: 'Import table cut off after entry 11: the file ends here.', expected: false },
  { id: 'p4', server: 's1', kind: 'escape', ...place('D:\\Sites\\Shop\\uploads'), message: 'A junction to \\\\nas\\share leads out of the evidence; it was not followed.', expected: false },
];
export const logs: Output<'timeline.logs'>['logs'] = [
  ['Shop', '2026-02-27T00:00:00Z', '2026-03-01T12:00:00Z'], ['Shop', '2026-03-02T10:00:00Z', '2026-03-03T23:00:00Z'], ['Default Web Site', '2026-02-27T06:00:00Z', '2026-03-02T01:00:00Z'],
].map(([site = '', first = '', last = ''], i) => ({ ...place(`C:\\inetpub\\logs\\LogFiles\\W3SVC${i}\\u_ex26030${i}.log`), server: 's1', site, format: 'w3c', lines: 2000, rejected: 0, bytes: { rows: 400_000, headers: 300, padding: 0, rejected: 0 }, first, last, done: i === 1 ? 200_000 : 400_300, size: 400_300, sha256: HASH }));
export const configFiles: Output<'config.files'>['files'] = [
  { ...appHost, server: 's1', sha256: HASH, scope: 'server', registrations: 84, problems: 0 },
  { ...place('D:\\Sites\\Shop\\web.config'), server: 's1', sha256: HASH, scope: 'app:Shop/', registrations: 3, problems: 0 },
  { ...place('D:\\Sites\\Shop\\old\\web.config'), server: 's1', sha256: HASH, scope: 'unassigned', registrations: 1, problems: 1 },
  ...[1, 2, 3].map((n) => ({ ...place(`C:\\inetpub\\history\\CFGHISTORY_000000000${n}\\applicationHost.config`), server: 's1', sha256: HASH, scope: `copy:CFGHISTORY_000000000${n}`, registrations: 83, problems: 0 })),
];
const list = (names: readonly string[]): Output<'config.effective'>['modules'] => ({
  outcome: 'effective', reason: null, missing: [], assumed: [],
  entries: names.map((name, i) => ({ name, type: null, image: `%windir%\\System32\\inetsrv\\${name.toLowerCase()}.dll`, preCondition: i % 3 === 0 ? 'bitness64' : null, state: i === 4 ? 'dormant' : 'effective', why: i === 4 ? 'preCondition bitness32 does not hold' : null, from: { ...appHost, line: 120 + i, column: 13 }, overrides: i === 2 ? [{ ...appHost, line: 90 }] : [] })),
});
const names = ['HttpCacheExt', 'HttpCacheModule', 'StaticFileModule', 'DefaultDocumentModule', 'IsapiModule', 'RequestFilteringModule'];
const empty = list([]);
export const effective: Output<'config.effective'> = {
  server: 's1', site: 'Shop', app: '/', pool: 'ShopPool', pipeline: 'Integrated', clr: 'v4.0', bitness: 64, modules: list(names), globalModules: list(names.slice(0, 4)), handlers: list(['StaticFile', 'PageHandlerFactory']), isapiFilters: empty, isapiCgiRestriction: empty,
  httpModules: { outcome: 'not-evaluable', reason: 'The root web.config was not collected.', missing: [place('C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\web.config')], entries: [], assumed: [] }, httpHandlers: empty,
};
export const pe: Output<'component.get'>['pe'] = PeFacts.parse({
  machine: 'x64', isDll: true, timestamp: { value: 1_709_388_718, time: '2024-03-02T14:11:58Z', offset: 136 }, imphash: '0c6803c4e922103c4dca5963aad36ddf', richHash: null,
  exports: [{ name: 'RegisterModule', ordinal: 1, rva: 0x1430, forwarder: null }, { name: 'Install', ordinal: 2, rva: 0x1500, forwarder: null }],
  imports: [{ dll: 'KERNEL32.dll', names: ['CreateProcessW', 'VirtualAlloc', 'LoadLibraryW', 'GetProcAddress'] }, { dll: 'WS2_32.dll', names: ['#23', '#4', '#115'] }], delayImports: [],
  sections: [{ name: '.text', rva: 0x1000, virtualSize: 0x9a10, rawOffset: 0x400, rawSize: 0x9c00, entropy: 6.31 }, { name: '.data', rva: 0xb000, virtualSize: 0x5000, rawOffset: 0xa000, rawSize: 0x200, entropy: 7.92 }],
  pdb: ['C:\\work\\x64\\Release\\HttpCache.pdb'], versionInfo: { FileDescription: 'IIS Cache Extension', FileVersion: '10.0.17763.1' }, clr: null, entryPoints: ['RegisterModule'], kinds: ['native-module'], certificateTable: null,
  anomalies: [{ id: 'entropy', offset: 0xa000, message: 'Section .data is almost random (entropy 7.92).' }],
});
