import type { ReportBlock, ReportSection } from '../../../shared/contract/report.ts';
import type { JournalEntry } from '../../../shared/model/index.ts';
import { compareText } from '../../../shared/base/compare.ts';
import { counted, fields, heading, leftOut, sentence, table, text, value, words } from '../blocks.ts';
import type { Material } from '../material.ts';
import type { Sources } from '../sources.ts';

/** What was handed over, when it was read, and who did what to the case. */
export function custodySection(material: Material): ReportSection {
  const { evidence, runs, journal, hashed } = material;
  return {
    id: 'custody', title: 'Custody',
    blocks: [
      heading('Evidence'),
      ...evidence.map((e) => fields([
        ['Where it lay when it was read', value(e.location)], ['Kind and layout', `${e.kind}, ${e.layout}`], ['Files', String(e.files)], ['Bytes', String(e.bytes)],
        ['Fingerprint over names and sizes', `SHA-256 ${e.fingerprint}`],
      ])),
      text(`The content of ${hashed.files} of ${counted(hashed.of, 'listed file')} was hashed with SHA-256: those on which a fact rests. The manifest of the evidence that the program exports has them all, for sha256sum -c.`),
      heading('Readings'),
      ...(runs.length === 0 ? [text('None is recorded.')] : [table('Readings', ['Begun', 'Ended', 'With', 'How it ended', 'Logs read'], runs.map((r) => [
        r.started, r.finished ?? 'not recorded', value(r.tool), `${r.state}${r.message === '' ? '' : `: ${sentence(r.message)}`}${r.touched === false ? '\nnothing was changed' : ''}`, r.files === undefined ? '' : `${r.files}, ${r.bytes ?? 0} bytes`,
      ]))]),
      heading('Journal'),
      fields([['Entries', String(journal.entries)], ['Last entry', journal.time], ['Head', `SHA-256 ${journal.head}`]]),
      table('Entries of the journal by what was done', ['What', 'Entries'], [...journal.byAction].sort(([a], [b]) => compareText(a, b)).map(([action, n]) => [value(action), String(n)])),
      ...deeds(journal.deeds.items, journal.deeds.total),
    ],
  };
}

function deeds(entries: readonly JournalEntry[], total: number): ReportBlock[] {
  if (entries.length === 0) return [];
  return [
    table('Who did what', ['No.', 'When', 'Who', 'What', 'Detail', 'Hash'], entries.map((e) => [String(e.seq), e.time, words(e.actor), value(e.action), value(e.detail), e.hash])),
    ...leftOut(entries.length, total, 'entries of the journal, the oldest of them'),
  ];
}

/** Every file that something in the report cites. */
export function sourcesSection(sources: Sources): ReportSection {
  return {
    id: 'sources', title: 'Sources',
    blocks: sources.all.length === 0 ? [text('Nothing in this report cites a file.')] : [
      table('Sources', ['No.', 'File on the server', 'In the evidence', 'SHA-256'], sources.all.map((s, i) => [`S${i + 1}`, value(s.path ?? ''), value(s.evidencePath), s.sha256 === '' ? 'could not be read to its end' : s.sha256])),
    ],
  };
}
