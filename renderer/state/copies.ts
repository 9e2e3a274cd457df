import type { ConfigCopy } from '../../shared/model/index.ts';

/** Where a copy of the configuration comes from, in words. */
export const SERIES_WORDS: Readonly<Record<ConfigCopy['series'], string>> = {
  live: 'in force', history: 'configuration history', pool: 'what a pool was started with', backup: 'backup', shadow: 'volume shadow copy', 'old-windows': 'Windows.old',
};

/** Whether it is applicationHost.config as the server as a whole had it; pools keep cut-down files of their own, web.config files have lines of their own. */
export function onMainLine(copy: Pick<ConfigCopy, 'series' | 'of'>): boolean {
  return copy.series !== 'pool' && (copy.of === null || /(?:^|[\\/])applicationHost\.config$/i.test(copy.of));
}
