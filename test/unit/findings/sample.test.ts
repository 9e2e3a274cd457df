import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseConfig } from '../../../electron/artifacts/iis-config/index.ts';
import { parsePe } from '../../../electron/artifacts/pe/index.ts';
import { joinComponents, loadStates, type ImageFacts, type ImageIndex } from '../../../electron/components/index.ts';
import { detectLayout } from '../../../electron/evidence/layout.ts';
import { openEvidence } from '../../../electron/evidence/open.ts';
import { windowsView } from '../../../electron/evidence/windows-view-of.ts';
import { attachFindings, collectSettings, evaluateRules } from '../../../electron/findings/index.ts';
import { diffCopies, loadedBy, readServer, registrations, type ConfigurationFile } from '../../../electron/iis/index.ts';
import { configurationFilesOf } from '../../../electron/jobs/model/configuration-files-of.ts';
import { SEVERITIES, type Component, type Finding } from '../../../shared/model/index.ts';

const SAMPLE = path.join(import.meta.dirname, '../../fixtures/sample');
const Expected = z.object({
  components: z.array(z.object({
    planted: z.boolean(), kind: z.string(), name: z.string().nullable(), image: z.string().optional(), type: z.string().optional(), fileStatus: z.string().nullable(),
    rules: z.array(z.string()), rulesAllowed: z.array(z.string()), severityAtLeast: z.enum(['high', 'medium', 'low', 'info']).optional(), severityAtMost: z.enum(['high', 'medium', 'low', 'info']).optional(),
  })),
});
const expected = Expected.parse(JSON.parse(readFileSync(path.join(SAMPLE, 'expected.json'), 'utf8')));
const times = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path.join(SAMPLE, 'times.json'), 'utf8')));

async function judgeSample(): Promise<{ components: Component[]; findings: Finding[] }> {
  const source = await openEvidence(path.join(SAMPLE, 'evidence'));
  const entries = await source.inventory();
  await source.close();
  const { hosts } = detectLayout(entries);
  const [root] = hosts;
  if (root === undefined) throw new Error('the sample is one host');
  const view = windowsView(root, entries);
  const bytesOf = (evidencePath: string): Buffer => readFileSync(path.join(SAMPLE, 'evidence', evidencePath));
  const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const configs = new Map<string, ConfigurationFile>();
  const images = new Map<string, ImageFacts>();
  for (const { evidencePath, type } of entries) {
    if (type !== 'file') continue;
    const bytes = bytesOf(evidencePath);
    const place = { path: view.windowsPath(evidencePath), evidencePath };
    if (evidencePath.endsWith('.config')) configs.set(evidencePath, { ...place, sha256: hash(bytes), document: parseConfig(bytes).document });
    if (evidencePath.endsWith('.dll')) {
      images.set(evidencePath, { status: 'present', place, file: { ...place, sha256: hash(bytes), size: bytes.length }, pe: parsePe(bytes).facts, modified: times[evidencePath] ?? null });
    }
  }
  const index: ImageIndex = {
    lookup: (image, bitness) => {
      const found = view.resolve(image, bitness);
      const known = images.get(found.entry?.evidencePath ?? '');
      return known ?? { status: found.status, place: { path: found.path, evidencePath: '' }, file: null, pe: null, modified: null };
    },
    all: [...images.values()],
  };
  const live = configs.get('C/Windows/System32/inetsrv/config/applicationHost.config');
  if (live === undefined) throw new Error('applicationHost.config');
  const files = configurationFilesOf(view, configs, live);
  const { server } = readServer(files, 's1', null);
  const saved = [...configs.values()].filter((c) => c.evidencePath.includes('/history/')).concat(live).map((file, i) => ({
    id: file === live ? 'live' : file.evidencePath.split('/').at(-2) ?? '', order: i + 1, file,
    moment: { time: times[file.evidencePath] ?? null, from: 'history-order' as const, fidelity: 'mtime-only' as const, order: i + 1 },
  }));
  const copies = saved.map(({ file, ...c }) => ({ ...c, series: 'history' as const, of: null, server: 's1', path: file.path, evidencePath: file.evidencePath, sha256: file.sha256 }));
  const changes = [...diffCopies(saved)];
  const lines = registrations(files, server);
  const components = joinComponents({ server, registrations: lines, loadState: loadStates(loadedBy(files, server, lines)), images: index, copies, changes, loose: false });
  const settings = collectSettings({ ...live, root: live.document.root, scope: 'server' });
  const findings = await evaluateRules({ server, components, registrations: lines, complete: true, loose: false, copies, changes, settings, active: [], images: index, missing: [], logs: null });
  return { components: attachFindings(components, findings), findings };
}

