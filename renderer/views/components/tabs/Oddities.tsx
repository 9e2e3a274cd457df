import { useMemo, type ReactNode } from 'react';
import { VisibleText, type Column } from '../../../ui/index.ts';
import { FactGrid } from '../FactGrid.tsx';
import { hex } from '../words.ts';
import type { Oddity } from './oddities.ts';

const COLUMNS: readonly Column<Oddity>[] = [
  { id: 'where', title: 'Where', width: '92px', mono: true, render: (o) => (o.place === null ? (o.token ?? '') : hex(o.place.offset)) },
  { id: 'what', title: 'What', width: '84px', render: (o) => <span className={o.what === 'not read' ? 'warn' : 'dim'}>{o.what}</span> },
  { id: 'message', title: 'Oddity', width: 'minmax(300px, 1fr)', render: (o) => <VisibleText text={o.message} /> },
];

/** What is odd about the file, each with its place. None of it is a verdict. */
export function Oddities({ rows }: { readonly rows: readonly Oddity[] }): ReactNode {
  const key = useMemo(() => (o: Oddity): string => o.key, []);
  return <FactGrid label="Oddities of the file" columns={COLUMNS} rows={rows} rowKey={key} place={(o) => o.place} twoLines empty="Nothing odd was found in this file." />;
}
