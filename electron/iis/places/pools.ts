import { foldCase } from '../../../shared/base/compare.ts';
import { childNamed, type ConfigElement } from '../../../shared/model/index.ts';
import type { FoundCode } from '../registration.ts';
import { fileSetting, type Reader, value } from './found.ts';
import { loadingVariables } from './variables.ts';

/** The loader that the schema gives every pool (IIS_schema.xml, applicationPools@managedRuntimeLoader). */
const DEFAULT_LOADER = 'WEBENGINE4.DLL';

/** What a pool, or the defaults of all pools, makes its processes load or start. */
function readPool(pool: ConfigElement, name: string | null): (FoundCode | null)[] {
  const file = (element: ConfigElement, attribute: string): FoundCode | null => fileSetting(element, attribute, { name: attribute, pool: name });
  const loader = value(pool, 'managedRuntimeLoader');
  const failure = childNamed(pool, 'failure');
  return [
    loader === null || foldCase(loader) === DEFAULT_LOADER ? null : file(pool, 'managedRuntimeLoader'),
    file(pool, 'CLRConfigFile'),
    ...(failure ? ['orphanActionExe', 'autoShutdownExe'].map((exe) => file(failure, exe)) : []),
    ...loadingVariables(pool, 'add', name),
  ];
}

export const readPools: Reader = (section) =>
  section.children.flatMap((pool) => {
    if (pool.name !== 'add' && pool.name !== 'applicationPoolDefaults') return [];
    return readPool(pool, pool.name === 'add' ? foldCase(value(pool, 'name') ?? '') : null).filter((found) => found !== null);
  });
