import './ui.css';
import './grid/grid.css';
import './dialog.css';

export * from './basic.tsx';
export * from './bytes-source.tsx';
export * from './dialog.tsx';
export * from './fields.tsx';
export * from './filter-bar.tsx';
export * from './grid/DataGrid.tsx';
export * from './grid/types.ts';
export * from './menu.tsx';
export * from './moment.ts';
export * from './path-dialog.tsx';
export * from './source-link.tsx';
export * from './split.tsx';
export * from './tabs.tsx';
export * from './text-source.tsx';
export { ROW_HEIGHT } from '../theme/names.ts';
