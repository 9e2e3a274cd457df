import type { EventName, EventPayload, Input, Output, RequestName } from '../../shared/contract/index.ts';
import { events, requests } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import type { HostClient } from './host-client.ts';

/** What the preload exposes: two functions over names, nothing of Electron. */
export interface PreloadApi {
  request(name: string, input: unknown): Promise<Result<unknown>>;
  on(name: string, listener: (payload: unknown) => void): () => void;
}

/** Checks an answer against the contract, so that no view ever meets a shape it was not written for. */
export function checkedResult<N extends RequestName>(name: N, result: Result<unknown>): Result<Output<N>> {
  if (!result.ok) return result;
  const parsed = requests[name].output.safeParse(result.value);
  if (parsed.success) return ok(parsed.data as Output<N>);
  const issue = parsed.error.issues[0];
  return fail('bug', `The answer to ${name} is not what the contract says: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

/** @returns the payload, or null when it is not what the contract says. */
export function checkedEvent<N extends EventName>(name: N, payload: unknown): EventPayload<N> | null {
  const parsed = events[name].safeParse(payload);
  return parsed.success ? (parsed.data as EventPayload<N>) : null;
}

export function preloadClient(api: PreloadApi): HostClient {
  return {
    request: async <N extends RequestName>(name: N, input: Input<N>) => {
      try {
        return checkedResult(name, await api.request(name, input));
      } catch (error) {
        return fail('unavailable', `The host did not answer ${name}: ${String(error)}`);
      }
    },
    on: (name, listener) => api.on(name, (payload) => {
      const checked = checkedEvent(name, payload);
      if (checked !== null) listener(checked);
    }),
    onConnection: (listener) => {
      listener('open');
      return () => {};
    },
  };
}
