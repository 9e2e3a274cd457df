import type { ReportSection } from '../../../shared/contract/report.ts';
import type { Component, Severity } from '../../../shared/model/index.ts';
import { counted, leftOut, table, text, value } from '../blocks.ts';
import { stands, type Material } from '../material.ts';
import { FILE_STATUS_WORDS, KIND_WORDS, loadedByText, momentText, nameOf, ORIGIN_WORDS, rankOf, SIGNATURE_WORDS } from '../words.ts';

/** The gravest finding that stands, by component. */
export function severities(material: Material): ReadonlyMap<string, Severity> {
  const gravest = new Map<string, Severity>();
  for (const finding of material.findings.items) {
    if (finding.component === null || !stands(material, finding)) continue;
    const known = gravest.get(finding.component) ?? null;
    if (rankOf(finding.severity) < rankOf(known)) gravest.set(finding.component, finding.severity);
  }
  return gravest;
}

/** In the order of the report: by the gravest finding, otherwise as in the case. */
export function orderedComponents(material: Material): readonly Component[] {
  const gravest = severities(material);
  return [...material.components.items].sort((a, b) => rankOf(gravest.get(a.id) ?? null) - rankOf(gravest.get(b.id) ?? null));
}

/** Every component that does not ship with IIS or .NET, and those that do where a finding is about them. */
export function componentTableSection(material: Material): ReportSection {
  const gravest = severities(material);
  const servers = new Map(material.servers.map((s) => [s.id, s.name ?? s.id]));
  const { stock, components } = material;
  return {
    id: 'components', title: 'Components',
    blocks: [
      text(`${counted(components.total, 'component')} below. Besides them ${counted(stock.all - stock.withFindings, 'component')} that ${stock.all - stock.withFindings === 1 ? 'ships' : 'ship'} with IIS or .NET and that no finding is about ${stock.all - stock.withFindings === 1 ? 'is' : 'are'} not listed.`),
      ...(components.items.length === 0 ? [] : [table('Components', ['Component', 'Origin', 'Findings', 'File', 'Signature', 'First seen', 'Loaded by'], orderedComponents(material).map((c) => [
        `${nameOf(c)}\n${KIND_WORDS[c.kind]}${servers.size > 1 ? `\non ${value(servers.get(c.server) ?? c.server)}` : ''}`,
        ORIGIN_WORDS[c.origin],
        gravest.has(c.id) ? `${c.findings.length}, ${gravest.get(c.id) ?? ''}` : c.findings.length === 0 ? 'none' : `${c.findings.length}, none stands`,
        c.file === null ? `${value(c.image ?? c.type)}\n${FILE_STATUS_WORDS[c.fileStatus]}` : `${value(c.file.path ?? c.file.evidencePath)}\nSHA-256 ${c.file.sha256}`,
        SIGNATURE_WORDS[c.signature],
        momentText(c.firstSeen),
        loadedByText(c, 6),
      ]))]),
      ...leftOut(components.items.length, components.total, 'components'),
    ],
  };
}
