import { foldCase } from '../../../shared/base/compare.ts';
import { childrenNamed, type ConfigElement } from '../../../shared/model/index.ts';
import { STOCK } from '../../knowledge/index.ts';
import type { FoundCode } from '../registration.ts';
import { adds, type Reader, typeSetting, value } from './found.ts';

/** Providers of IIS itself; an empty type stands for the built-in RSA one (stock applicationHost.config and redirection.config). */
const STOCK_PROVIDERS: ReadonlySet<string> = new Set(
  ['Microsoft.ApplicationHost.AesProtectedConfigurationProvider', 'Microsoft.ApplicationHost.CngProtectedConfigurationProvider', 'Microsoft.ApplicationHost.RsaProtectedConfigurationProvider'].map(foldCase),
);

/** A protection provider of one's own is loaded by whatever reads the configuration, and sees every password in it. */
export const readProtection: Reader = (section) =>
  childrenNamed(section, 'providers').flatMap(adds).flatMap((provider) => {
    const found = typeSetting(provider, 'type');
    const type = value(provider, 'type') ?? '';
    return found === null || STOCK_PROVIDERS.has(foldCase(type)) || STOCK.platformType(type) ? [] : [found];
  });

const MAX_DEPTH = 20;

/** Handlers that parse a section: their code runs as soon as the section is asked for. Handlers of the platform are passed over. */
export const readHandlersOfSections: Reader = (section) => {
  const found: FoundCode[] = [];
  const visit = (element: ConfigElement, prefix: string, depth: number): void => {
    for (const child of element.children) {
      if (child.name !== 'section' && child.name !== 'sectionGroup') continue;
      const name = `${prefix}${value(child, 'name') ?? ''}`;
      const type = value(child, 'type');
      const own = type === null || STOCK.platformType(type) ? null : typeSetting(child, 'type', { name });
      if (own !== null) found.push(own);
      if (child.name === 'sectionGroup' && depth < MAX_DEPTH) visit(child, `${name}/`, depth + 1);
    }
  };
  visit(section, '', 0);
  return found;
};
