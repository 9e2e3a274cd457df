import type { Likelihood } from '../kit/likelihood.ts';

const EXTENSION = /\.(?:dll|exe|ocx|cpl|node|sys|isapi|filter|ax|tlb|mui)$/;
/** Folders from which IIS and ASP.NET load code without any other registration. */
const CODE_FOLDER = /[\\/](?:system32|syswow64|sysnative)[\\/]inetsrv[\\/]|[\\/]bin[\\/]|[\\/]temporary asp\.net files[\\/]|[\\/]microsoft\.net[\\/]assembly[\\/]|[\\/]windows[\\/]assembly[\\/]/;

/** `yes`: a program by its name, in a folder that IIS loads from; `maybe`: elsewhere, or any name in such a folder. */
export function locatePe(path: string): Likelihood {
  // Windows names are compared in upper case elsewhere; here only ASCII letters matter.
  const lower = path.replace(/[A-Z]/g, (c) => c.toLowerCase());
  const isProgram = EXTENSION.test(lower);
  const inFolder = CODE_FOLDER.test(lower);
  if (isProgram) return inFolder ? 'yes' : 'maybe';
  return inFolder && !/\.(?:config|xml|txt|log|pdb|htm|html|js|css|json|asp|aspx|resx)$/.test(lower) ? 'maybe' : 'no';
}
