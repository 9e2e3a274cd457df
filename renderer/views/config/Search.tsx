import { useRef, useState, type ReactNode, type RefObject } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { useActions } from '../../commands/actions.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { useApp, useRequest, useWorkbench } from '../../state/react.ts';
import { Button, count, DataGrid, EmptyState, FailureLine, fileName, listSource, ROW_HEIGHT, type Column, type GridHandle } from '../../ui/index.ts';
import type { ConfigFile } from './copies.ts';
import { scopeWords } from './scope-words.ts';

type Hit = Output<'config.search'>['hits'][number];
const LIMIT = 500;

/** Every element name and attribute of the configuration that holds a text; a hit leads to its line. */
export function Search({ files, box }: { readonly files: readonly ConfigFile[]; readonly box: RefObject<HTMLInputElement | null> }): ReactNode {
  const wb = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const text = useApp((s) => s.filters['config'] ?? '');
  const [typed, setTyped] = useState(text);
  const [at, setAt] = useState(0);
  const grid = useRef<GridHandle>(null);
  const { setFilter, toast } = wb.store.getState();
  const answer = useRequest('config.search', text === '' ? null : { text, limit: LIMIT });
  const hits = answer.value?.hits ?? [];
  const scopes = new Map(files.map((f) => [f.evidencePath, f.scope]));
  const focused = hits.length === 0 ? -1 : Math.min(at, hits.length - 1);
  const step = (delta: number): void => {
    const next = hits[focused + delta];
    if (next === undefined) return void toast(`There is no ${delta > 0 ? 'later' : 'earlier'} hit.`);
    setAt(focused + delta);
    openRef(wb, next);
  };
  useActions({ 'config.next': () => step(1), 'config.previous': () => step(-1) });
  const columns: readonly Column<Hit>[] = [
    { id: 'file', title: 'File and scope', width: 'minmax(130px, 1fr)', render: (h) => <><span className="line mono" title={visible(h.path ?? h.evidencePath)}>{visible(fileName(h.path ?? h.evidencePath))}</span><span className="line dim" title={visible(h.path ?? h.evidencePath)}>{visible(scopeWords(scopes.get(h.evidencePath) ?? 'unassigned'))}</span></> },
    { id: 'line', title: 'Line', width: '62px', align: 'end', mono: true, render: (h) => String(h.line) },
    { id: 'text', title: 'Element and text', width: 'minmax(190px, 2fr)', mono: true, render: (h) => <><span className="line" title={visible(h.text)}>{visible(h.text)}</span><span className="line dim" title={visible(h.element)}>{visible(h.element)}{h.location === null ? '' : `, location ${visible(h.location === '' ? '(empty)' : h.location)}`}</span></> },
  ];
  return (
    <div className="effective">
      <form className="stack-head" role="search" aria-label="All configuration" onSubmit={(e) => {
        e.preventDefault();
        setAt(0);
        setFilter('config', typed.trim());
        grid.current?.focus();
      }}>
        <label className="search-field">Find in all configuration <input ref={box} className="input mono" value={typed} maxLength={500} spellCheck={false} autoComplete="off" placeholder="a name, a path, a type" onChange={(e) => setTyped(e.target.value)} onKeyDown={(e) => (e.key === 'Escape' ? grid.current?.focus() : undefined)} /></label>
        <Button type="submit">Search</Button>
        <span className="dim" role="status">{text === '' ? 'Element names and attributes; letter case does not matter.' : answer.value === null ? (answer.failure === null ? 'Searching...' : '') : `${answer.value.capped ? `more than ${count(hits.length)}, the first are listed` : hits.length === 1 ? '1 hit' : `${count(hits.length)} hits`} for ${visible(text)}`}</span>
      </form>
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      <div className="fill-rest">
        <DataGrid
          label="Hits" columns={columns} source={listSource(hits)} rowKey={(h) => `${h.evidencePath} ${h.line} ${h.column} ${h.text}`} twoLines rowHeight={2 * rowHeight} focused={focused} onFocus={(i) => setAt(i)} onOpen={(h) => openRef(wb, h)} handle={grid}
          empty={<EmptyState title={text === '' ? 'Enter searches. Passwords, keys and encrypted values are neither searched nor shown.' : answer.loading ? 'Searching...' : 'Nothing holds this text.'} />}
        />
      </div>
    </div>
  );
}
