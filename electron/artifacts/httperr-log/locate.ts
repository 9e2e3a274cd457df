/** `httperr1.log`, and what else lies in the folder of that name, which the registry can move elsewhere but not rename the files of. */
const LOG_NAME = /^httperr\d*(?:[ ._-].*)?\.log$/i;

/**
 * What a path says about the log: all sites of the server write into one.
 * @param path with `/` or `\` between names
 */
export function locate(path: string): { readonly siteId: null; readonly source: 'httperr' } | null {
  const names = path.split(/[\\/]/);
  const name = names.at(-1) ?? '';
  const inFolder = names.at(-2)?.toUpperCase() === 'HTTPERR' && /\.log$/i.test(name);
  return LOG_NAME.test(name) || inFolder ? { siteId: null, source: 'httperr' } : null;
}
