import { describe, expect, it } from 'vitest';
import { observableId, uuid5 } from '../../../electron/report/stix/ids.ts';
import { stixBundle } from '../../../electron/report/stix/bundle.ts';
import { PAYLOADS } from '../../e2e/loopback/hostile-evidence.ts';
import { componentOf, findingOf, materialOf } from './material.ts';
import { stixFaults } from './stix-rules.ts';

describe('the STIX bundle', () => {
  it('conforms, for an ordinary and for a hostile case', () => {
    expect(stixFaults({ ...stixBundle(materialOf()).bundle })).toEqual([]);
    const items = PAYLOADS.map((p, i) => componentOf(`c${i}`, { name: p, file: { path: `C:\\${p}\\${p}`, evidencePath: p, sha256: String(i).padStart(64, '0'), size: i } }));
    const findings = PAYLOADS.map((p, i) => findingOf(`f${i}`, { component: i % 5 === 0 ? null : `c${i}`, title: p, supports: [p], severity: i % 2 === 0 ? 'high' : 'low' }));
    expect(stixFaults({ ...stixBundle(materialOf({ components: { items, total: items.length }, findings: { items: findings, total: findings.length }, examination: null })).bundle })).toEqual([]);
  });

  it('finds what does not conform', () => {
    const { bundle } = stixBundle(materialOf());
    expect(stixFaults({ ...bundle, objects: bundle.objects.map((o) => (o.type === 'note' ? { ...o, created: '2026-03-04' } : o)) })).toHaveLength(1);
  });

  it('makes an indicator for the content of a grave component, tied to the technique', () => {
    const { objects } = stixBundle(materialOf()).bundle;
    const indicator = objects.find((o) => o.type === 'indicator');
    const technique = objects.find((o) => o.type === 'attack-pattern');
    expect(indicator?.['pattern']).toBe(`[file:hashes.'SHA-256' = '${'ab'.repeat(32)}']`);
    expect(technique?.['external_references']).toEqual([{ source_name: 'mitre-attack', external_id: 'T1505.004', url: 'https://attack.mitre.org/techniques/T1505/004/' }]);
    expect(objects.some((o) => o.type === 'relationship' && o['relationship_type'] === 'indicates' && o['source_ref'] === indicator?.id && o['target_ref'] === technique?.id)).toBe(true);
    expect(stixBundle(materialOf({ findings: { items: [findingOf('f1', { severity: 'low' })], total: 1 } })).bundle.objects.some((o) => o.type === 'indicator')).toBe(false);
  });

  it('leaves ignored findings out and says so', () => {
    const decisions = new Map([['f1', { finding: 'f1', decision: 'ignored' as const, reason: 'r', author: 'a', time: '2026-03-04T10:00:00Z' }]]);
    const { bundle, notes } = stixBundle(materialOf({ decisions }));
    expect(bundle.objects.some((o) => o.type === 'note' || o.type === 'indicator')).toBe(false);
    expect(notes).toEqual(['1 ignored findings are not in the bundle.']);
  });

  it('is the same for the same case', () => {
    expect(JSON.stringify(stixBundle(materialOf()))).toBe(JSON.stringify(stixBundle(materialOf())));
  });

  it('makes ids as the standards have them', () => {
    // The DNS name space and name of RFC 9562, appendix A.4.
    expect(uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
    // Same object, properties in another order.
    expect(observableId('file', { name: 'a', hashes: { 'SHA-256': 'b' } })).toBe(observableId('file', { hashes: { 'SHA-256': 'b' }, name: 'a' }));
  });
});
