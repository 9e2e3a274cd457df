export * from './folders.ts';
export * from './image-path.ts';
export * from './look-alike.ts';
export * from './pre-condition.ts';
export { runsAnything } from './programs.ts';
export { PRODUCTS } from './products.ts';
export { STOCK } from './stock.ts';
export * from './technique.ts';
export * from './type-name.ts';
