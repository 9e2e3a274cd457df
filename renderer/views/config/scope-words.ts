/** The level of a configuration file in words: `site Shop`, `copy 2`. */
export function scopeWords(scope: string): string {
  if (scope === 'server') return 'the server';
  if (scope === 'unassigned') return 'of no site or application';
  return scope.replace(/^copy:CFGHISTORY_0*/, 'copy ').replace(/^(site|app|dir|copy):/, '$1 ');
}
