import { Command as Cmdk } from 'cmdk';
import { useState, type ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';
import type { DialogKinds } from '../state/ephemeral-slice.ts';
import { useRequest } from '../state/react.ts';
import { Button, count, Dialog, DialogFoot } from '../ui/index.ts';

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

/** Filters that were applied in this session, latest first, each with the rows that pass it now. */
export function FiltersDialog({ texts, onDone }: DialogKinds['filters']['ask'] & Done): ReactNode {
  return (
    <Dialog title="Earlier filters" help="Enter applies one. The counts are of now." onClose={() => onDone(null)} wide>
      <Cmdk label="Earlier filters" className="palette" loop>
        <Cmdk.Input className="input" placeholder="a part of a filter" />
        <Cmdk.List className="palette-list">
          <Cmdk.Empty className="quiet">Nothing fits.</Cmdk.Empty>
          {texts.map((text) => (
            <Cmdk.Item key={text} value={text} className="palette-item" onSelect={() => onDone(text)}><span className="mono">{visible(text)}</span><Passing filter={text} /></Cmdk.Item>
          ))}
        </Cmdk.List>
      </Cmdk>
    </Dialog>
  );
}

function Passing({ filter }: { readonly filter: string }): ReactNode {
  const answer = useRequest('timeline.page', { filter, offset: 0, limit: 1 });
  return <span className="quiet">{answer.value === null ? 'counting...' : `${count(answer.value.shown)} ${answer.value.shown === 1 ? 'row' : 'rows'}`}</span>;
}
