import { childrenNamed, type ConfigElement } from '../../../shared/model/index.ts';
import { STOCK } from '../../knowledge/index.ts';
import type { FoundCode } from '../registration.ts';
import { adds, present, type Reader, setting, typeSetting, value } from './found.ts';

/** Providers that Windows installs into IIS Manager are defaults, not components; a full installation has over seventy. */
function providers(elements: readonly ConfigElement[]): FoundCode[] {
  return present(elements.map((element) => (STOCK.platformType(value(element, 'type') ?? '') ? null : typeSetting(element, 'type'))));
}

const fromProviders: Reader = (section) => providers(childrenNamed(section, 'providers').flatMap(adds));

/**
 * administration.config: managed code of IIS Manager (inetmgr.exe) and of the Web Management Service (wmsvc.exe). An
 * entry of `modules` switches a provider on and names no code. Sections as in the file that Windows installs.
 */
export const MANAGEMENT: readonly (readonly [section: string, Reader])[] = [
  ['moduleProviders', (s) => providers(adds(s))],
  ['modules', (s) => providers(adds(s))],
  ['system.webServer/management/authentication', fromProviders],
  ['system.webServer/management/authorization', fromProviders],
  ['system.webServer/management/trustedProviders', (s) => providers(adds(s))],
];

/** FTP providers: a managed type or a COM class, run by the FTP service and its host processes. */
export const readFtpProviders: Reader = (section) =>
  present(adds(section).map((element) => {
    if (STOCK.platformType(value(element, 'type') ?? '')) return null;
    return typeSetting(element, 'type') ?? (value(element, 'clsid') === null ? null : setting(element, 'clsid'));
  }));
