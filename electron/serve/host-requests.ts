import { fail, ok, type Result } from '../../shared/base/result.ts';
import { isRequestName, requests, type Output, type ParsedInput, type RequestName } from '../../shared/contract/index.ts';
import { listFolder } from './list-folder.ts';

export type HostRequestName = Extract<RequestName, `host.${string}`>;
type HostHandlers = { readonly [N in HostRequestName]: (input: ParsedInput<N>) => Promise<Result<Output<N>>> };

/** The browser has no dialog that knows paths of this computer, so the page shows its own. */
const inPage = (): Promise<Result<{ path: null; inPage: true }>> => Promise.resolve(ok({ path: null, inPage: true }));

function handlers(version: string): HostHandlers {
  return {
    'host.info': () => Promise.resolve(ok({ kind: 'loopback', version, platform: process.platform })),
    'host.pickFolder': inPage,
    'host.pickFile': inPage,
    'host.pickSave': inPage,
    'host.printPdf': () => Promise.resolve(fail('usage', 'This host has no printer of its own; the browser prints the report.')),
    'host.listFolder': ({ path }) => listFolder(path),
  };
}

/** Answers requests that the host serves itself; null for those that belong to the engine. */
export function hostRequests(version: string): (name: string, input: unknown) => Promise<Result<unknown>> | null {
  const table = handlers(version);
  return (name, input) => {
    if (!isRequestName(name) || !Object.hasOwn(table, name)) return null;
    const spec = requests[name];
    const parsed = spec.input.safeParse(input);
    if (!parsed.success) return Promise.resolve(fail('usage', `${name}: ${parsed.error.issues[0]?.message ?? 'the input is not valid'}`));
    const handler = table[name as HostRequestName] as (value: unknown) => Promise<Result<unknown>>;
    return handler(parsed.data);
  };
}
