import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TriageDocument } from '../../shared/contract/cli/documents.ts';
import { SEVERITIES, type Component, type Finding } from '../../shared/model/index.ts';
import { type TestEngine, triage } from '../helpers/engine.ts';
import { SigningLab, signingTools } from '../helpers/signing.ts';
import type { NamedScenario } from './build/scenario.ts';
import { type Signer, buildTree } from './build/tree.ts';

/** What became of one thing that the scenario says is to be found. */
interface Found {
  readonly what: string;
  /** Of the most severe finding about it, or null. */
  readonly severity: Finding['severity'] | null;
  readonly missingRules: readonly string[];
  /** What came in place of the time that was to be told, or null when it fits. */
  readonly otherTime: string | null;
}

export interface Outcome {
  readonly scenario: NamedScenario;
  readonly found: readonly Found[];
  /** Rules that were to speak of traces and did not. */
  readonly silent: readonly string[];
  /** Findings of at least medium about something else. */
  readonly others: readonly Finding[];
  readonly counts: Readonly<Record<Finding['severity'], number>>;
  readonly document: TriageDocument;
}

const loud = (f: Finding): boolean => f.severity === 'high' || f.severity === 'medium';
type Expected = NamedScenario['expected'][number];

function isMeant(c: Component, { component }: Expected): boolean {
  if (component === undefined || c.kind !== component.kind) return false;
  const { name, image, type } = component;
  return (name === undefined || c.name === name) && (image === undefined || (c.image ?? '').endsWith(image)) && (type === undefined || (c.type ?? '').startsWith(type));
}

const ref = (e: Expected): string => e.title ?? [e.component?.kind, e.component?.name ?? e.component?.image ?? e.component?.type].join(' ');

/** True for a finding that speaks of the expected thing. */
function speaksOf(f: Finding, expected: Expected, components: ReadonlyMap<string, Component>): boolean {
  if (expected.title !== undefined && f.title.includes(expected.title)) return true;
  const component = f.component === null ? undefined : components.get(f.component);
  return component !== undefined && isMeant(component, expected);
}

function look(expected: Expected, document: TriageDocument, components: ReadonlyMap<string, Component>): Found {
  const own = document.findings.filter((f) => speaksOf(f, expected, components));
  const rules = new Set(own.map((f) => f.rule));
  const component = document.components.find((c) => isMeant(c, expected));
  const first = component?.firstSeen ?? own[0]?.first;
  const told = first === undefined ? '-' : `${first.time ?? '-'}${first.order === undefined ? '' : ` copy ${first.order}`}`;
  return {
    what: ref(expected),
    severity: SEVERITIES.find((s) => own.some((f) => f.severity === s)) ?? null,
    missingRules: expected.rules.filter((r) => !rules.has(r)),
    otherTime: expected.first === undefined || told.startsWith(expected.first) || told.endsWith(expected.first) ? null : told,
  };
}

/** Judges what the reading of a scenario said. */
export function judge(scenario: NamedScenario, document: TriageDocument): Outcome {
  const components = new Map(document.components.map((c) => [c.id, c]));
  const accepted = (f: Finding): boolean => scenario.accepted.some((a) => a.rule === f.rule && f.title.includes(a.title));
  return {
    scenario,
    found: scenario.expected.map((e) => look(e, document, components)),
    silent: scenario.traces.filter((r) => !document.findings.some((f) => f.rule === r)),
    others: document.findings.filter((f) => loud(f) && !accepted(f) && !scenario.traces.includes(f.rule) && !scenario.expected.some((e) => speaksOf(f, e, components))),
    counts: { high: 0, medium: 0, low: 0, info: 0, ...Object.fromEntries(SEVERITIES.map((s) => [s, document.findings.filter((f) => f.severity === s).length])) },
    document,
  };
}

/** Everything that keeps a scenario from being passed, as sentences; none when it is. */
export function faults({ scenario, found, silent, others }: Outcome): string[] {
  return [
    ...found.filter((f) => f.severity !== 'high' && f.severity !== 'medium').map((f) => `missed: ${f.what} (${f.severity ?? 'nothing'})`),
    ...found.filter((f) => f.missingRules.length > 0).map((f) => `${f.what}: nothing from ${f.missingRules.join(', ')}`),
    ...found.flatMap((f) => (f.otherTime === null ? [] : [`${f.what}: first seen ${f.otherTime}`])),
    ...silent.map((r) => `no trace told by ${r}`),
    ...others.map((f) => `${scenario.kind === 'clean' ? 'accused' : 'besides'}: ${f.severity} ${f.rule}: ${f.title}`),
  ];
}

/** Where built trees are kept, for a look at them. */
const KEPT = process.env['IISIGHT_SCENARIO_FOLDER'];

/** The folder in which trees are built, and the authority that signs; both go with `dispose`. */
export class Workshop {
  readonly folder = KEPT ?? mkdtempSync(path.join(os.tmpdir(), 'iisight-eval-'));
  readonly #lab = signingTools.present ? new SigningLab('/O=Scenario Authority/CN=Scenario Root') : null;

  get signer(): Signer {
    const lab = this.#lab;
    return lab === null ? null : (bytes, subject) => lab.sign(bytes, lab.leaf({ subject }));
  }

  /** Builds the scenario, has it read to its end and judges it; the case stays open. */
  async play(engine: TestEngine, scenario: NamedScenario): Promise<Outcome & { readonly evidence: string }> {
    const evidence = path.join(this.folder, scenario.id, 'evidence');
    buildTree(scenario, evidence, this.signer);
    return { ...judge(scenario, await triage(engine, evidence)), evidence };
  }

  read(evidence: string, evidencePath: string): Buffer {
    return readFileSync(path.join(evidence, evidencePath));
  }

  dispose(): void {
    this.#lab?.remove();
    if (KEPT === undefined) rmSync(this.folder, { recursive: true, force: true });
  }
}
