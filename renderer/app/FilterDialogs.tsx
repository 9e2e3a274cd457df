import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';
import { applyTimelineFilter } from '../commands/filter-commands.ts';
import type { DialogKinds } from '../state/ephemeral-slice.ts';
import { freeKey, SAVED_KEYS, type SavedFilter } from '../state/filter-slice.ts';
import { named, outline, without } from '../state/filter-tree.ts';
import { useApp, useWorkbench } from '../state/react.ts';
import { Button, count, Dialog, DialogFoot } from '../ui/index.ts';
import { usePassing } from './use-passing.ts';

type Done = { readonly onDone: (value: unknown) => void };

/** Moves in a list by keyboard. @returns the row to go to, or null when the key is another one */
function moved(key: string, at: number, rows: number): number | null {
  const to = key === 'ArrowDown' ? at + 1 : key === 'ArrowUp' ? at - 1 : key === 'Home' ? 0 : key === 'End' ? rows - 1 : null;
  return to === null ? null : Math.max(0, Math.min(rows - 1, to));
}

/** The filters that were tried in this session as a tree, each with the rows that pass it now. */
export function FilterTreeDialog({ onDone }: Done): ReactNode {
  const wb = useWorkbench();
  const tree = useApp((s) => s.filterTree);
  const setTree = useApp((s) => s.setFilterTree);
  const rows = outline(tree);
  const [at, setAt] = useState(Math.max(0, rows.findIndex((r) => r.node.id === tree.current)));
  const [naming, setNaming] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const row = rows[Math.min(at, rows.length - 1)];
  const counts = usePassing(rows.map((r) => r.node.text), row?.node.text ?? '');
  const goTo = (to: number): void => {
    setAt(to);
    list.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[to]?.focus();
  };
  const apply = (): void => {
    if (row === undefined) return;
    setTree({ ...tree, current: row.node.id });
    onDone(null);
    applyTimelineFilter(wb, row.node.text);
  };
  const onKeyDown = (e: KeyboardEvent): void => {
    const to = moved(e.key, at, rows.length);
    const parent = e.key === 'ArrowLeft' ? rows.findIndex((r) => r.node.id === row?.node.parent) : -1;
    if (to !== null) goTo(to);
    else if (parent >= 0) goTo(parent);
    else if (e.key === 'ArrowRight' && row !== undefined && row.children > 0) goTo(at + 1);
    else if (e.key === 'Enter') apply();
    else if ((e.key === 'n' || e.key === 'F2') && row !== undefined) setNaming(row.node.name);
    else if (e.key === 'Delete' && row !== undefined) {
      const rest = without(tree, row.node.id);
      if (rest === tree) wb.store.getState().toast('What is applied now, and what it came from, stays.');
      setTree(rest);
      goTo(Math.min(at, rest.nodes.length - 1));
    } else return;
    e.preventDefault();
  };
  return (
    <Dialog title="Filters tried" help="Enter applies one, n names a branch, Delete forgets it with what was tried from it. The counts are of now." onClose={() => onDone(null)} wide>
      <div role="tree" aria-label="Filters tried" className="filter-tree" ref={list} onKeyDown={onKeyDown}>
        {rows.map(({ node, depth, children }, i) => (
          <div
            key={node.id} role="treeitem" aria-level={depth + 1} aria-selected={i === at} aria-current={node.id === tree.current ? 'true' : undefined} aria-expanded={children > 0 ? true : undefined}
            tabIndex={i === at ? 0 : -1} autoFocus={i === at} className="filter-tree-row" style={{ paddingInlineStart: `${Math.min(depth, 20) * 18 + 8}px` }}
            onClick={() => goTo(i)} onDoubleClick={apply}
          >
            {node.name === '' ? null : <strong>{visible(node.name)}</strong>}
            <span className="mono">{node.text === '' ? '(no filter)' : visible(node.text)}</span>
            <span className="quiet">{node.id === tree.current ? 'applied, ' : ''}{countWords(counts.get(node.text))}</span>
          </div>
        ))}
      </div>
      {naming === null || row === undefined ? null : (
        <form className="form" onSubmit={(e) => {
          e.preventDefault();
          setTree(named(tree, row.node.id, naming.trim()));
          setNaming(null);
          goTo(at);
        }}>
          <label>Name of the branch <input className="input" value={naming} autoFocus autoComplete="off" onChange={(e) => setNaming(e.target.value)} /></label>
          <Button type="submit">Name it</Button>
        </form>
      )}
      <DialogFoot><Button onClick={() => onDone(null)}>Close</Button><Button tone="primary" onClick={apply}>Apply</Button></DialogFoot>
    </Dialog>
  );
}

