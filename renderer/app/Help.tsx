import { useState, type ReactNode } from 'react';
import { commandsOf } from '../commands/table.ts';
import { keyWords } from '../commands/keys.ts';
import type { Command } from '../commands/command.ts';
import { FIELD_MEANINGS, LANGUAGE } from '../../shared/query/index.ts';
import { useApp } from '../state/react.ts';
import { VIEW_TITLES } from '../state/route.ts';
import { Button, Dialog, DialogFoot } from '../ui/index.ts';

/** The keys, generated from the command table: those of this screen first; then the language of filters, generated from its own table. */
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
        <Language search={search} />
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

/** Everything that can be written in the filter of the timeline. */
function Language({ search }: { readonly search: string }): ReactNode {
  const fits = (text: string): boolean => text.toLowerCase().includes(search.toLowerCase());
  const forms = LANGUAGE.filter((e) => fits(`filter ${e.form} ${e.meaning} ${e.example}`));
  const fields = Object.entries(FIELD_MEANINGS).filter(([field, meaning]) => fits(`filter field ${field} ${meaning}`));
  return (
    <>
      {forms.length === 0 ? null : (
        <table className="table">
          <caption>The filter of the timeline and of the command line</caption>
          <tbody>{forms.map((e) => <tr key={e.form}><th scope="row" className="mono">{e.form}</th><td>{e.meaning}<br /><span className="mono quiet">{e.example}</span></td></tr>)}</tbody>
        </table>
      )}
      {fields.length === 0 ? null : (
        <table className="table">
          <caption>Fields of filters</caption>
          <tbody>{fields.map(([field, meaning]) => <tr key={field}><th scope="row" className="mono">{field}</th><td>{meaning}</td></tr>)}</tbody>
        </table>
      )}
    </>
  );
}