let judged: Awaited<ReturnType<typeof judgeSample>>;
beforeAll(async () => {
  judged = await judgeSample();
});

describe('the sample server', () => {
  it.each(expected.components.map((c) => [c.name ?? c.image ?? c.type ?? '', c] as const))('%s is judged as the story has it', (label, wanted) => {
    const component = judged.components.find((c) => (wanted.name === null ? c.image === wanted.image : c.name === wanted.name && c.kind === wanted.kind));
    const about = judged.findings.filter((f) => (component === undefined ? f.title.includes(`"${label}"`) : f.component === component.id));
    if (component !== undefined && wanted.fileStatus !== null) expect(component.fileStatus).toBe(wanted.fileStatus);
    const rules: string[] = about.map((f) => f.rule);
    expect(rules).toEqual(expect.arrayContaining(wanted.rules));
    const rank = Math.min(...about.map((f) => SEVERITIES.indexOf(f.severity)), SEVERITIES.length);
    if (wanted.severityAtLeast !== undefined) expect(rank).toBeLessThanOrEqual(SEVERITIES.indexOf(wanted.severityAtLeast));
    if (wanted.severityAtMost !== undefined) expect(rank).toBeGreaterThanOrEqual(SEVERITIES.indexOf(wanted.severityAtMost));
  });

  it('accuses nobody else', () => {
    const planted = new Set(expected.components.filter((c) => c.planted || c.severityAtMost === 'medium').map((c) => c.name ?? c.image));
    const isPlanted = (c: Component | undefined): boolean => planted.has(c?.name ?? '') || planted.has(c?.image ?? '');
    // A planted file can hold further types that nothing registers.
    const files = new Set(judged.components.filter(isPlanted).flatMap((c) => c.file?.sha256 ?? []));
    const others = judged.findings.filter((f) => f.severity !== 'info' && f.component !== null).filter((f) => {
      const c = judged.components.find((x) => x.id === f.component);
      return !isPlanted(c) && !files.has(c?.file?.sha256 ?? '');
    });
    expect(others.map((f) => `${f.severity} ${f.rule} ${f.title}`)).toEqual([]);
    expect(judged.findings.filter((f) => f.component === null).map((f) => `${f.severity} ${f.rule} ${f.title.replace(/\d+ files that the configuration names.*/, 'N files that the configuration names')}`)).toEqual([
      'high removed-again Native module "TraceReqModule" (C:\\Windows\\Temp\\w3tr.dll) was removed between copy CFGHISTORY_0000000002 and copy CFGHISTORY_0000000003 of the configuration',
      'medium logging-switched-off configHistory enabled is "false" (server): changes of the configuration leave no copy',
      'info image-absent Not collected: N files that the configuration names',
    ]);
  });

  it('has one severe finding for one thing', () => {
    const severe = judged.findings.filter((f) => f.severity === 'high');
    expect(new Set(severe.map((f) => f.component ?? f.id)).size).toBe(severe.length);
    const history = judged.findings.find((f) => f.rule === 'logging-switched-off');
    expect(history?.supports).toContain('It came between copy CFGHISTORY_0000000003 and the file in force.');
  });

  it('dates what the copies date', () => {
    const seen = (name: string) => judged.components.find((c) => c.name === name)?.firstSeen;
    expect(seen('HttpCacheExtModule')).toMatchObject({ time: '2026-03-02T14:12:41Z', from: 'history-order', order: 3 });
    expect(seen('ShopCompression')).toMatchObject({ time: '2026-03-03T01:22:47Z', order: 4 });
  });
});
