import type { Input, Output, RequestName } from '../../shared/contract/index.ts';
import { instantText, ticksFromSeconds } from '../../shared/time/instant.ts';

/** A plausible small server for the screens: two sites, a planted native module, some thousand requests. */
const HASH = 'a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90';
export const APP_HOST = { path: 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config', evidencePath: 'C/Windows/System32/inetsrv/config/applicationHost.config', sha256: HASH };
const PLANTED = { path: 'C:\\ProgramData\\Ext\\cachehttp.dll', evidencePath: 'C/ProgramData/Ext/cachehttp.dll', sha256: HASH };
const ADDED = '2026-03-02T14:12:03Z';

const place = (path: string): { path: string; evidencePath: string } => ({ path, evidencePath: path.replace(':', '').replaceAll('\\', '/') });
type Component = Output<'component.list'>['components'][number];
const stock = (name: string, i: number): Component => ({
  id: `c-${name}`, server: 's1', kind: 'native-module', name, image: `%windir%\\System32\\inetsrv\\${name.toLowerCase()}.dll`, type: null, origin: 'stock', originReason: 'baseline iis-10 globalModules',
  registrations: [{ ...APP_HOST, line: 120 + i, column: 13, section: 'system.webServer/globalModules', scope: 'server', attributes: [{ name: 'name', value: name }, { name: 'image', value: `%windir%\\System32\\inetsrv\\${name.toLowerCase()}.dll` }] }],
  loadedBy: [{ site: 'Shop', application: '/', pool: 'ShopPool' }], dormant: null, file: { ...place(`C:\\Windows\\System32\\inetsrv\\${name.toLowerCase()}.dll`), sha256: HASH, size: 45_056 }, file32: null, fileStatus: 'present', signature: 'not-checked', signatures: [],
  entryPoints: ['RegisterModule'], firstSeen: { time: null, from: 'none', fidelity: 'order-only' }, findings: [],
});
const NAMES = ['HttpCacheModule', 'StaticCompressionModule', 'DefaultDocumentModule', 'DirectoryListingModule', 'ProtocolSupportModule', 'StaticFileModule', 'AnonymousAuthenticationModule', 'RequestFilteringModule', 'CustomErrorModule', 'HttpLoggingModule', 'IsapiModule', 'IsapiFilterModule', 'ConfigurationValidationModule'];

export const components: Component[] = [
  {
    ...stock('HttpCacheExt', 61), id: 'c-planted', image: PLANTED.path, origin: 'unknown', originReason: 'no baseline entry and no known product has this name or image', file: { ...PLANTED, size: 78_336 },
    registrations: [{ ...APP_HOST, line: 312, column: 13, section: 'system.webServer/globalModules', scope: 'server', attributes: [{ name: 'name', value: 'HttpCacheExt' }, { name: 'image', value: PLANTED.path }] }, { ...APP_HOST, line: 355, column: 17, section: 'system.webServer/modules', scope: 'server', attributes: [{ name: 'name', value: 'HttpCacheExt' }] }],
    firstSeen: { time: ADDED, from: 'file-time', fidelity: 'mtime-only', order: 3 }, findings: ['f1', 'f2'],
  },
  {
    ...stock('ShopImaging', 90), id: 'c-managed', kind: 'managed-module', image: null, type: 'Shop.Imaging.ResizeModule, Shop.Imaging', origin: 'unknown', originReason: 'registered by the application itself', file: { ...place('D:\\Sites\\Shop\\bin\\Shop.Imaging.dll'), sha256: HASH, size: 16_896 },
    registrations: [{ ...place('D:\\Sites\\Shop\\web.config'), line: 24, column: 9, section: 'system.webServer/modules', scope: 'app:Shop/', sha256: HASH, attributes: [{ name: 'name', value: 'ShopImaging' }, { name: 'type', value: 'Shop.Imaging.ResizeModule, Shop.Imaging' }] }], entryPoints: ['Shop.Imaging.ResizeModule'], findings: ['f3'],
  },
  ...NAMES.map(stock),
];

const finding = (id: string, severity: 'high' | 'medium' | 'low' | 'info', rule: Output<'finding.list'>['findings'][number]['rule'], title: string, component: string | null, line: number): Output<'finding.list'>['findings'][number] => ({
  id, server: 's1', rule, severity, title, component, supports: ['The image lies outside every folder that IIS or a known product installs to.', 'The file exports RegisterModule, which IIS calls when it loads a native module.', 'It is missing in copy 2 and there in copy 3.'],
  refutes: ['A product documented for this server installs this file.', 'A valid signature of a vendor that the owner of the server names.'], refs: [{ ...APP_HOST, line, column: 13 }, { ...PLANTED, offset: 248 }],
  attack: ['T1505.004'], d3fend: ['http://d3fend.mitre.org/ontologies/d3fend.owl#T1505.004'], first: { time: ADDED, from: 'file-time', fidelity: 'mtime-only', order: 3 },
});
export const findings = [
  finding('f1', 'high', 'unknown-component', 'Native module HttpCacheExt is not part of IIS or of a known product and lies in C:\\ProgramData\\Ext', 'c-planted', 312),
  finding('f2', 'medium', 'appeared-in-history', 'Native module HttpCacheExt was added between copy 2 and copy 3 of the configuration', 'c-planted', 312),
  finding('f3', 'info', 'unknown-component', 'Managed module ShopImaging is registered by its own application', 'c-managed', 24),
  finding('f4', 'low', 'logging-switched-off', 'Logging is switched off for location Shop/health', null, 410),
];

const START = 1_772_150_400; // 2026-02-27T00:00:00Z
type Event = Output<'timeline.event'>;
const METHODS = ['GET', 'GET', 'GET', 'POST', 'HEAD'];
const PATHS = ['/', '/products/list.aspx', '/img/logo.png', '/account/login.aspx', '/products/detail.aspx', '/css/site.css'];
const requestAt = (i: number): Event => {
  const second = START + i * 97 + ((i * i) % 71);
  const method = METHODS[i % METHODS.length] ?? 'GET';
  const uri = PATHS[(i * 7) % PATHS.length] ?? '/';
  const status = i % 41 === 0 ? '500' : i % 13 === 0 ? '404' : '200';
  const ip = i % 50 === 3 ? '203.0.113.77' : `198.51.100.${(i * 3) % 60}`;
  return {
    id: `e${String(i).padStart(5, '0')}`, time: instantText(ticksFromSeconds(second)), timeMeaning: 'request-finished', fidelity: 'exact', source: 'iis-log', what: `${method} ${status}`,
    message: `${method} ${uri} ${status} ${(i % 9) * 31} ms ${ip}`, server: 's1', site: 'Shop',
    fields: [['date', '2026-03-02'], ['cs-method', method], ['cs-uri-stem', uri], ['sc-status', status], ['c-ip', ip], ['cs(User-Agent)', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'], ['time-taken', String((i % 9) * 31)]].map(([name = '', value = '']) => ({ name, value })),
    ref: { ...place('C:\\inetpub\\logs\\LogFiles\\W3SVC2\\u_ex260302.log'), line: i + 5, offset: i * 180, length: 178, sha256: HASH }, tags: [],
  };
};
const unsorted: Event[] = [
  ...Array.from({ length: 4000 }, (_, i) => requestAt(i)),
  { ...requestAt(0), id: 'x1', time: ADDED, timeMeaning: 'component-added', fidelity: 'mtime-only', source: 'config-history', what: 'native module added', message: '+ native module HttpCacheExt -> C:\\ProgramData\\Ext\\cachehttp.dll (copy 2 and copy 3)', site: null, fields: [{ name: 'name', value: 'HttpCacheExt' }, { name: 'image', value: PLANTED.path }], ref: { ...APP_HOST, line: 312, column: 13 }, tags: ['install'] },
  { ...requestAt(0), id: 'x2', time: '2026-03-02T14:11:40Z', timeMeaning: 'file-created', fidelity: 'mtime-only', source: 'file-times', what: 'file created', message: 'C:\\ProgramData\\Ext\\cachehttp.dll 78 336 bytes', site: null, fields: [{ name: 'path', value: PLANTED.path }], ref: PLANTED },
];
export const events = unsorted.sort((a, b) => (`${a.time} ${a.id}` < `${b.time} ${b.id}` ? -1 : 1));

export const copies: Output<'config.history'>['copies'] = ['CFGHISTORY_0000000001', 'CFGHISTORY_0000000002', 'CFGHISTORY_0000000003', 'live'].map((id, i) => ({
  ...(id === 'live' ? APP_HOST : { ...place(`C:\\inetpub\\history\\${id}\\applicationHost.config`), sha256: HASH }), id, series: id === 'live' ? 'live' as const : 'history' as const, of: null, server: 's1', order: i + 1, moment: { time: `2026-0${i === 0 ? 1 : 2 + (i > 1 ? 1 : 0)}-02T14:12:0${i}Z`, from: 'file-time', fidelity: 'mtime-only', order: i + 1 },
}));
export const configLines = Array.from({ length: 640 }, (_, i) => (i === 311 ? `            <add name="HttpCacheExt" image="${PLANTED.path}" />` : i % 40 === 0 ? `    <section name="s${i}">` : `        <add name="entry${i}" value="${i}" />`));
export const configChanges: Output<'config.history'>['changes'] = [{ what: 'added', kind: 'native-module', section: 'system.webServer/globalModules', scope: 'server', name: 'HttpCacheExt', before: null, after: `name="HttpCacheExt" image="${PLANTED.path}"`, from: 'CFGHISTORY_0000000002', to: 'CFGHISTORY_0000000003', refs: findings[0]?.refs ?? [] }];
/** The planted line and the ones around it. */
export const diffLines: Output<'config.diff'>['lines'] = [
  ...[309, 310, 311].map((n) => ({ what: 'same' as const, left: n, right: n, text: configLines[n - 1] ?? '' })), { what: 'added', left: null, right: 312, text: configLines[311] ?? '' },
  { what: 'same', left: 312, right: 313, text: configLines[312] ?? '' },
];
export const examined = { caseNumber: '2026-0117', examiner: 'A. Vogel', hostLabel: 'WEB01' };
export const note = (id: string, text: string, tag: string, about: string | null): Output<'note.add'> => ({ id, revision: 1, text, tag, written: '2026-03-10T09:15:00Z', about, examination: examined, refs: [{ ...APP_HOST, line: 312, column: 13 }], event: 'x1', finding: null, component: 'c-planted', deleted: false });
export type Answers = { [N in RequestName]?: (input: Input<N>) => Output<N> };
export { caseInfo, configFiles, effective, intake, jobs, logs, pe, problems } from './fake-case.ts';
