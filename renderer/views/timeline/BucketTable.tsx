import { useMemo, useRef, type ReactNode } from 'react';
import { msOfInstant } from '../../../shared/time/zone.ts';
import { rangeOfBuckets, stepWords } from '../../canvas/index.ts';
import { useListActions } from '../../commands/use-list.ts';
import { useApp, useTimeText } from '../../state/react.ts';
import { count, DataGrid, EmptyState, ROW_HEIGHT, type Column, type GridHandle, type RowSource } from '../../ui/index.ts';
import { LANE_SIGNS, shareWords } from './lanes.ts';
import { bucketAt } from './span.ts';
import type { DrawnSpan } from './use-span.ts';

interface Bucket {
  readonly from: string;
  readonly to: string;
  readonly passing: number;
  readonly every: number;
  readonly sources: string;
}
interface Props {
  readonly span: DrawnSpan;
  readonly time: string | null;
  readonly onTime: (time: string) => void;
  /** The range of a bucket, and whether it can be divided further. */
  readonly onOpen: (from: string, to: string, finest: boolean) => void;
}

/** The bars of the histogram as rows, the empty ones too: the same numbers for the keyboard and for a screen reader. */
export function BucketTable({ span, time, onTime, onOpen }: Props): ReactNode {
  const timeText = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const grid = useRef<GridHandle>(null);
  useListActions(grid);
  const data = span.histogram.value;
  const rows = useMemo((): RowSource<Bucket> & { readonly most: number; readonly sum: number } => {
    const ms = data?.start === undefined || data.start === null ? null : msOfInstant(data.start);
    if (data === null || ms === null) return { count: 0, row: () => undefined, most: 1, sum: 1 };
    const others = Object.entries(data.bySource).filter(([, counts]) => counts.some((n) => n > 0));
    return {
      count: data.buckets.length, most: Math.max(1, ...data.unfiltered, ...data.buckets), sum: Math.max(1, data.buckets.reduce((a, b) => a + b, 0)),
      row: (i) => ({
        ...rangeOfBuckets(ms / 1000, data.step, i, i), passing: data.buckets[i] ?? 0, every: data.unfiltered[i] ?? 0,
        sources: others.filter(([, counts]) => (counts[i] ?? 0) > 0).map(([source, counts]) => `${LANE_SIGNS[source as keyof typeof LANE_SIGNS].letter} ${count(counts[i] ?? 0)}`).join('  '),
      }),
    };
  }, [data]);
  const columns: readonly Column<Bucket>[] = [
    { id: 'from', title: `Begins (each ${stepWords(data?.step ?? 1)})`, width: '200px', mono: true, render: (b) => timeText(b.from) },
    { id: 'passing', title: 'Events', width: '100px', align: 'end', render: (b) => (b.passing === 0 ? <span className="quiet">0</span> : count(b.passing)) },
    { id: 'every', title: 'Without filter', width: '110px', align: 'end', render: (b) => count(b.every) },
    { id: 'share', title: 'Share', width: '80px', align: 'end', render: (b) => shareWords(b.passing, rows.sum) },
    {
      id: 'bar', title: 'How much', width: 'minmax(160px, 1fr)',
      render: (b) => <span className="bucket-track" aria-hidden="true" style={{ width: `${(b.every / rows.most) * 100}%` }}><span className="bucket-bar" style={{ width: b.every === 0 ? 0 : `${(b.passing / b.every) * 100}%` }} /></span>,
    },
    { id: 'sources', title: 'Sources', width: 'minmax(220px, 1fr)', mono: true, render: (b) => b.sources },
  ];
  const own = data === null || time === null ? -1 : bucketAt(data, time);
  const focused = rows.count === 0 ? -1 : Math.max(0, Math.min(rows.count - 1, own));
  return (
    <DataGrid
      label="Buckets" columns={columns} source={rows} rowKey={(b) => b.from} rowHeight={rowHeight} focused={focused} handle={grid} autoFocus
      onFocus={(i, row) => {
        // The cursor stays where it is within its own bucket.
        if (row !== undefined && i !== own) onTime(row.from);
      }}
      onOpen={(b) => onOpen(b.from, b.to, data?.step === 1)} empty={<EmptyState title={span.histogram.loading ? 'Counting...' : 'No dated events.'} />}
    />
  );
}
