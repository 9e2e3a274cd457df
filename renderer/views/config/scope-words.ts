const WORDS: ReadonlyMap<string, string> = new Map([
  ['server', 'the server'], ['unassigned', 'of no site or application'], ['schema', 'schema of the configuration'], ['management', 'IIS Manager and its service'],
  ['redirection', 'where the configuration lies'], ['section', 'section of another file'],
]);

/** The level of a configuration file in words: `site Shop`, `copy 2`, `.NET v4.0.30319, 64-bit`. */
export function scopeWords(scope: string): string {
  const dotNet = /^dotnet:(.+)\/(32|64)$/.exec(scope);
  if (dotNet !== null) return `.NET ${dotNet[1]}, ${dotNet[2]}-bit`;
  return WORDS.get(scope) ?? scope.replace(/^copy:CFGHISTORY_0*/, 'copy ').replace(/^dir:/, 'folder ').replace(/^(site|app|copy|pool):/, '$1 ');
}
