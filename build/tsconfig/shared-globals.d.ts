/** The only global beyond ECMAScript that `shared` may use: it is the same in Node, in browsers and in Electron. */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}
