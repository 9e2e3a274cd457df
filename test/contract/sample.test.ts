import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TriageDocument } from '../../shared/contract/cli/documents.ts';
import { SAMPLE, startEngine, triage, type TestEngine } from '../helpers/engine.ts';

interface ExpectedComponent {
  readonly what: string; readonly kind: string; readonly name: string | null; readonly image?: string; readonly type?: string; readonly fileStatus: string | null;
  readonly rules: readonly string[]; readonly rulesAllowed: readonly string[]; readonly severityAtLeast?: string; readonly severityAtMost?: string;
}
interface Expected {
  readonly layout: string;
  readonly sites: TriageDocument['servers'][number]['sites'];
  readonly components: readonly ExpectedComponent[];
  readonly logs: readonly { readonly path: string; readonly rows: number; readonly rejected: number; readonly first: string; readonly last: string }[];
}

const expected = JSON.parse(readFileSync(path.join(SAMPLE, '../expected.json'), 'utf8')) as Expected;
const LADDER = ['info', 'low', 'medium', 'high'];

describe('triage of the sample', () => {
  let engine: TestEngine;
  let document: TriageDocument;
  beforeAll(async () => {
    engine = await startEngine();
    document = await triage(engine, SAMPLE);
  });
  afterAll(() => engine.close());

  it('finds the layout, sites and applications', () => {
    expect(document.evidence.layout).toBe(expected.layout);
    const sites = document.servers[0]?.sites ?? [];
    expect(sites.map((s) => ({ name: s.name, id: s.id, applications: s.applications.map(({ path, pool, pipeline, clr, bitness }) => ({ path, pool, pipeline, clr, bitness })) }))).toEqual(expected.sites);
  });

  it.each(expected.components.map((c) => [c.what, c] as const))('judges %s', (_what, wanted) => {
    const component = document.components.find((c) => c.kind === wanted.kind
      && (wanted.name === null ? c.image === wanted.image : c.name === wanted.name));
    const findings = document.findings.filter((f) => (component === undefined ? f.title.includes(`"${wanted.name}"`) : f.component === component.id));
    const rules = new Set(findings.map((f) => f.rule as string));
    if (wanted.fileStatus !== null) expect(component?.fileStatus ?? 'not-collected').toBe(wanted.fileStatus);
    expect([...wanted.rules].filter((r) => !rules.has(r)), 'rules that must be raised').toEqual([]);
    expect([...rules].filter((r) => !wanted.rules.includes(r) && !wanted.rulesAllowed.includes(r)), 'rules that must not').toEqual([]);
    const worst = Math.max(-1, ...findings.map((f) => LADDER.indexOf(f.severity)));
    if (wanted.severityAtLeast !== undefined) expect(worst).toBeGreaterThanOrEqual(LADDER.indexOf(wanted.severityAtLeast));
    if (wanted.severityAtMost !== undefined) expect(worst).toBeLessThanOrEqual(LADDER.indexOf(wanted.severityAtMost));
  });

  it('accounts for every row and byte of the logs', () => {
    const byPath = new Map(document.logs.map((l) => [l.evidencePath, l]));
    for (const log of expected.logs) {
      const read = byPath.get(log.path);
      expect(read).toMatchObject({ lines: log.rows, rejected: log.rejected, first: log.first, last: log.last });
      const { rows, headers, padding, rejected } = read?.bytes ?? { rows: 0, headers: 0, padding: 0, rejected: 0 };
      expect(rows + headers + padding + rejected).toBe(read?.size);
    }
    expect(document.logs).toHaveLength(expected.logs.length);
  });

  it('gives every finding its evidence, with a hash', () => {
    for (const f of document.findings) {
      expect(f.refs.length, f.title).toBeGreaterThan(0);
      for (const ref of f.refs.filter((r) => r.evidencePath !== '')) expect(ref.sha256, `${f.title}: ${ref.evidencePath}`).toMatch(/^[0-9a-f]{64}$/);
      expect(f.attack).toContain('T1505.004');
      expect(f.d3fend[0]).toBe('http://d3fend.mitre.org/ontologies/d3fend.owl#T1505.004');
    }
  });

  it('names the line that registers a component', async () => {
    const planted = document.components.find((c) => c.name === 'HttpCacheExtModule');
    const registration = planted?.registrations[0];
    const text = await engine.ask('evidence.text', { evidencePath: registration?.evidencePath ?? '', fromLine: registration?.line ?? 1, lines: 1 });
    expect(text.lines[0]?.slice((registration?.column ?? 1) - 1)).toMatch(/^<add name="HttpCacheExtModule" image="C:\\ProgramData/);
  });

  it('counts the same events everywhere', async () => {
    const page = await engine.ask('timeline.page', { filter: '', offset: 0, limit: 10 });
    const histogram = await engine.ask('timeline.histogram', { filter: '', buckets: 100 });
    expect(page.total).toBe(document.timeline.events);
    expect(histogram.buckets.reduce((a, b) => a + b, 0)).toBe(document.timeline.events);
    expect(Object.values(document.timeline.bySource).reduce((a, b) => a + b, 0)).toBe(document.timeline.events);
  });

  it('is the same with one worker and with three, byte for byte', async () => {
    const one = JSON.stringify(await triage(engine, SAMPLE, 1));
    const three = JSON.stringify(await triage(engine, SAMPLE, 3));
    expect(one).toBe(JSON.stringify(document));
    expect(three).toBe(one);
  });
});
