/** The page has an origin of its own, which no web page and no file can have. */
export const SCHEME = 'app';
export const HOST = 'iisight';
export const ORIGIN = `${SCHEME}://${HOST}`;

/** Whether an address belongs to the page; an address that only begins like it does not. */
export function isOwnUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${SCHEME}:` && host === HOST && username === '' && password === '';
}