/** Filters under names, for all cases. */
export function SavedFiltersDialog({ onDone }: Done): ReactNode {
  const wb = useWorkbench();
  const saved = useApp((s) => s.savedFilters);
  const { forgetFilter } = wb.store.getState();
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const chosen: SavedFilter | undefined = saved[Math.min(at, saved.length - 1)];
  const counts = usePassing(saved.map((f) => f.text), chosen?.text ?? '');
  const goTo = (to: number): void => {
    setAt(to);
    list.current?.querySelectorAll<HTMLElement>('[role="option"]')[to]?.focus();
  };
  const apply = (): void => {
    if (chosen === undefined) return;
    onDone(null);
    applyTimelineFilter(wb, chosen.text);
  };
  return (
    <Dialog title="Saved filters" help="Kept on this computer for all cases. Enter applies one, Delete forgets it; S in the timeline saves the filter that is applied." onClose={() => onDone(null)} wide>
      {saved.length === 0 ? <p className="quiet" tabIndex={0}>None yet.</p> : (
        <ul role="listbox" aria-label="Saved filters" className="filter-tree" ref={list} onKeyDown={(e) => {
          const to = moved(e.key, at, saved.length);
          if (to !== null) goTo(to);
          else if (e.key === 'Enter') apply();
          else if (e.key === 'Delete' && chosen !== undefined) {
            forgetFilter(chosen.name);
            goTo(Math.max(0, Math.min(at, saved.length - 2)));
          } else return;
          e.preventDefault();
        }}>
          {saved.map((f, i) => (
            <li key={f.name} role="option" aria-selected={i === at} tabIndex={i === at ? 0 : -1} autoFocus={i === at} className="filter-tree-row" onClick={() => goTo(i)} onDoubleClick={apply}>
              <strong>{visible(f.name)}</strong><span className="mono">{visible(f.text)}</span><span className="quiet">{countWords(counts.get(f.text))}</span>
              {f.key === null ? null : <kbd>Alt+Shift+{f.key}</kbd>}
            </li>
          ))}
        </ul>
      )}
      <DialogFoot><Button onClick={() => onDone(null)}>Close</Button><Button tone="primary" onClick={apply}>Apply</Button></DialogFoot>
    </Dialog>
  );
}

/** A name and a key for the filter that is applied. */
export function SaveFilterDialog({ text, name: first, key: firstKey, onDone }: DialogKinds['saveFilter']['ask'] & Done): ReactNode {
  const saved = useApp((s) => s.savedFilters);
  const [name, setName] = useState(first);
  const [key, setKey] = useState(firstKey ?? freeKey(saved));
  const others = saved.filter((f) => f.name !== name.trim());
  return (
    <Dialog title="Save this filter" help={text} onClose={() => onDone(null)}>
      <form className="form" onSubmit={(e) => {
        e.preventDefault();
        if (name.trim() !== '') onDone({ name: name.trim(), key });
      }}>
        <label>Name <input className="input" value={name} required autoComplete="off" onChange={(e) => setName(e.target.value)} /></label>
        <label>Key <select className="input" value={key ?? ''} onChange={(e) => setKey(e.target.value === '' ? null : Number(e.target.value))}>
          <option value="">none</option>
          {SAVED_KEYS.map((k) => <option key={k} value={k}>{`Alt+Shift+${k}${others.some((f) => f.key === k) ? ` (now: ${others.find((f) => f.key === k)?.name ?? ''})` : ''}`}</option>)}
        </select></label>
        <DialogFoot><Button onClick={() => onDone(null)}>Cancel</Button><Button tone="primary" type="submit">Save</Button></DialogFoot>
      </form>
    </Dialog>
  );
}

function countWords(rows: number | null | undefined): string {
  return rows === undefined ? 'counting...' : rows === null ? 'not understood' : `${count(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}
