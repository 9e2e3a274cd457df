export { copyOf } from './copy-of.ts';
export { copyNumber, locateCopy, type LocatedCopy } from './locate.ts';
export { copyMoment, outOfOrder } from './moments.ts';

/** What this artifact is, for the list of what the workbench reads. */
export const CONFIG_HISTORY = {
  id: 'config-history',
  title: 'IIS configuration history',
  files: ['inetpub/history/CFGHISTORY_##########/applicationHost.config'],
  versions: 'IIS 7.0 to 10.0',
  proves: 'What applicationHost.config held when the service saved it: entries that were added and removed again.',
  references: ['https://learn.microsoft.com/en-us/iis/manage/managing-your-configuration-settings/using-configuration-history-in-iis-7'],
} as const;
