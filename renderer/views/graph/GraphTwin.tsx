import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { EDGE_WORDS, stateWords } from '../../canvas/index.ts';
import { useListActions } from '../../commands/use-list.ts';
import { useApp } from '../../state/react.ts';
import { DataGrid, listSource, ROW_HEIGHT, SeverityWord, Split, VisibleText, type Column, type GridHandle, type Sort } from '../../ui/index.ts';

type Node = Output<'graph.view'>['nodes'][number];
type Edge = Output<'graph.view'>['edges'][number];

/** Exactly what is drawn, as two tables. */
export function GraphTwin({ nodes, edges, focused, onFocus }: { readonly nodes: readonly Node[]; readonly edges: readonly Edge[]; readonly focused: string | null; readonly onFocus: (id: string) => void }): ReactNode {
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const [sort, setSort] = useState<Sort>({ column: 'layer', descending: false });
  const [edgeAt, setEdgeAt] = useState(0);
  const grid = useRef<GridHandle>(null);
  useListActions(grid);
  const labels = useMemo(() => new Map(nodes.map((n) => [n.id, n.label])), [nodes]);
  const rows = useMemo(() => {
    const rank = { high: 0, medium: 1, low: 2, info: 3 };
    const key = (n: Node): string | number => (sort.column === 'label' ? n.label : sort.column === 'kind' ? n.kind : sort.column === 'state' ? stateWords(n) || '~' : sort.column === 'severity' ? (n.severity === null ? 4 : rank[n.severity]) : n.layer);
    return [...nodes].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (sort.descending ? -1 : 1));
  }, [nodes, sort]);
  const nodeColumns: readonly Column<Node>[] = [
    { id: 'layer', title: 'Layer', width: '60px', align: 'end', sortable: true, render: (n) => String(n.layer) },
    { id: 'kind', title: 'Kind', width: '120px', sortable: true, render: (n) => n.kind },
    { id: 'label', title: 'Node', width: 'minmax(200px, 1fr)', sortable: true, render: (n) => <VisibleText text={n.label} /> },
    { id: 'severity', title: 'Findings', width: '90px', sortable: true, render: (n) => (n.severity === null ? '' : <SeverityWord severity={n.severity} />) },
    { id: 'state', title: 'State', width: '250px', sortable: true, render: (n) => stateWords(n) },
    { id: 'detail', title: 'Detail', width: 'minmax(220px, 2fr)', mono: true, render: (n) => <VisibleText text={n.detail} /> },
  ];
  const edgeColumns: readonly Column<Edge>[] = [
    { id: 'from', title: 'From', width: 'minmax(160px, 1fr)', render: (e) => <VisibleText text={labels.get(e.from) ?? e.from} /> },
    { id: 'to', title: 'To', width: 'minmax(160px, 1fr)', render: (e) => <VisibleText text={labels.get(e.to) ?? e.to} /> },
    { id: 'reason', title: 'Why', width: 'minmax(260px, 2fr)', render: (e) => <VisibleText text={e.reason} /> },
    { id: 'style', title: 'State', width: '220px', render: (e) => EDGE_WORDS[e.style] },
  ];
  return (
    <Split id="twin" down parts={[
      { id: 'nodes', size: 55, content: <DataGrid label="Graph nodes" columns={nodeColumns} source={listSource(rows)} rowKey={(n) => n.id} rowHeight={rowHeight} focused={rows.findIndex((n) => n.id === focused)} onFocus={(_i, n) => n !== undefined && onFocus(n.id)} sort={sort} onSort={(column) => setSort((s) => ({ column, descending: s.column === column && !s.descending }))} autoFocus handle={grid} /> },
      { id: 'edges', size: 45, content: <DataGrid label="Graph edges" columns={edgeColumns} source={listSource(edges)} rowKey={(e) => e.id} rowHeight={rowHeight} focused={edges.length === 0 ? -1 : Math.min(edgeAt, edges.length - 1)} onFocus={(i) => setEdgeAt(i)} onOpen={(e) => onFocus(e.to)} /> },
    ]} />
  );
}
