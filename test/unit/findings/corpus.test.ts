import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../electron/artifacts/iis-config/index.ts';
import { joinComponents, loadStates, type ImageIndex } from '../../../electron/components/index.ts';
import { collectSettings, evaluateRules } from '../../../electron/findings/index.ts';
import { diffCopies, loadedBy, readLooseWebConfig, readServer, registrations, type ConfigurationFile, type ConfigurationFiles } from '../../../electron/iis/index.ts';
import type { Component, Finding, Server } from '../../../shared/model/index.ts';
import { corpus } from '../../helpers/corpus.ts';

/** Nothing but configuration is there: every image is "not collected". */
const NOTHING: ImageIndex = {
  lookup: () => ({ status: 'not-collected', place: { path: null, evidencePath: '' }, file: null, pe: null, modified: null }),
  all: [],
};

function load(file: string): ConfigurationFile {
  const bytes = readFileSync(file);
  return { path: null, evidencePath: path.relative(corpus.root, file).replaceAll('\\', '/'), sha256: createHash('sha256').update(bytes).digest('hex'), document: parseConfig(bytes).document };
}

const single = (applicationHost: ConfigurationFile): ConfigurationFiles => ({
  applicationHost, expand: (p) => p, place: (p) => ({ path: p, evidencePath: p }), at: () => 'not-collected', webConfigsBelow: () => [],
});

interface Judged { readonly file: string; readonly components: readonly Component[]; readonly findings: readonly Finding[] }

async function judge(file: ConfigurationFile, older: readonly ConfigurationFile[] = []): Promise<Judged> {
  const host = /application-?host/i.test(file.evidencePath) || (file.document.root?.children.some((c) => c.name === 'system.applicationHost') ?? false);
  const files = single(file);
  const server: Server = host ? readServer(files, 's', null).server : { id: 's', name: null, iisVersion: null, sites: [], pools: [], configuration: null, redirected: false };
  const lines = host ? registrations(files, server) : readLooseWebConfig(file, 's');
  const copies = [...older, file].map((f, i) => ({ id: `c${i}`, order: i, moment: { time: null, from: 'history-order' as const, fidelity: 'order-only' as const, order: i }, file: f }));
  const changes = older.length === 0 ? [] : diffCopies(copies);
  const saved = copies.map(({ file: f, ...c }) => ({ ...c, series: 'history' as const, of: null, server: 's', sha256: f.sha256, path: f.path, evidencePath: f.evidencePath }));
  const loading = host ? loadedBy(files, server, lines) : { loadedBy: new Map(), dormant: new Map() };
  const components = joinComponents({ server, registrations: lines, loadState: loadStates(loading), images: NOTHING, copies: saved, changes, loose: true });
  const findings = await evaluateRules({
    server, components, registrations: lines, complete: file.document.complete, loose: true, copies: saved, changes,
    settings: collectSettings({ ...file, root: file.document.root, scope: host ? 'server' : 'unassigned' }), active: [], images: NOTHING, missing: [], logs: null,
  });
  return { file: file.evidencePath, components, findings };
}

function configs(folder: string): ConfigurationFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.config')).sort().map((f) => load(path.join(folder, f)));
}

/** A person would say the same of these: test data of a configuration editor that switches logging off. */
const AGREED = (file: string, f: Finding): boolean => f.rule === 'logging-switched-off' && file.includes('JexusManager');

const claims = ({ file, findings }: Judged): string[] => findings.filter((f) => f.severity !== 'info' && !AGREED(file, f)).map((f) => `${file}: ${f.severity} ${f.rule}: ${f.title}`);

describe.skipIf(!corpus.present)('real configurations (skipped without the corpus)', () => {
  it('accuses nothing on Exchange, reverse proxy and shared configurations', async () => {
    const real = [...configs(corpus.file('config')), ...configs(corpus.file('webconfig'))].filter((f) => !f.evidencePath.includes('/generated/'));
    expect(real.length).toBeGreaterThan(60);
    const judged: Judged[] = [];
    for (const file of real) judged.push(await judge(file));
    expect(judged.flatMap(claims)).toEqual([]);
    for (const { findings } of judged) expect(findings.filter((f) => f.title.startsWith('Not collected')).length).toBeLessThanOrEqual(1);
    expect(judged.reduce((n, j) => n + j.components.length, 0)).toBeGreaterThan(2000);
  }, 120_000);

  it('finds exactly what was put into the generated ones', async () => {
    const odd = await judge(load(corpus.file('config', 'generated', 'odd_paths.config')));
    const named = new Set(odd.findings.filter((f) => f.severity !== 'info').map((f) => odd.components.find((c) => c.id === f.component)?.name ?? '-'));
    expect([...named].sort()).toEqual(['DeviceModule', 'RefModule1', 'RelativeModule', 'ShortModule', 'SlashModule', 'StreamModule', 'Trailing ', 'UncModule']);
  });

  it('does not take damage for an intrusion', async () => {
    const damaged = configs(corpus.file('config', 'generated')).filter((f) => !f.evidencePath.endsWith('odd_paths.config'));
    expect(damaged.length).toBeGreaterThan(8);
    for (const file of damaged) expect(claims(await judge(file))).toEqual([]);
  });

  it('compares three states of one shared configuration without an accusation', async () => {
    const [oldest, middle, newest] = ['c1982+IIS-SharedGitConfig@ff76c001', 'c1982+IIS-SharedGitConfig@bc21dec2', 'c1982+IIS-SharedGitConfig'].map((f) => load(corpus.file('config', f, 'applicationHost.config')));
    if (oldest === undefined || middle === undefined || newest === undefined) throw new Error('three files');
    expect(claims(await judge(newest, [oldest, middle]))).toEqual([]);
  });
});
