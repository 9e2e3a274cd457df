import { useState, type ReactNode } from 'react';
import { commandsOf } from '../commands/table.ts';
import { keyWords } from '../commands/keys.ts';
import type { Command } from '../commands/command.ts';
import { useApp } from '../state/react.ts';
import { VIEW_TITLES } from '../state/route.ts';
import { Button, Dialog, DialogFoot } from '../ui/index.ts';

/** The keys, generated from the command table: those of this screen first. */
export function Help({ onClose }: { readonly onClose: () => void }): ReactNode {
  const view = useApp((s) => s.route.view);
  const singleKeys = useApp((s) => s.singleKeys);
  const [search, setSearch] = useState('');
  const fits = (c: Command): boolean => c.keys.length > 0 && `${c.title} ${c.keys.join(' ')}`.toLowerCase().includes(search.toLowerCase());
  const all = commandsOf(view).filter(fits);
  const own = all.filter((c) => c.views !== undefined);
  return (
    <Dialog title="Keys" help={singleKeys ? 'Single keys do nothing while a text field has the focus; Settings switches them off.' : 'Single keys are switched off in Settings.'} onClose={onClose} wide>
      <input className="input" aria-label="Search the keys" placeholder="search" value={search} onChange={(e) => setSearch(e.target.value)} />
      <div className="help-body" tabIndex={0} role="region" aria-label="List of keys">
        <KeyTable title={`On ${VIEW_TITLES[view]}`} commands={own} />
        <KeyTable title="Everywhere" commands={all.filter((c) => c.views === undefined)} />
      </div>
      <DialogFoot><Button onClick={() => window.print()}>Print</Button><Button tone="primary" onClick={onClose}>Close</Button></DialogFoot>
    </Dialog>
  );
}

function KeyTable({ title, commands }: { readonly title: string; readonly commands: readonly Command[] }): ReactNode {
  return (
    <table className="table">
      <caption>{title}</caption>
      <tbody>{commands.map((c) => <tr key={c.id}><th scope="row" className="mono">{c.keys.map(keyWords).join(', ')}</th><td>{c.title}</td></tr>)}</tbody>
    </table>
  );
}
