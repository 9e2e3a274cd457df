import { useRef, useState, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { useListActions } from '../../commands/use-list.ts';
import { useApp } from '../../state/react.ts';
import { Badge, DataGrid, EmptyState, fileName, listSource, ROW_HEIGHT, type Column, type GridHandle } from '../../ui/index.ts';
import { scopeWords } from './scope-words.ts';

type File = Output<'config.files'>['files'][number];
const keyOf = (f: File): string => f.evidencePath;

/** The configuration files, by the level that they are of. */
export function FileList({ files, loading, current, onOpen, onSubject }: { readonly files: readonly File[]; readonly loading: boolean; readonly current: string | null; readonly onOpen: (evidencePath: string) => void; readonly onSubject: (evidencePath: string) => void }): ReactNode {
  const marked = useApp((s) => s.config.marked);
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const cameWithLine = useApp((s) => s.route.params['line'] !== undefined || s.route.params['offset'] !== undefined);
  const [at, setAt] = useState<number | null>(null);
  const grid = useRef<GridHandle>(null);
  useListActions(grid);
  const columns: readonly Column<File>[] = [
    { id: 'scope', title: 'Level and file', width: 'minmax(150px, 1fr)', render: (f) => <><span className="line" title={visible(f.scope)}>{visible(scopeWords(f.scope))}{f.evidencePath === marked ? <> <Badge>marked</Badge></> : null}</span><span className="line dim mono" title={visible(f.path ?? f.evidencePath)}>{visible(fileName(f.path ?? f.evidencePath))}</span></> },
    { id: 'registrations', title: 'Regs', width: '54px', align: 'end', render: (f) => String(f.registrations) },
    { id: 'problems', title: 'Probl.', width: '58px', align: 'end', render: (f) => (f.problems === 0 ? '' : <span className="warn">{f.problems}</span>) },
  ];
  const found = files.findIndex((f) => f.evidencePath === current);
  return (
    <DataGrid
      label="Configuration files" columns={columns} source={listSource(files)} rowKey={keyOf} twoLines rowHeight={2 * rowHeight} focused={at ?? found} onFocus={(i, f) => { setAt(i); if (f !== undefined) onSubject(f.evidencePath); }} onOpen={(f) => onOpen(f.evidencePath)} handle={grid} autoFocus={!cameWithLine}
      rowClass={(f) => (f.evidencePath === current ? 'pivot' : '')} empty={<EmptyState title={loading ? 'Loading...' : 'No configuration was read.'} />}
    />
  );
}
