import type { Output, ParsedInput, RequestName } from '../../shared/contract/index.ts';

/** What answers one request; input and output have the contract's types on both sides. */
export type Handler<N extends RequestName> = (input: ParsedInput<N>) => Promise<Output<N>> | Output<N>;

/** `host.*` is served by the hosts, everything else here. */
export type EngineRequestName = Exclude<RequestName, `host.${string}`>;
export type Handlers = { readonly [N in EngineRequestName]: Handler<N> };

/** The handlers of some nouns: each service file gives those of its own. */
export type HandlersOf<Prefix extends string> = { readonly [N in Extract<EngineRequestName, `${Prefix}.${string}`>]: Handler<N> };
