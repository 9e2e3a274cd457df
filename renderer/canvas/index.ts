import './canvas.css';

export * from './buckets.ts';
export * from './GraphCanvas.tsx';
export * from './Histogram.tsx';
export * from './layout.ts';
export * from './walk.ts';
export { EDGE_WORDS, SIGN_WORDS, stateWords, type NodeSign } from './words.ts';
