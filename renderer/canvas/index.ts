import './canvas.css';

export * from './buckets.ts';
export * from './GraphCanvas.tsx';
export * from './Histogram.tsx';
export * from './layout.ts';
export * from './walk.ts';
