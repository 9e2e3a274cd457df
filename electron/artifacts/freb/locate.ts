/** `fr` and six digits, in hex as IIS counts on; more when the files of a site are never cleared. */
const NAME = /^fr[0-9a-f]{6,10}(?:[ ._-][^/]*)?\.xml$/i;
const SITE_FOLDER = /^W3SVC(\d{1,10})$/i;

/**
 * Traces lie in `FailedReqLogFiles\W3SVC<id>` below the directory that the configuration names; the name alone says it too.
 * @param path with `/` or `\` between names
 * @returns the number of the site, from the folder, or null when the name is not a trace's
 */
export function locateFreb(path: string): { readonly siteId: number | null } | null {
  const names = path.split(/[\\/]/);
  if (!NAME.test(names.at(-1) ?? '')) return null;
  const digits = SITE_FOLDER.exec(names.at(-2) ?? '')?.[1];
  return { siteId: digits === undefined ? null : Number(digits) };
}
