import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { configurationArtifacts } from '../../../electron/artifacts/registry.ts';
import { parseConfig } from '../../../electron/artifacts/iis-config/index.ts';
import { examinePe } from '../../../electron/artifacts/pe/index.ts';
import type { ImageFacts, ImageIndex } from '../../../electron/components/index.ts';
import { collectLooks, judge, RULES } from '../../../electron/findings/index.ts';
import type { RuleFacts } from '../../../electron/findings/index.ts';
import { buildModel } from '../../../electron/jobs/model/case-model.ts';
import { findHosts } from '../../../electron/jobs/reading/hosts.ts';
import { TraitScan } from '../../../electron/jobs/image-reader/traits/scan-traits.ts';
import { serverFacts } from '../../../electron/jobs/reading/server-facts.ts';
import type { PeFacts } from '../../../shared/model/index.ts';

/**
 * One server in memory: its files are parsed as a reading does, then all rules run over what they say. Prints one line
 * of JSON. Words: how many sites, applications of each, program files, modules in one further web.config, folder of the fixtures.
 */
const [sites = 500, perSite = 6, dlls = 2000, crowd = 0] = process.argv.slice(2, 6).map(Number);
const fixtures = process.argv[6] ?? '';

/** Seconds since it was made: of the clock, or of the processor where that is less, because other work holds the clock back. */
function stopwatch(): () => number {
  const begun = performance.now();
  const used = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(used);
    return Math.min((performance.now() - begun) / 1000, (user + system) / 1e6);
  };
}

const BASE = readFileSync(path.join(fixtures, 'rules/base/applicationHost.config'), 'utf8');
const PROGRAMS = ['clr', 'x64', 'x86'].flatMap((f) => readdirSync(path.join(fixtures, 'components/bin', f)).sort().map((name) => new Uint8Array(readFileSync(path.join(fixtures, 'components/bin', f, name)))));
const folder = (s: number, a: number): string => `D:\\sites\\s${s}\\a${a}`;
const evidencePath = (windows: string): string => windows.replace(':', '').replaceAll('\\', '/');

function applicationHost(extra: readonly string[]): string {
  const all = Array.from({ length: sites }, (_, s) => `<site name="Site ${s}" id="${s + 10}"><bindings><binding protocol="http" bindingInformation="*:80:s${s}.example" /></bindings>${Array.from({ length: perSite }, (__, a) =>
    `<application path="${a === 0 ? '/' : `/a${a}`}" applicationPool="ShopPool"><virtualDirectory path="/" physicalPath="${folder(s, a)}" /></application>`).join('')}</site>`);
  const modules = extra.map((name) => `<add name="${name}" image="C:\\Program Files\\${name}\\${name}.dll" />`).join('\n');
  return BASE.replace('<siteDefaults>', () => `${all.join('\n')}\n<siteDefaults>`).replace('</globalModules>', () => `${modules}\n</globalModules>`).replace('</modules>', () => `${extra.map((n) => `<add name="${n}" />`).join('\n')}\n</modules>`);
}

const VENDORS = Array.from({ length: 40 }, (_, i) => `VendorModule${i}`);
const texts = new Map<string, string>([['C/Windows/System32/inetsrv/config/applicationHost.config', applicationHost(VENDORS)]]);
for (const [i, names] of [VENDORS.slice(0, 10), VENDORS.slice(0, 30), VENDORS].entries()) texts.set(`C/inetpub/history/CFGHISTORY_000000000${i + 1}/applicationHost.config`, applicationHost(names));
const programs = new Map<string, Uint8Array>();
for (let n = 0; n < sites * perSite; n++) {
  const at = folder(Math.floor(n / perSite), n % perSite);
  texts.set(evidencePath(`${at}\\web.config`), `<configuration>\n<system.webServer>\n<modules><add name="Audit" type="App${n}.Web.Audit, App${n}" preCondition="managedHandler" /></modules>\n<handlers><add name="Files" path="files.axd" verb="*" type="App${n}.Web.Files, App${n}" />` +
    `<add name="Old" path="*.old" verb="*" modules="IsapiModule" scriptProcessor="${at}\\bin\\App${n}.dll" /></handlers>\n</system.webServer>\n</configuration>\n`);
  if (programs.size < dlls) programs.set(evidencePath(`${at}\\bin\\App${n}.dll`), PROGRAMS[n % PROGRAMS.length] ?? new Uint8Array());
}
if (crowd > 0) texts.set(evidencePath(`${folder(0, 0)}\\web.config`), `<configuration>\n<system.webServer>\n<modules>\n${Array.from({ length: crowd }, (_, i) => `<add name="M${i}" type="N${i % 97}.T${i}, A${i % 13}" />`).join('\n')}\n</modules>\n</system.webServer>\n</configuration>\n`);

