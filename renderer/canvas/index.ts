import './canvas.css';

export * from './buckets.ts';
export * from './GraphCanvas.tsx';
export * from './Histogram.tsx';
export type { CanvasEdge, CanvasNode } from './Scene.tsx';
export * from './use-layout.ts';
export type { View } from './view.ts';
export * from './walk.ts';
export { EDGE_WORDS, SIGN_WORDS, stateWords, type NodeSign } from './words.ts';
