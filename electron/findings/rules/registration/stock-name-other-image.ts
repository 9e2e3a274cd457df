import { quote } from '../../../../shared/base/limits.ts';
import type { Component, Severity } from '../../../../shared/model/index.ts';
import { PRODUCTS, STOCK, folderTrust } from '../../../knowledge/index.ts';
import { otherMappings } from '../../other-mapping.ts';
import { notFound, rule } from '../../rule.ts';
import { signatureRefutes } from '../../signatures.ts';
import { isManaged, isUsedName } from '../../weigh.ts';
import { Subject, distinctRefs, fileWords, refsOf, registeredWords } from '../../words.ts';
import { STOCK_NAME_OTHER_IMAGE } from '../../texts/registration.ts';

function usesStockName(c: Component): boolean {
  if (c.name === null || c.origin !== 'unknown') return false;
  if (c.kind === 'managed-handler' || c.kind === 'isapi-extension' || c.kind === 'cgi') return STOCK.isHandlerName(c.name);
  return (c.image !== null || c.type !== null) && isUsedName(c.name);
}

function severityFor(c: Component): Severity {
  const server = c.registrations.some((r) => r.scope === 'server');
  if (isManaged(c) || c.kind === 'cgi') return server ? 'medium' : 'low';
  if (c.kind === 'isapi-extension') return 'medium';
  // Products let their folder be chosen at installation; Windows does not.
  const product = c.name !== null && !STOCK.isModuleName(c.name) && !STOCK.isFilterName(c.name);
  const trust = c.image === null ? 'other' : folderTrust(c.image);
  return product && (trust === 'system' || trust === 'program') ? 'medium' : 'high';
}

/** A name of Windows or of a known product that leads to other code. */
export const stockNameOtherImage = rule(
  'stock-name-other-image',
  STOCK_NAME_OTHER_IMAGE,
  ({ components }) => [
    ...components.filter((c) => c.registrations.length > 0 && usesStockName(c)).map((c) => {
      const usual = c.name === null ? null : STOCK.imageOf(c.name);
      const owner = c.name === null ? null : PRODUCTS.productOfName(c.name);
      return {
        severity: severityFor(c),
        title: `${Subject(c)} uses a ${owner === null ? 'stock' : `known (${owner})`} name for other code`,
        component: c,
        subject: '',
        supports: [...registeredWords(c), usual === null ? `Baseline: ${c.originReason}.` : `The module of that name belongs at ${usual.replace('?:', '%SystemDrive%')}.`, fileWords(c)],
        refutes: ['The product was installed in another folder than its default, and the file there is the vendor\'s.', ...signatureRefutes(c, 'A valid signature of that vendor.'), 'The application replaces the stock entry on purpose (its deployment package says so).'],
        refs: distinctRefs(refsOf(c)),
        attack: ['T1036.005'],
        first: c.firstSeen,
      };
    }),
    ...otherMappings(components),
  ],
  (c) => {
    if (c.registrations.length === 0 || c.kind === 'other' || c.name === null) return null;
    if (c.origin !== 'unknown') return notFound(`The name belongs to this code: ${c.originReason}.`);
    return notFound(`"${quote(c.name)}" is no name of Windows or of a known product.`);
  },
);
