import { foldCase } from '../../shared/base/compare.ts';
import { pathParts } from './image-path.ts';

/** Programs of Windows that run whatever they are given; no product maps requests to them. Source: the LOLBAS project's list of execution binaries, names only. */
const RUNS_ANYTHING: ReadonlySet<string> = new Set(
  [
    'bash.exe', 'bitsadmin.exe', 'certutil.exe', 'cmd.exe', 'cmstp.exe', 'cscript.exe', 'csc.exe', 'forfiles.exe', 'ftp.exe', 'installutil.exe', 'mavinject.exe', 'msbuild.exe', 'mshta.exe', 'msiexec.exe',
    'odbcconf.exe', 'pcalua.exe', 'powershell.exe', 'powershell_ise.exe', 'pwsh.exe', 'regasm.exe', 'regsvcs.exe', 'regsvr32.exe', 'rundll32.exe', 'schtasks.exe', 'scriptrunner.exe', 'vbc.exe', 'wmic.exe', 'wscript.exe', 'wsl.exe',
  ].map(foldCase),
);

/** The name of the program when it runs whatever it is given, else null. Arguments behind it do not count. */
export function runsAnything(image: string): string | null {
  const program = /^"?(.*?\.exe)(?:["\s|].*)?$/is.exec(image.trim())?.[1] ?? image;
  const name = pathParts(program).at(-1) ?? '';
  return RUNS_ANYTHING.has(foldCase(name)) ? name : null;
}
