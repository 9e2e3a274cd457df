import type { ReportBlock, ReportSection } from '../../../shared/contract/report.ts';
import type { Component, ComponentFile, Finding, PeFacts } from '../../../shared/model/index.ts';
import { counted, fields, heading, leftOut, list, sentence, some, table, text, value, words } from '../blocks.ts';
import { MAX_DETAILS, MAX_EACH } from '../bounds.ts';
import { decisionOn, type Material } from '../material.ts';
import type { Sources } from '../sources.ts';
import { FILE_STATUS_WORDS, KIND_WORDS, loadedByText, momentText, nameOf, ORIGIN_WORDS, rankOf, SIGNATURE_WORDS } from '../words.ts';
import { orderedComponents } from './component-table.ts';
import { storyBlocks } from './story.ts';

/** All that is known of each component, each fact with its source. */
export function componentFactsSection(material: Material, sources: Sources): ReportSection {
  const all = orderedComponents(material);
  const shown = all.slice(0, MAX_DETAILS);
  const byComponent = new Map<string, Finding[]>();
  for (const finding of material.findings.items) {
    const key = finding.component ?? '';
    byComponent.set(key, [...(byComponent.get(key) ?? []), finding]);
  }
  return {
    id: 'facts', title: 'Facts',
    blocks: [
      ...shown.flatMap((component) => [heading(nameOf(component)), ...factsOf(component, material, sources), ...findingsOf(byComponent.get(component.id) ?? [], component.findings.length, material, sources), ...storyBlocks(material.stories.get(component.id), sources)]),
      ...leftOut(shown.length, material.components.total, 'components, whose facts are not written out'),
      ...(byComponent.has('') ? [heading('Findings about no single component'), ...findingsOf(byComponent.get('') ?? [], 0, material, sources)] : []),
    ],
  };
}

function factsOf(c: Component, material: Material, sources: Sources): ReportBlock[] {
  const server = material.servers.find((s) => s.id === c.server);
  return [
    fields([
      ['Kind', KIND_WORDS[c.kind]],
      ['Server', value(server?.name ?? c.server)],
      ['Image, as written', value(c.image)],
      ['Type, as written', value(c.type)],
      ['Origin', `${ORIGIN_WORDS[c.origin]}: ${sentence(c.originReason)}`],
      ['First seen', momentText(c.firstSeen)],
      ['Loaded by', loadedByText(c)],
      ['File', c.file === null ? FILE_STATUS_WORDS[c.fileStatus] : fileText(c.file)],
      ['File of 32-bit processes', c.file32 === null ? '' : fileText(c.file32)],
      ['Signature', signatureText(c)],
      ['Entry points', some(c.entryPoints.map(value)).join(', ')],
      ...peFacts(c, material),
    ]),
    ...registrations(c, sources),
  ];
}

function fileText(file: ComponentFile): string {
  return `${value(file.path ?? 'no path on the server is known')}\nin the evidence: ${value(file.evidencePath)}\n${file.size} bytes, SHA-256 ${file.sha256}`;
}

function signatureText(c: Component): string {
  if (c.signatures.length === 0) return SIGNATURE_WORDS[c.signature];
  return c.signatures.map((s) => [
    `${s.which === 'file32' ? '32-bit file: ' : ''}${SIGNATURE_WORDS[s.status]}`,
    ...(s.signer === null ? [] : [`signer ${value(s.signer)}`]), ...(s.issuer === null ? [] : [`issuer ${value(s.issuer)}`]),
    ...(s.anchor === null ? [] : [`leads to ${value(s.anchor)}`]), ...(s.timestamp === null ? [] : [`timestamp ${value(s.timestamp)}`]),
    ...(s.catalog === null ? [] : [`catalog ${value(s.catalog)}`]), ...some(s.reasons.map(sentence), 5),
  ].join('\n')).join('\n');
}

function peFacts(c: Component, material: Material): [string, string][] {
  return [c.file, c.file32].flatMap((file): [string, string][] => {
    const pe = file === null ? undefined : material.pe.get(file.sha256);
    if (pe === undefined) return [];
    const which = file === c.file32 ? ' (32-bit file)' : '';
    return [
      [`Program file${which}`, `${value(pe.machine)}${pe.timestamp.time === null ? '' : `, linker stamp ${pe.timestamp.time} (the maker of the file chooses it)`}`],
      [`Symbol file it names${which}`, some(pe.pdb.map(value), 5).join('\n')],
      [`Import hash${which}`, value(pe.imphash)],
      [`Assembly${which}`, pe.clr === null ? '' : `${value(pe.clr.assembly)} ${value(pe.clr.version)}, module version id ${value(pe.clr.mvid)}`],
      [`What its code can do${which}`, capabilities(pe)],
    ];
  });
}

/** Each with the place in the file that shows it; code may be there and never run. */
function capabilities(pe: PeFacts): string {
  return some(pe.capabilities.map(({ what, proof }) => {
    const at = [proof.offset === undefined ? '' : `offset ${proof.offset}`, proof.token === undefined ? '' : `token ${value(proof.token)}`].filter((part) => part !== '').join(', ');
    return `${sentence(what)}${at === '' ? '' : ` (${at})`}`;
  })).join('\n');
}

function registrations(c: Component, sources: Sources): ReportBlock[] {
  if (c.registrations.length === 0) return [text('No line of configuration that was read names it.')];
  const shown = c.registrations.slice(0, MAX_EACH);
  return [
    table(`Registrations of ${nameOf(c)}`, ['Section', 'Scope', 'As written', 'Where'], shown.map((r) => [
      value(r.section), value(r.scope), r.attributes.map((a) => `${value(a.name)}="${value(a.value)}"`).join(' '), sources.cite(r),
    ])),
    ...leftOut(shown.length, c.registrations.length, 'registrations'),
  ];
}

/** @param all how many findings the case has about the component */
function findingsOf(findings: readonly Finding[], all: number, material: Material, sources: Sources): ReportBlock[] {
  const ordered = [...findings].sort((a, b) => rankOf(a.severity) - rankOf(b.severity));
  const shown = ordered.slice(0, MAX_EACH * 5);
  if (shown.length === 0) return [text(all === 0 ? 'No rule has a finding about it.' : `${counted(all, 'finding')} about it ${all === 1 ? 'is' : 'are'} in the case and left out here.`)];
  return [...shown.flatMap((f) => findingBlocks(f, material, sources)), ...leftOut(shown.length, Math.max(all, ordered.length), 'findings')];
}

function findingBlocks(f: Finding, material: Material, sources: Sources): ReportBlock[] {
  const decision = material.decisions.get(f.id);
  const decided = decisionOn(material, f);
  return [
    fields([
      ['Finding', `${sentence(f.title)}`],
      ['Severity and rule', `${f.severity}, rule ${f.rule}`],
      ['Decision', decided === 'open' || decision === undefined ? 'not decided' : `${decided} by ${words(decision.author) || 'somebody not named'}, ${decision.time}${decision.reason.trim() === '' ? '' : `: ${words(decision.reason)}`}`],
      ['First', momentText(f.first)],
      ['ATT&CK', f.attack.map(value).join(', ')],
      ['Evidence', sources.citeAll(f.refs)],
    ]),
    list(some(f.supports.map((s) => `Supports it: ${sentence(s)}`))),
    list(some(f.refutes.map((s) => `Would refute it: ${sentence(s)}`))),
  ];
}
