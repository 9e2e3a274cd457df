export { locateMetabase, looksLikeMetabase } from './locate.ts';
export { isMetabase, MAX_METABASE_BYTES, parseMetabase } from './parse.ts';

/** What this artifact is, for the list of what the workbench reads. */
export const METABASE = {
  id: 'metabase',
  title: 'IIS 6 metabase',
  files: ['System32/inetsrv/MetaBase.xml', 'System32/inetsrv/History/MetaBase_##########_##########.xml'],
  versions: 'IIS 6.0; of IIS 7 and later only to say that it holds nothing of the web server',
  proves: 'Which sites, applications and pools existed, and which filters, script maps and extensions were registered and permitted, at which line. Whether they were loaded it does not prove.',
  references: [
    'https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-server-2003/cc784958(v=ws.10)',
    'https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-server-2003/cc779909(v=ws.10)',
    'https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-server-2003/cc787178(v=ws.10)',
    'https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-server-2003/cc782923(v=ws.10)',
  ],
} as const;
