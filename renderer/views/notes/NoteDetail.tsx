import type { ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { Button, DetailPane, Fields, SourceList, VisibleText } from '../../ui/index.ts';

/** One note with its evidence and every earlier wording. */
export function NoteDetail({ note }: { readonly note: Output<'note.list'>['notes'][number] | undefined }): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const revisions = useRequest('note.revisions', note === undefined || note.revision < 2 ? null : { id: note.id });
  if (note === undefined) return <DetailPane label="Note"><p className="dim">No note has the focus.</p></DetailPane>;
  const earlier = (revisions.value?.revisions ?? []).filter((r) => r.revision < note.revision).sort((a, b) => b.revision - a.revision);
  return (
    <DetailPane label="Note" title={note.tag === '' ? 'Note' : <VisibleText text={note.tag} />} actions={<>
      <Button onClick={() => void runCommand(wb, 'note.edit')}>Edit (c)</Button>
      <Button onClick={() => void runCommand(wb, 'row.timeline')} disabled={note.event === null}>Timeline (t)</Button>
      <Button tone="bad" onClick={() => void runCommand(wb, 'note.delete')}>Delete</Button>
    </>}>
      <p className="wrap note-text">{note.text.split('\n').map((line, i) => <span key={`${i} ${line}`}><VisibleText text={line} /><br /></span>)}</p>
      <Fields fields={[
        { name: 'about', value: time(note.about) }, { name: 'written', value: time(note.written) }, { name: 'revision', value: String(note.revision) },
        { name: 'examiner', value: note.examination.examiner }, { name: 'case number', value: note.examination.caseNumber }, { name: 'host', value: note.examination.hostLabel },
      ]} />
      {note.refs.length === 0 ? <p className="dim">A free note: it cites no evidence.</p> : <div><h3>Evidence</h3><SourceList label="Evidence" refs={note.refs} onOpen={(ref) => openRef(wb, ref)} /></div>}
      {earlier.length === 0 ? null : (
        <div>
          <h3>History of edits</h3>
          <ol className="revisions" aria-label="History of edits">
            {earlier.map((r) => <li key={r.revision}><span className="quiet mono">{r.revision}, {time(r.written)}{r.about === note.about ? '' : `, about ${time(r.about)}`}{r.tag === '' ? '' : <>, <VisibleText text={r.tag} /></>}</span><p className="wrap"><VisibleText text={r.text} /></p></li>)}
          </ol>
        </div>
      )}
    </DetailPane>
  );
}
