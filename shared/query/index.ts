export * from './ast.ts';
export * from './edit.ts';
export * from './fold.ts';
export * from './matches.ts';
export * from './network.ts';
export * from './parse.ts';
export * from './print.ts';
