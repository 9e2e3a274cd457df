import { childNamed } from '../../../shared/model/index.ts';
import type { FoundCode } from '../registration.ts';
import { type Reader, setting, value } from './found.ts';

/** Custom log plug-ins: of one site, or of all sites that name none (`siteDefaults`). A class id stands for the file that COM registers for it. */
export const readSites: Reader = (section) =>
  section.children.flatMap((site): FoundCode[] => {
    const log = childNamed(site, 'logFile');
    if (!log || value(log, 'customLogPluginClsid') === null || (site.name !== 'site' && site.name !== 'siteDefaults')) return [];
    const at = site.name === 'site' ? value(site, 'name') ?? '' : '';
    return [setting(log, 'customLogPluginClsid', { name: 'customLogPluginClsid', at })];
  });
