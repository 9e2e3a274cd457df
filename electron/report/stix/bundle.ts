import { visible } from '../../../shared/base/visible.ts';
import { VERSION } from '../../../shared/base/version.ts';
import type { Component, Finding } from '../../../shared/model/index.ts';
import { instantDecimals, parseInstant } from '../../../shared/time/instant.ts';
import { IIS_COMPONENTS } from '../../knowledge/index.ts';
import { decisionOn, stands, type Material } from '../material.ts';
import { KIND_WORDS, momentText, nameOf, rankOf } from '../words.ts';
import { objectId } from './ids.ts';
import { fileObjects, filesOf, softwareObject, type StixObject } from './observables.ts';

/** A time of STIX: UTC with milliseconds, which `created` and `modified` must have (section 3.2). */
export function stixTime(text: string): string {
  return instantDecimals(parseInstant(text) ?? 0n, 3);
}

/**
 * The findings of a case as a STIX 2.1 bundle: what was observed (files, folders, the server's software), an indicator for the
 * content of each component with a standing finding of high or medium severity, the technique, a note for each finding and a
 * report over all. Every id follows from the content and every time from the case, so the same case gives the same bundle.
 * @returns the bundle and what it could not hold
 */
export function stixBundle(material: Material): { readonly bundle: StixBundle; readonly notes: readonly string[] } {
  const objects = new Map<string, StixObject>();
  const add = (object: StixObject): string => {
    objects.set(object.id, object);
    return object.id;
  };
  const time = stixTime(material.journal.time);
  const identity = objectId('identity', ['IISight']);
  const common = { spec_version: '2.1', created: time, modified: time, created_by_ref: identity } as const;
  add({ type: 'identity', id: identity, spec_version: '2.1', created: EPOCH, modified: EPOCH, name: `IISight`, identity_class: 'system', description: 'A program that reads the evidence of IIS servers.' });
  const technique = add({
    type: 'attack-pattern', id: objectId('attack-pattern', IIS_COMPONENTS), ...common, created: EPOCH, modified: EPOCH, name: 'Server Software Component: IIS Components',
    external_references: [{ source_name: 'mitre-attack', external_id: IIS_COMPONENTS, url: `https://attack.mitre.org/techniques/${IIS_COMPONENTS.replace('.', '/')}/` }],
  });
  const findings = material.findings.items.filter((f) => stands(material, f));
  const byComponent = groupBy(findings);
  const observed = new Map<string, string>();
  for (const component of material.components.items) {
    const own = byComponent.get(component.id) ?? [];
    if (own.length > 0) observed.set(component.id, addComponent(component, own, material, { add, common, technique }));
  }
  for (const finding of findings) {
    const about = finding.component === null ? undefined : observed.get(finding.component);
    add(noteObject(finding, about ?? technique, material, common));
  }
  const refs = [...objects.keys()];
  add({
    type: 'report', id: objectId('report', [material.caseId, material.journal.head]), ...common, published: time, report_types: ['observed-data', 'indicator'], object_refs: refs,
    name: `Findings on IIS components${material.examination === null ? '' : `, case ${visible(material.examination.caseNumber)}`}`,
    description: `Made by IISight ${VERSION} from the state of the case with the journal head SHA-256 ${material.journal.head}. Findings are oddities with their evidence, not verdicts.`,
  });
  const all = [...objects.values()];
  const left = material.findings.total - material.findings.items.length;
  return {
    bundle: { type: 'bundle', id: objectId('bundle', [material.caseId, material.journal.head]), objects: all },
    notes: [
      ...(left === 0 ? [] : [`${left} findings of a case with very many are left out of the bundle.`]),
      ...(findings.length === material.findings.items.length ? [] : [`${material.findings.items.length - findings.length} ignored findings are not in the bundle.`]),
    ],
  };
}

export interface StixBundle { readonly type: 'bundle'; readonly id: string; readonly objects: readonly StixObject[] }

/** Of objects that are the same in every case. */
const EPOCH = '2026-01-01T00:00:00.000Z';
interface Making { readonly add: (object: StixObject) => string; readonly common: { readonly spec_version: '2.1'; readonly created: string; readonly modified: string; readonly created_by_ref: string }; readonly technique: string }

/** @returns id of what was observed of it */
function addComponent(component: Component, findings: readonly Finding[], material: Material, { add, common, technique }: Making): string {
  const server = material.servers.find((s) => s.id === component.server);
  const files = filesOf(component).map(fileObjects);
  const refs = [...files.flatMap((f) => f.all), softwareObject(server?.iisVersion ?? null)].map(add);
  const run = material.runs.findLast((r) => r.touched !== false);
  const first = stixTime(run?.started ?? material.journal.time);
  const last = stixTime(run?.finished ?? run?.started ?? material.journal.time);
  const observed = add({
    type: 'observed-data', id: objectId('observed-data', [material.caseId, component.id]), ...common, first_observed: first, last_observed: last < first ? first : last, number_observed: 1, object_refs: [...new Set(refs)],
  });
  const grave = findings.filter((f) => rankOf(f.severity) <= 1);
  if (grave.length === 0) return observed;
  for (const file of filesOf(component)) {
    const indicator = add({
      type: 'indicator', id: objectId('indicator', [material.caseId, component.id, file.sha256]), ...common,
      name: `${nameOf(component)} (${KIND_WORDS[component.kind]})`, indicator_types: ['anomalous-activity'],
      description: `${grave.map((f) => visible(f.title)).slice(0, 10).join(' ')} First seen: ${momentText(component.firstSeen)}.`,
      pattern: `[file:hashes.'SHA-256' = '${file.sha256}']`, pattern_type: 'stix', pattern_version: '2.1', valid_from: first,
    });
    add({ type: 'relationship', id: objectId('relationship', [indicator, 'indicates', technique]), ...common, relationship_type: 'indicates', source_ref: indicator, target_ref: technique });
    add({ type: 'relationship', id: objectId('relationship', [indicator, 'based-on', observed]), ...common, relationship_type: 'based-on', source_ref: indicator, target_ref: observed });
  }
  return observed;
}

function noteObject(finding: Finding, about: string, material: Material, common: Making['common']): StixObject {
  const author = material.decisions.get(finding.id)?.author ?? '';
  return {
    type: 'note', id: objectId('note', [material.caseId, finding.id]), ...common, abstract: visible(finding.title),
    content: [
      `Severity ${finding.severity}, rule ${finding.rule}, ${decisionOn(material, finding) === 'accepted' ? 'accepted by the examiner' : 'not decided by the examiner'}.`,
      `First: ${momentText(finding.first)}.`,
      ...finding.supports.map((s) => `Supports it: ${visible(s)}`), ...finding.refutes.map((s) => `Would refute it: ${visible(s)}`),
      ...finding.refs.slice(0, 50).map((r) => `Evidence: ${visible(r.evidencePath)}${r.line === undefined ? '' : ` line ${r.line}`}${r.offset === undefined ? '' : ` offset ${r.offset}`} SHA-256 ${r.sha256}`),
    ].join('\n'),
    ...(author === '' ? {} : { authors: [visible(author)] }), object_refs: [about],
  };
}

function groupBy(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.component === null) continue;
    const known = groups.get(finding.component);
    if (known === undefined) groups.set(finding.component, [finding]);
    else known.push(finding);
  }
  return groups;
}
