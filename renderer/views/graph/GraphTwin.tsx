import { useMemo, useRef, useState, type ReactNode } from 'react';
import { compareBy } from '../../../shared/base/compare.ts';
import { EDGE_WORDS, stateWords } from '../../canvas/index.ts';
import { useListActions } from '../../commands/use-list.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { useApp, useWorkbench } from '../../state/react.ts';
import { Button, DataGrid, listSource, ROW_HEIGHT, SeverityWord, Split, VisibleText, type Column, type GridHandle, type Sort } from '../../ui/index.ts';
import type { Edge, Node } from './use-graph.ts';

const RANKS = { high: 0, medium: 1, low: 2, info: 3 };

/** Exactly what is drawn, as two tables that can be sorted, copied and saved. */
export function GraphTwin({ nodes, edges, focused, onFocus }: { readonly nodes: readonly Node[]; readonly edges: readonly Edge[]; readonly focused: string | null; readonly onFocus: (id: string) => void }): ReactNode {
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const [sort, setSort] = useState<Sort>({ column: 'layer', descending: false });
  const [edgeSort, setEdgeSort] = useState<Sort>({ column: 'from', descending: false });
  const [edgeAt, setEdgeAt] = useState(0);
  const wb = useWorkbench();
  const grid = useRef<GridHandle>(null);
  useListActions(grid);
  const labels = useMemo(() => new Map(nodes.map((n) => [n.id, n.label])), [nodes]);
  const rows = useMemo(() => {
    const keys: Readonly<Record<string, (n: Node) => string | number>> = {
      layer: (n) => n.layer, label: (n) => n.label, kind: (n) => n.kind, state: (n) => stateWords(n) || '~', severity: (n) => (n.severity === null ? 4 : RANKS[n.severity]), detail: (n) => n.detail,
    };
    return sorted(nodes, keys[sort.column], sort.descending);
  }, [nodes, sort]);
  const edgeRows = useMemo(() => {
    const keys: Readonly<Record<string, (e: Edge) => string | number>> = { from: (e) => labels.get(e.from) ?? '', to: (e) => labels.get(e.to) ?? '', reason: (e) => e.reason, style: (e) => EDGE_WORDS[e.style] };
    return sorted(edges, keys[edgeSort.column], edgeSort.descending);
  }, [edges, edgeSort, labels]);
  const nodeColumns: readonly Column<Node>[] = [
    { id: 'layer', title: 'Layer', width: '60px', align: 'end', sortable: true, render: (n) => String(n.layer) },
    { id: 'kind', title: 'Kind', width: '120px', sortable: true, render: (n) => n.kind },
    { id: 'label', title: 'Node', width: 'minmax(200px, 1fr)', sortable: true, render: (n) => <VisibleText text={n.label} /> },
    { id: 'severity', title: 'Findings', width: '90px', sortable: true, render: (n) => (n.severity === null ? '' : <SeverityWord severity={n.severity} />) },
    { id: 'state', title: 'State', width: '250px', sortable: true, render: (n) => stateWords(n) },
    { id: 'detail', title: 'Detail', width: 'minmax(220px, 2fr)', mono: true, sortable: true, render: (n) => <VisibleText text={n.detail} /> },
  ];
  const edgeColumns: readonly Column<Edge>[] = [
    { id: 'from', title: 'From', width: 'minmax(160px, 1fr)', sortable: true, render: (e) => <VisibleText text={labels.get(e.from) ?? e.from} /> },
    { id: 'to', title: 'To', width: 'minmax(160px, 1fr)', sortable: true, render: (e) => <VisibleText text={labels.get(e.to) ?? e.to} /> },
    { id: 'reason', title: 'Why', width: 'minmax(260px, 2fr)', sortable: true, render: (e) => <VisibleText text={e.reason} /> },
    { id: 'style', title: 'State', width: '220px', sortable: true, render: (e) => EDGE_WORDS[e.style] },
  ];
  return (
    <div className="graph-box">
    <div className="twin-bar">
      <Button onClick={() => void runCommand(wb, 'graph.copyNodes')}>Copy the nodes as CSV (y)</Button>
      <Button onClick={() => void runCommand(wb, 'graph.copyEdges')}>Copy the edges as CSV (Y)</Button>
      <Button onClick={() => void runCommand(wb, 'graph.export')}>Save (S)</Button>
    </div>
    <Split id="twin" down parts={[
      { id: 'nodes', size: 55, content: <DataGrid label="Graph nodes" columns={nodeColumns} source={listSource(rows)} rowKey={(n) => n.id} rowHeight={rowHeight} focused={rows.findIndex((n) => n.id === focused)} onFocus={(_i, n) => n !== undefined && onFocus(n.id)} sort={sort} onSort={(column) => setSort((s) => ({ column, descending: s.column === column && !s.descending }))} autoFocus handle={grid} /> },
      { id: 'edges', size: 45, content: <DataGrid label="Graph edges" columns={edgeColumns} source={listSource(edgeRows)} rowKey={(e) => e.id} rowHeight={rowHeight} focused={edgeRows.length === 0 ? -1 : Math.min(edgeAt, edgeRows.length - 1)} onFocus={(i) => setEdgeAt(i)} onOpen={(e) => onFocus(e.to)} sort={edgeSort} onSort={(column) => setEdgeSort((s) => ({ column, descending: s.column === column && !s.descending }))} /> },
    ]} />
    </div>
  );
}

/** By one column; what is equal there stays in the order of the drawing. */
function sorted<T>(rows: readonly T[], key: ((row: T) => string | number) | undefined, descending: boolean): readonly T[] {
  if (key === undefined) return rows;
  const compare = compareBy(key);
  return [...rows].sort((a, b) => (descending ? compare(b, a) : compare(a, b)));
}
