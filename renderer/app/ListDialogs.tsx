import { useState, type ReactNode } from 'react';
import type { DialogKinds } from '../state/ephemeral-slice.ts';
import { Button, Dialog, DialogFoot } from '../ui/index.ts';

type Done = { readonly onDone: (value: unknown) => void };

/** Which columns stand between the source and the message. */
export function ColumnsDialog({ options, chosen, onDone }: DialogKinds['columns']['ask'] & Done): ReactNode {
  const [ids, setIds] = useState<readonly string[]>(chosen);
  return (
    <Dialog title="Columns" help="Time, what happened, source and message are always there." onClose={() => onDone(null)}>
      <form className="form" onSubmit={(e) => {
        e.preventDefault();
        // In the order in which they are offered, whatever the order of the clicks.
        onDone(options.map((o) => o.id).filter((id) => ids.includes(id)));
      }}>
        {options.map((o) => (
          <label key={o.id} className="inline">
            <input type="checkbox" checked={ids.includes(o.id)} onChange={(e) => setIds(e.target.checked ? [...ids, o.id] : ids.filter((id) => id !== o.id))} /> {o.title} <span className="quiet mono">{o.id}</span>
          </label>
        ))}
        <DialogFoot><Button onClick={() => onDone(null)}>Cancel</Button><Button tone="primary" type="submit">Show these</Button></DialogFoot>
      </form>
    </Dialog>
  );
}
