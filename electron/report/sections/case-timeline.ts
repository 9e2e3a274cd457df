import { compareBy } from '../../../shared/base/compare.ts';
import type { ReportSection } from '../../../shared/contract/report.ts';
import { leftOut, table, text, words } from '../blocks.ts';
import type { Material } from '../material.ts';
import type { Sources } from '../sources.ts';

/** What the examiner noted, in the order of the moments that the notes are about; those about no moment come last. */
export function timelineSection({ notes }: Material, sources: Sources): ReportSection {
  const sorted = [...notes.items].sort(compareBy((n) => (n.about === null ? 1 : 0), (n) => n.about ?? '', (n) => n.written, (n) => n.id));
  return {
    id: 'timeline', title: 'Case timeline',
    blocks: notes.total === 0 ? [text('The examiner has written no notes.')] : [
      text('Notes of the examiner, in the order of the moments that they are about. Earlier wordings are kept in the case.'),
      table('Case timeline', ['Moment (UTC)', 'Note', 'Tag', 'Evidence', 'Written'], sorted.map((n) => [
        n.about ?? 'about no single moment',
        words(n.text),
        words(n.tag),
        n.refs.length === 0 ? 'cites no evidence' : sources.citeAll(n.refs),
        `${n.written}\nby ${words(n.examination.examiner) || 'not named'}${n.revision === 1 ? '' : `\nrevision ${n.revision}`}`,
      ])),
      ...leftOut(notes.items.length, notes.total, 'notes'),
    ],
  };
}
