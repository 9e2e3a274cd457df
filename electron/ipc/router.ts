import { isRequestName, requests } from '../../shared/contract/index.ts';
import { fail, ok, RequestError, type Result } from '../../shared/base/result.ts';
import { quote } from '../../shared/base/limits.ts';
import type { EngineRequestName, Handlers } from '../services/handlers.ts';

export interface Router {
  /** Validates the input, runs the handler, validates the output. Never rejects: a bug becomes a Failure of kind `bug`. */
  dispatch(name: string, input: unknown): Promise<Result<unknown>>;
}

/** @param onBug is told of errors that nobody expected, with the stack that the caller never sees. */
export function createRouter(handlers: Handlers, onBug: (name: string, error: unknown) => void): Router {
  return {
    async dispatch(name, input) {
      if (!isRequestName(name) || !Object.hasOwn(handlers, name)) return fail('usage', `There is no request named ${quote(String(name), 60)}.`);
      const spec = requests[name];
      const parsed = spec.input.safeParse(input);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        return fail('usage', `${name}: ${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'not valid'}`);
      }
      try {
        const handler = handlers[name as EngineRequestName] as (value: unknown) => unknown;
        return ok(spec.output.parse(await handler(parsed.data)));
      } catch (error) {
        if (error instanceof RequestError) return { ok: false, failure: error.failure };
        onBug(name, error);
        return fail('bug', `${name} failed: ${error instanceof Error ? quote(error.message) : 'unknown error'}`);
      }
    },
  };
}
