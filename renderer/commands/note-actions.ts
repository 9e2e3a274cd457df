import type { Input, Output } from '../../shared/contract/index.ts';
import type { Workbench } from '../state/workbench.ts';
import { refused } from './case-actions.ts';

type Draft = Input<'note.add'>;

/** Case number, examiner and host label, asked for once per case: they stand on every note. @returns false when cancelled. */
export async function ensureExamination(wb: Workbench): Promise<boolean> {
  const current = wb.store.getState().info?.examination ?? null;
  return current !== null || setExamination(wb);
}

export async function setExamination(wb: Workbench): Promise<boolean> {
  const current = wb.store.getState().info?.examination ?? null;
  const answer = await wb.store.getState().ask('examination', { current });
  if (answer === null) return false;
  const result = await wb.client.request('case.examination', answer);
  if (!result.ok) {
    refused(wb, result.failure);
    return false;
  }
  wb.store.setState({ info: result.value });
  return true;
}

/** Asks for the words and stores the note. It says "written" only when the host answered, which it does after the flush. */
export async function addNote(wb: Workbench, draft: Omit<Draft, 'text' | 'tag'> & { text?: string; tag?: string }): Promise<Output<'note.add'> | null> {
  if (!(await ensureExamination(wb))) return null;
  const answer = await wb.store.getState().ask('note', { title: 'Note', text: draft.text ?? '', tag: draft.tag ?? '', about: draft.about, cites: draft.refs.length, free: draft.event === null && draft.finding === null });
  if (answer === null) return null;
  const result = await wb.client.request('note.add', { ...draft, text: answer.text, tag: answer.tag, about: answer.about });
  if (!result.ok) return refused(wb, result.failure);
  wb.store.getState().toast('Note written to the case file.');
  wb.queries.changed(['note.list']);
  void wb.refresh();
  return result.value;
}

export async function decideFinding(wb: Workbench, finding: string, decision: 'accepted' | 'ignored' | 'open', reason: string): Promise<boolean> {
  if (!(await ensureExamination(wb))) return false;
  const result = await wb.client.request('finding.decide', { finding, decision, reason });
  if (!result.ok) {
    refused(wb, result.failure);
    return false;
  }
  const done = { accepted: 'Accepted into notes.', ignored: 'Ignored; the reason is kept.', open: 'Open again.' }[decision];
  wb.store.getState().toast(done);
  wb.queries.changed(['finding.list', 'note.list']);
  void wb.refresh();
  return true;
}
