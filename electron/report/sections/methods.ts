import type { ReportBlock, ReportSection } from '../../../shared/contract/report.ts';
import { mainLine } from '../../../shared/model/index.ts';
import { VERSION } from '../../../shared/base/version.ts';
import { RULE_TEXTS } from '../../findings/index.ts';
import { counted, fields, heading, leftOut, sentence, table, text, value } from '../blocks.ts';
import type { Material } from '../material.ts';
import type { Sources } from '../sources.ts';
import { momentText } from '../words.ts';

/** How the facts were found: versions, what was read and by which rules of reading. */
export function methodsSection(material: Material, sources: Sources): ReportSection {
  const { evidence, copies, changes, lists } = material;
  const [record] = evidence;
  return {
    id: 'methods', title: 'Methods',
    blocks: [
      fields([
        ['Program', `IISight ${VERSION}`],
        ['Rules', `${RULE_TEXTS.length}, each with its version in the section on rules`],
        ['Layout of the evidence', record === undefined ? '' : record.layout],
        ['Zone of the server', record?.serverZone ?? 'not given: local times in the evidence are read as UTC and marked as assumed'],
        ['Hashes', 'SHA-256 of whole files, as they lie in the evidence; files on which no fact rests are listed without'],
        ['Case', `id ${material.caseId}, journal head SHA-256 ${material.journal.head}`],
      ]),
      text('The evidence is read only. Nothing in it is run, no link is followed, no name is looked up outside of this computer. Program files are read statically; what their code can do is what their bytes show. The journal of the case chains every step by SHA-256: the head above, noted elsewhere, shows later that nothing before it was changed.'),
      text('Positions: lines and columns count from 1, columns in UTF-16 units; offsets count bytes from 0. A citation names the file by its number among the sources. The same evidence gives the same findings on every machine, whatever its language, zone or number of processors.'),
      ...(lists.length === 0 ? [] : [heading('Lists that the examiner brought'), table('Lists', ['Name', 'Kind', 'From', 'Added', 'SHA-256'], lists.map((l) => [value(l.name), l.kind, value(l.from), l.added, l.sha256]))]),
      heading('Copies of the configuration'),
      ...configuration(copies, changes, sources),
    ],
  };
}

function configuration(copies: Material['copies'], changes: Material['changes'], sources: Sources): ReportBlock[] {
  if (copies.length === 0) return [text('No copy of the configuration was in the evidence: nothing tells what stood there before.')];
  return [
    text(`${counted(copies.length, 'copy', 'copies')} of configuration files, ${mainLine(copies).length} of them in the line of applicationHost.config; ${counted(changes.total, 'difference')} between neighbours.`),
    ...(changes.items.length === 0 ? [] : [table('Differences between copies', ['From', 'To', 'What', 'Name', 'Before', 'After', 'Where'], changes.items.map((c) => [
      value(c.from), `${value(c.to)}${momentOf(copies, c)}`, `${c.what}: ${value(c.kind)}`, `${value(c.name)}\n${value(c.scope)}`, sentence(c.before ?? ''), sentence(c.after ?? ''), sources.citeAll(c.refs, 4),
    ]))]),
    ...leftOut(changes.items.length, changes.total, 'differences'),
  ];
}

function momentOf(copies: Material['copies'], change: Material['changes']['items'][number]): string {
  const copy = copies.find((c) => c.id === change.to && (change.server === undefined || c.server === change.server));
  return copy === undefined ? '' : `\n${momentText(copy.moment)}`;
}
