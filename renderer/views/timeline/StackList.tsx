import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { FILTER_FIELDS } from '../../../shared/query/index.ts';
import { useListActions } from '../../commands/use-list.ts';
import { useApp, useLatest, useTimeText, useWorkbench } from '../../state/react.ts';
import { count, DataGrid, EmptyState, FailureLine, listSource, ROW_HEIGHT, VisibleText, type Column, type GridHandle, type Sort } from '../../ui/index.ts';
import { shareWords } from './lanes.ts';
import { Spark } from './Spark.tsx';

type Row = Output<'timeline.stack'>['rows'][number];
const FIELDS: readonly string[] = FILTER_FIELDS.filter((f) => f !== 'time' && f !== 'log');
const OTHER = 'other...';
const MOST = 1000;

interface Props {
  readonly filter: string;
  readonly stamp: number;
  /** Names in `#Fields` that the language has no field for, as seen in the rows at hand. */
  readonly logFields: readonly string[];
  /** The value that has the focus first: where Backspace came back to. */
  readonly value: string | null;
  readonly onOpen: (field: string, value: string) => void;
}

/** Values of one field with their counts, first and last time. Enter keeps the value and goes to the list. */
export function StackList({ filter, stamp, logFields, value, onOpen }: Props): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const field = useApp((s) => s.stackField);
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const { set } = wb.store.getState();
  const answer = useLatest('timeline.stack', { filter, field, limit: MOST }, stamp);
  const [focus, setFocus] = useState<string | null>(value);
  const [sort, setSort] = useState<Sort>({ column: 'count', descending: true });
  const grid = useRef<GridHandle>(null);
  useListActions(grid);
  const rows = useMemo(() => {
    const key = (r: Row): string | number => (sort.column === 'count' ? r.count : sort.column === 'first' ? (r.first ?? '') : sort.column === 'last' ? (r.last ?? '') : r.value);
    return [...(answer.value?.rows ?? [])].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (sort.descending ? -1 : 1));
  }, [answer.value, sort]);
  const total = answer.value?.total ?? 0;
  const [first, last] = [answer.value?.first ?? null, answer.value?.last ?? null];
  const columns = useMemo((): readonly Column<Row>[] => [
    { id: 'value', title: `Value of ${field}`, width: 'minmax(240px, 2fr)', mono: true, sortable: true, render: (r) => (r.value === '' ? <span className="quiet">(none)</span> : <VisibleText text={r.value} />) },
    { id: 'count', title: 'Count', width: '110px', align: 'end', sortable: true, render: (r) => count(r.count) },
    { id: 'share', title: 'Share of all', width: '110px', align: 'end', render: (r) => shareWords(r.count, total) },
    { id: 'first', title: 'First', width: '190px', mono: true, sortable: true, render: (r) => time(r.first) },
    { id: 'last', title: 'Last', width: '190px', mono: true, sortable: true, render: (r) => time(r.last) },
    { id: 'spark', title: 'Over time', width: '170px', render: (r) => <Spark counts={r.spark} first={first} last={last} time={time} /> },
  ], [field, total, first, last, time]);
  const choose = async (chosen: string): Promise<void> => {
    if (chosen !== OTHER) return set({ stackField: chosen });
    const name = await wb.store.getState().ask('text', { title: 'Stack by a field of the logs', label: 'Name in #Fields', help: 'As it stands in the log, for example X-Forwarded-For or cs(Cookie).', action: 'Stack', initial: '', required: true });
    if (name !== null && name.trim() !== '') set({ stackField: `log.${name.trim()}` });
  };
  const own = [...new Set([...logFields.map((n) => `log.${n}`), ...(FIELDS.includes(field) ? [] : [field])])];
  const at = rows.findIndex((r) => r.value === focus);
  return (
    <div className="stack">
      <div className="stack-head">
        <label>Stack by <select className="input" value={field} onChange={(e) => void choose(e.target.value)}>{[...FIELDS, ...own, OTHER].map((f) => <option key={f}>{f}</option>)}</select></label>
        <span className="dim">{answer.loading ? 'counting...' : answer.value === null ? '' : `${count(answer.value.groups)} groups of ${count(total)} events${answer.value.groups > rows.length ? `, the ${count(rows.length)} largest shown` : ''}`}</span>
        <span className="dim">Enter keeps a value, Backspace comes back</span>
      </div>
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      <DataGrid
        label="Stack" columns={columns} source={listSource(rows)} rowKey={(r) => r.value} rowHeight={rowHeight} focused={rows.length === 0 ? -1 : Math.max(0, at)} onFocus={(_i, row) => setFocus(row?.value ?? null)} handle={grid} autoFocus
        sort={sort} onSort={(column) => setSort((s) => ({ column, descending: s.column === column ? !s.descending : column === 'count' }))}
        onOpen={(r) => onOpen(field, r.value)} empty={<EmptyState title={answer.loading ? 'Counting...' : 'Nothing to stack.'} />}
      />
    </div>
  );
}
