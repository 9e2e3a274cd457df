import { foldCase } from '../../../shared/base/compare.ts';

export { parsePreStartList } from './parse.ts';

/** Bytes of a list that are read: some thousands of names. */
export const MAX_LIST_BYTES = 1024 * 1024;

/** True for `preStartInitList.web` in a folder of compiled code (`Temporary ASP.NET Files`, or where `tempDirectory` points). */
export function locatePreStartList(evidencePath: string): boolean {
  return /(?:^|\/)PRESTARTINITLIST\.WEB$/.test(foldCase(evidencePath));
}

/** What this artifact is, for the list of what the workbench reads. */
export const PRESTART_LIST = {
  id: 'prestart-list',
  title: 'Assemblies with start code (preStartInitList.web)',
  files: ['Microsoft.NET/Framework*/v*/Temporary ASP.NET Files/*/*/*/preStartInitList.web'],
  versions: 'ASP.NET 4.0 to 4.8',
  proves: 'Which assemblies had code that ASP.NET ran when the application last started with a fresh list. The list stays when an assembly is deleted.',
  references: [
    'https://referencesource.microsoft.com/#System.Web/Compilation/BuildManager.cs',
    'https://learn.microsoft.com/en-us/dotnet/api/system.web.preapplicationstartmethodattribute',
  ],
} as const;
