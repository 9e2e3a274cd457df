export * from './capability.ts';
export * from './catalog.ts';
export * from './clr.ts';
export * from './facts.ts';
export * from './http-types.ts';
export * from './identity.ts';
export * from './image.ts';
export * from './signature.ts';
