import { UNKNOWN_MOMENT, type Component, type Finding, type Note } from '../../../shared/model/index.ts';
import type { Material } from '../../../electron/report/material.ts';

const HASH = 'ab'.repeat(32);
export const CONFIG = { path: 'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config', evidencePath: 'C/Windows/System32/inetsrv/config/applicationHost.config', sha256: 'cd'.repeat(32) };

export function componentOf(id: string, more: Partial<Component> = {}): Component {
  return {
    id, server: 's1', kind: 'native-module', name: 'CacheExt', image: 'C:\\Ext\\cache.dll', type: null, origin: 'unknown', originReason: 'neither in the baseline nor a known product',
    registrations: [{ ...CONFIG, line: 252, column: 13, section: 'system.webServer/globalModules', scope: 'server', attributes: [{ name: 'name', value: 'CacheExt' }, { name: 'image', value: 'C:\\Ext\\cache.dll' }] }],
    loadedBy: [{ site: 'Shop', application: '/', pool: 'ShopPool' }], dormant: null, file: { path: 'C:\\Ext\\cache.dll', evidencePath: 'C/Ext/cache.dll', sha256: HASH, size: 5120 }, file32: null, fileStatus: 'present',
    signature: 'unsigned', signatures: [{ which: 'file', status: 'unsigned', signer: null, issuer: null, anchor: null, timestamp: null, catalog: null, reasons: ['no certificate table'] }], entryPoints: ['RegisterModule'],
    firstSeen: { time: '2026-03-02T14:12:41Z', from: 'file-time', fidelity: 'mtime-only' }, findings: ['f1'], ...more,
  };
}

export function findingOf(id: string, more: Partial<Finding> = {}): Finding {
  return {
    id, server: 's1', rule: 'unknown-component', severity: 'high', title: 'Native module "CacheExt" is neither part of IIS nor of a known product', component: 'c1', supports: ['It is registered for all sites.'], refutes: ['A purchase order that names it.'],
    refs: [{ ...CONFIG, line: 252, column: 13 }, { path: 'C:\\Ext\\cache.dll', evidencePath: 'C/Ext/cache.dll', offset: 16, length: 4, sha256: HASH }], attack: ['T1505.004'], d3fend: [], first: { time: '2026-03-02T14:12:41Z', from: 'file-time', fidelity: 'mtime-only' }, ...more,
  };
}

export function noteOf(id: string, more: Partial<Note> = {}): Note {
  return {
    id, revision: 1, text: 'The client called', tag: 'call', written: '2026-03-04T10:00:00Z', about: '2026-03-04T09:00:00Z', examination: { caseNumber: '2026-17', examiner: 'A. Examiner', hostLabel: 'WEB01' },
    refs: [], event: null, finding: null, component: null, deleted: false, ...more,
  };
}

/** A small case with one of each. */
export function materialOf(more: Partial<Material> = {}): Material {
  const findings = more.findings?.items ?? [findingOf('f1')];
  return {
    caseId: '11111111-2222-4333-8444-555555555555', tool: 'iisight 0.0.0', partial: false, examination: { caseNumber: '2026-17', examiner: 'A. Examiner', hostLabel: 'WEB01' },
    servers: [{ id: 's1', name: 'WEB01', iisVersion: '10.0', sites: [], pools: [], configuration: null, redirected: false }],
    evidence: [{ id: 'e1', location: '/evidence/web01', kind: 'folder', layout: 'tree', files: 12, bytes: 34_567, serverZone: null, fingerprint: 'ef'.repeat(32) }], hashed: { files: 5, of: 12 },
    runs: [{ id: 'r1', evidence: 'e1', tool: 'iisight 0.0.0', started: '2026-03-04T08:00:00Z', finished: '2026-03-04T08:01:00Z', state: 'finished', message: '', options: '{}', touched: true, files: 2, bytes: 900 }],
    journal: {
      entries: 7, head: '12'.repeat(32), time: '2026-03-04T11:00:00Z', byAction: new Map([['case.create', 1], ['note.add', 1], ['replace.finding', 5]]),
      deeds: { items: [{ seq: 1, time: '2026-03-04T08:00:00Z', actor: 'iisight 0.0.0', action: 'case.create', detail: '{}', hash: '34'.repeat(32) }], total: 1 },
    },
    findings: { items: findings, total: findings.length }, findingCounts: { high: findings.length, medium: 0, low: 0, info: 0 }, ruleCounts: new Map([['unknown-component', findings.length]]),
    decisions: new Map(), components: { items: [componentOf('c1')], total: 1 }, stock: { all: 40, withFindings: 0 },
    looks: new Map([['c1', { component: 'c1', looks: [{ rule: 'signature-tampered', outcome: 'not-evaluable', saw: ['No catalog was collected.'] }] }]]), pe: new Map(), stories: new Map(),
    notes: { items: [noteOf('n1')], total: 1 }, copies: [{ ...CONFIG, id: 'live', server: 's1', order: 4, series: 'live', of: CONFIG.path, moment: UNKNOWN_MOMENT }],
    changes: { items: [{ what: 'added', kind: 'native-module', section: 'system.webServer/globalModules', scope: 'server', name: 'CacheExt', before: null, after: 'name="CacheExt"', from: 'CFGHISTORY_0000000002', to: 'live', refs: [{ ...CONFIG, line: 252 }], server: 's1' }], total: 1 },
    missing: { items: [{ path: 'C:\\Windows\\System32\\winevt', evidencePath: 'C/Windows/System32/winevt', what: 'event logs', why: 'the start of a pool stands there' }], total: 1 },
    problems: { groups: { items: [{ kind: 'truncated', expected: true, message: 'The last line is cut', count: 3, first: { id: 'p1', path: null, evidencePath: 'C/logs/x.log', server: 's1', kind: 'truncated', offset: 99, message: 'The last line is cut', expected: true } }], total: 1 }, total: 3, unexpected: 0 },
    logs: [{ path: 'C:\\logs\\x.log', evidencePath: 'C/logs/x.log', server: 's1', site: 'Shop', format: 'w3c', lines: 10, rejected: 1, bytes: { rows: 90, headers: 5, padding: 0, rejected: 5 }, first: '2026-03-01T00:00:00Z', last: '2026-03-02T00:00:00Z', done: 100, size: 100, sha256: HASH }],
    lanes: [{ source: 'iis-log', server: 's1', site: 'Shop', stretches: [{ from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z', state: 'read', logs: [] }, { from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z', state: 'none', logs: [] }], files: 1, bytes: 100, read: 100 }],
    lists: [], ...more,
  };
}
