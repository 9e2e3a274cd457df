import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { FILTER_FIELDS, withTerm, type FilterField } from '../../../shared/query/index.ts';
import { useListActions } from '../../commands/use-list.ts';
import { useApp, useRequest, useTimeText } from '../../state/react.ts';
import { count, DataGrid, EmptyState, FailureLine, listSource, ROW_HEIGHT, VisibleText, type Column, type GridHandle, type Sort } from '../../ui/index.ts';

type Row = Output<'timeline.stack'>['rows'][number];
const FIELDS = FILTER_FIELDS.filter((f) => f !== 'time');

/** Values of one field with their counts, first and last time. Enter keeps the value and goes back to the list. */
export function StackList({ filter }: { readonly filter: string }): ReactNode {
  const time = useTimeText();
  const field = useApp((s) => s.stackField);
  const text = useApp((s) => s.filters['timeline'] ?? '');
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const { set, setFilter } = useApp((s) => s);
  const answer = useRequest('timeline.stack', { filter, field, limit: 1000 });
  const [at, setAt] = useState(0);
  const [sort, setSort] = useState<Sort>({ column: 'count', descending: true });
  const grid = useRef<GridHandle>(null);
  useListActions(grid);
  const rows = useMemo(() => {
    const key = (r: Row): string | number => (sort.column === 'count' ? r.count : sort.column === 'first' ? (r.first ?? '') : sort.column === 'last' ? (r.last ?? '') : r.value);
    return [...(answer.value?.rows ?? [])].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (sort.descending ? -1 : 1));
  }, [answer.value, sort]);
  const sum = rows.reduce((n, r) => n + r.count, 0);
  const columns: readonly Column<Row>[] = [
    { id: 'value', title: `Value of ${field}`, width: 'minmax(260px, 2fr)', mono: true, sortable: true, render: (r) => (r.value === '' ? <span className="quiet">(none)</span> : <VisibleText text={r.value} />) },
    { id: 'count', title: 'Count', width: '110px', align: 'end', sortable: true, render: (r) => count(r.count) },
    { id: 'share', title: 'Share', width: '80px', align: 'end', render: (r) => `${((r.count / Math.max(1, sum)) * 100).toFixed(1)} %` },
    { id: 'first', title: 'First', width: '190px', mono: true, sortable: true, render: (r) => time(r.first) },
    { id: 'last', title: 'Last', width: '190px', mono: true, sortable: true, render: (r) => time(r.last) },
  ];
  return (
    <div className="stack">
      <div className="stack-head">
        <label>Stack by <select className="input" value={field} onChange={(e) => set({ stackField: e.target.value })}>{FIELDS.map((f) => <option key={f}>{f}</option>)}</select></label>
        <span className="dim">{answer.value === null ? 'counting...' : `${count(answer.value.groups)} groups${answer.value.groups > rows.length ? `, the first ${rows.length} shown` : ''}`}</span>
      </div>
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      <DataGrid
        label="Stack" columns={columns} source={listSource(rows)} rowKey={(r) => r.value} rowHeight={rowHeight} focused={rows.length === 0 ? -1 : Math.min(at, rows.length - 1)} onFocus={(i) => setAt(i)} handle={grid} autoFocus
        sort={sort} onSort={(column) => setSort((s) => ({ column, descending: s.column === column ? !s.descending : column === 'count' }))}
        onOpen={(r) => {
          setFilter('timeline', withTerm(text, field as FilterField, r.value, false));
          set({ timelineMode: 'list' });
        }}
        empty={<EmptyState title={answer.loading ? 'Counting...' : 'Nothing to stack.'} />}
      />
    </div>
  );
}
