import type { Output } from '../../../../shared/contract/index.ts';
import { STEP_WORDS } from '../../../../shared/model/index.ts';
import { refused } from '../../../commands/case-actions.ts';
import { ensureExamination } from '../../../commands/note-actions.ts';
import type { Workbench } from '../../../state/workbench.ts';

type Story = Output<'story.component'>;

/** Text of a note about one step. */
export function noteText(step: Story['steps'][number], story: Pick<Story, 'subject' | 'component'>): string {
  return `${story.subject ?? story.component}: ${STEP_WORDS[step.kind]}. ${step.sentence}${step.missing === null ? '' : ` Not in the evidence: ${step.missing}`}`;
}

/** Writes one note for each step that the evidence shows. */
export async function noteSteps(wb: Workbench, story: Story): Promise<void> {
  if (!(await ensureExamination(wb))) return;
  let written = 0;
  for (const step of story.steps) {
    if (step.missing !== null) continue;
    const result = await wb.client.request('note.add', { text: noteText(step, story), tag: 'story', about: step.moment.time, refs: step.refs, event: step.event, finding: null, component: story.component });
    if (!result.ok) {
      refused(wb, result.failure);
      break;
    }
    written += 1;
  }
  wb.store.getState().toast(`${written} ${written === 1 ? 'note' : 'notes'} written to the case file.`);
  wb.queries.changed(['note.list']);
  void wb.refresh();
}
