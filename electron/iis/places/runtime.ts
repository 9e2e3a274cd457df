import { attribute, childrenNamed, type ConfigElement } from '../../../shared/model/index.ts';
import { PRODUCTS } from '../../knowledge/index.ts';
import type { FoundCode } from '../registration.ts';
import { fileSetting, type Reader, setting, value } from './found.ts';

/** The assemblyBinding elements of a runtime section; they are written once for each version of the runtime, or all in one. */
const bindings = (section: ConfigElement): readonly ConfigElement[] => childrenNamed(section, 'assemblyBinding');

/** `file:///C:/x/y.dll` as a path; other addresses stay as written. */
function pathOf(href: string): string {
  const local = /^file:\/\/\/([A-Za-z]:.*)$/i.exec(href)?.[1];
  const share = local === undefined ? /^file:(\/\/[^/].*)$/i.exec(href)?.[1] : undefined;
  return (local ?? share)?.replaceAll('/', '\\') ?? href;
}

function codeBases(binding: ConfigElement): FoundCode[] {
  return childrenNamed(binding, 'dependentAssembly').flatMap((assembly) => {
    const name = value(childrenNamed(assembly, 'assemblyIdentity')[0] ?? assembly, 'name');
    return childrenNamed(assembly, 'codeBase').flatMap((code) => {
      const found = fileSetting(code, 'href', { name: `codeBase of ${name ?? 'an assembly'}` });
      const image = pathOf(found?.image ?? '');
      // Exchange writes thousands of these for its own folder; such an address is a default of the product, not a component.
      return found === null || PRODUCTS.codeBase(image) !== null ? [] : [{ ...found, image, besideFile: true }];
    });
  });
}

/** Folders for assemblies beside `bin`; below it is where every application has them. */
const isBin = (folders: string): boolean => folders.split(';').every((folder) => /^\s*(?:bin(?:[\\/].*)?)?\s*$/i.test(folder));

/**
 * `runtime`: the application domain manager of the process, addresses that an assembly is loaded from, folders that
 * are searched for assemblies. Binding redirects choose a version and load nothing by themselves.
 * Source: .NET Framework runtime settings schema (appDomainManagerAssembly, appDomainManagerType, codeBase, probing).
 */
export const readRuntime: Reader = (section) => {
  const one = (name: string): ConfigElement | undefined => childrenNamed(section, name).find((e) => value(e, 'value') !== null);
  const assembly = one('appDomainManagerAssembly');
  const type = one('appDomainManagerType');
  const found: FoundCode[] = [];
  const owner = type ?? assembly;
  if (owner) {
    const named = [type ? value(type, 'value') : '*', assembly ? value(assembly, 'value') : null].filter((part) => part !== null).join(', ');
    found.push({ kind: 'other', element: owner, attribute: attribute(owner, 'value') ?? null, name: owner.name, type: named });
  }
  for (const binding of bindings(section)) {
    found.push(...codeBases(binding));
    for (const probing of childrenNamed(binding, 'probing')) {
      if (!isBin(value(probing, 'privatePath') ?? '')) found.push(setting(probing, 'privatePath', { name: 'probing' }));
    }
  }
  return found;
};
