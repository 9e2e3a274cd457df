import './hex.css';

export * from './HexView.tsx';
export * from './Inspector.tsx';
export * from './rows.ts';