const configs = [...texts].map(([name, text]) => ({ name, bytes: new Uint8Array(Buffer.from(text)) }));
let watch = stopwatch();
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const parsed = configs.map(({ name, bytes }) => ({ name, sha256: sha(bytes), document: parseConfig(bytes).document }));
const scan = new TraitScan();
const read = [...programs].map(([name, bytes]): readonly [string, { readonly sha256: string; readonly size: number; readonly pe: PeFacts | null; readonly traits: ImageFacts['traits'] }] => {
  const pe = examinePe(bytes, name).facts;
  return [name, { sha256: sha(bytes), size: bytes.length, pe, traits: pe === null ? [] : scan.scan(bytes, pe) }];
});
const parse = watch();

watch = stopwatch();
const entries = [...configs, ...[...programs].map(([name, bytes]) => ({ name, bytes }))].map(({ name, bytes }) => ({ evidencePath: name, type: 'file' as const, size: bytes.length, modified: null, created: null, problem: null }));
const hosts = findHosts(entries);
const view = hosts.hosts[0]?.view;
if (view === undefined) throw new Error('no host');
const known = parsed.flatMap(({ name, sha256, document }) => {
  const place = { path: view.windowsPath(name), evidencePath: name };
  const role = configurationArtifacts().map((a) => a.locate(name)).find((r) => r !== null);
  return role === undefined ? [] : [{ configuration: { ...place, sha256, document }, role, modified: '2026-01-01T00:00:00Z' }];
});
const [model] = buildModel(hosts, known, 'mtime-only').servers;
if (model === undefined) throw new Error('no server');
const images = new Map(read.map(([name, { sha256, size, pe, traits = [] }]): [string, ImageFacts] => {
  const place = { path: view.windowsPath(name), evidencePath: name };
  return [name, { status: 'present', place, file: { ...place, sha256, size }, pe, modified: '2026-01-01T00:00:00Z', authenticode: null, traits }];
}));
const index: ImageIndex = {
  lookup: (image, bitness) => {
    const found = view.resolve(image, bitness);
    return images.get(found.entry?.evidencePath ?? '') ?? { status: found.status, place: { path: found.path ?? view.expand(image, bitness), evidencePath: '' }, file: null, pe: null, modified: null };
  },
  all: [...images.values()],
};
const { server, components, registrations, settings, missing, catalogs } = serverFacts(model, index);
const joined = watch();

const facts: RuleFacts = {
  server, components, registrations, settings, missing, catalogs, complete: true, loose: false, copies: model.copies.map((c) => c.copy), changes: model.changes, poolChanges: model.poolChanges,
  active: [], images: index, logs: null,
};
const byRule: Record<string, number> = {};
const rules = RULES.map((rule) => ({ ...rule, evaluate: async (f: RuleFacts) => {
  const own = stopwatch();
  const drafts = await rule.evaluate(f);
  byRule[rule.id] = own();
  return drafts;
} }));
watch = stopwatch();
const verdict = await judge(facts, rules);
const judged = watch();
watch = stopwatch();
const looks = collectLooks(facts, verdict, components.length <= 10_000);
const looked = watch();
process.stdout.write(`${JSON.stringify({ parse, joined, judged, looked, byRule, files: parsed.length, programs: read.length, components: components.length, findings: verdict.findings.length, looks: looks.reduce((n, l) => n + l.looks.length, 0) })}\n`);
