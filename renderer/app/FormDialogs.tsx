import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useTimeText } from '../state/react.ts';
import type { DialogKinds } from '../state/ephemeral-slice.ts';
import { instantText, parseInstant } from '../../shared/time/instant.ts';
import { Button, Dialog, DialogFoot, FailureLine } from '../ui/index.ts';

type Done = { readonly onDone: (value: unknown) => void };

function Field({ label, value, onChange, required = false, area = false }: { readonly label: string; readonly value: string; readonly onChange: (value: string) => void; readonly required?: boolean; readonly area?: boolean }): ReactNode {
  const id = useId();
  const common = { id, className: 'input', value, required, onChange: (e: { target: { value: string } }) => onChange(e.target.value) };
  return (
    <>
      <label htmlFor={id}>{label}</label>
      {area ? <textarea {...common} rows={5} /> : <input {...common} autoComplete="off" />}
    </>
  );
}

const onSubmit = (done: () => void) => (event: FormEvent): void => {
  event.preventDefault();
  done();
};

/** Asked for once per case; it stands on every note. */
export function ExaminationDialog({ current, onDone }: DialogKinds['examination']['ask'] & Done): ReactNode {
  const [caseNumber, setCaseNumber] = useState(current?.caseNumber ?? '');
  const [examiner, setExaminer] = useState(current?.examiner ?? '');
  const [hostLabel, setHostLabel] = useState(current?.hostLabel ?? '');
  return (
    <Dialog title="Examination" help="Asked for once per case. It stands on every note from now on." onClose={() => onDone(null)}>
      <form className="form" onSubmit={onSubmit(() => onDone({ caseNumber: caseNumber.trim(), examiner: examiner.trim(), hostLabel: hostLabel.trim() }))}>
        <Field label="Case number" value={caseNumber} onChange={setCaseNumber} required />
        <Field label="Examiner" value={examiner} onChange={setExaminer} required />
        <Field label="Host label" value={hostLabel} onChange={setHostLabel} required />
        <DialogFoot><Button onClick={() => onDone(null)}>Cancel</Button><Button tone="primary" type="submit">Keep</Button></DialogFoot>
      </form>
    </Dialog>
  );
}

export function TextDialog({ title, label, help, action, initial, required, onDone }: DialogKinds['text']['ask'] & Done): ReactNode {
  const [text, setText] = useState(initial);
  return (
    <Dialog title={title} {...(help === '' ? {} : { help })} onClose={() => onDone(null)}>
      <form className="form" onSubmit={onSubmit(() => (required && text.trim() === '' ? undefined : onDone(text.trim())))}>
        <Field label={label} value={text} onChange={setText} required={required} />
        <DialogFoot><Button onClick={() => onDone(null)}>Cancel</Button><Button tone="primary" type="submit">{action}</Button></DialogFoot>
      </form>
    </Dialog>
  );
}

export function NoteDialog({ title, text: first, tag: firstTag, about, cites, free, onDone }: DialogKinds['note']['ask'] & Done): ReactNode {
  const time = useTimeText();
  const [text, setText] = useState(first);
  const [tag, setTag] = useState(firstTag);
  const [moment, setMoment] = useState(about ?? '');
  const ticks = moment.trim() === '' ? null : parseInstant(moment);
  const wrong = free && moment.trim() !== '' && ticks === null;
  const said = (): string | null => (free ? (ticks === null ? null : instantText(ticks)) : about);
  const help = `${free ? 'In your own words' : about === null ? 'Not about one moment' : `About ${time(about)}`}; cites ${cites === 0 ? 'no evidence' : cites === 1 ? 'one place in the evidence' : `${cites} places in the evidence`}.`;
  return (
    <Dialog title={title} help={help} onClose={() => onDone(null)}>
      <form className="form" onSubmit={onSubmit(() => (text.trim() === '' || wrong ? undefined : onDone({ text: text.trim(), tag: tag.trim(), about: said() })))}>
        <Field label="Text" value={text} onChange={setText} required area />
        <Field label="Tag" value={tag} onChange={setTag} />
        {free ? <Field label="Moment it is about, in UTC as 2026-03-02T14:11:58Z, or with another zone as +01:00 (empty: none)" value={moment} onChange={setMoment} /> : null}
        {wrong ? <FailureLine message="This is not a moment." /> : null}
        <DialogFoot><Button onClick={() => onDone(null)}>Cancel</Button><Button tone="primary" type="submit">Write note</Button></DialogFoot>
      </form>
    </Dialog>
  );
}

export function ChoiceDialog({ title, help, options, onDone }: DialogKinds['choice']['ask'] & Done): ReactNode {
  return (
    <Dialog title={title} help={help} onClose={() => onDone(null)}>
      <DialogFoot>
        <Button onClick={() => onDone(null)}>Cancel</Button>
        {options.map((option, i) => <Button key={option.value} tone={i === 0 ? 'primary' : 'quiet'} onClick={() => onDone(option.value)}>{option.label}</Button>)}
      </DialogFoot>
    </Dialog>
  );
}
