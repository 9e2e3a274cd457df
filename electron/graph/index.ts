export { DEFAULT_NODES, MOST_NODES, buildGraph, type GraphFacts, type GraphOptions } from './build.ts';
export { paths } from './paths.ts';
