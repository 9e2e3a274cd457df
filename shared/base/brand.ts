/** Nominal typing: a `Brand<string, 'X'>` cannot be passed where a `Brand<string, 'Y'>` is wanted. */
declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
