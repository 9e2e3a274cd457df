import { canonicalImage } from './image-path.ts';

const SYSTEM32 = '%windir%\\System32';
const FRAMEWORKS = ['Framework', 'Framework64'].flatMap((folder) => ['v1.0.3705', 'v1.1.4322', 'v2.0.50727', 'v4.0.30319'].map((version) => `%windir%\\Microsoft.NET\\${folder}\\${version}`));

/**
 * ISAPI extensions and filters that Windows Server 2003 and the .NET Framework register in the metabase, at their own
 * place. Names from the documents of ScriptMaps, WebSvcExtRestrictionList and Web service extensions of IIS 6
 * (Microsoft); product knowledge, not taken from a server.
 */
const EXTENSIONS: ReadonlySet<string> = new Set([
  ...['asp.dll', 'httpodbc.dll', 'ssinc.dll', 'httpext.dll', 'httpmib.dll'].map((file) => `${SYSTEM32}\\inetsrv\\${file}`),
  ...['msw3prt.dll', 'idq.dll', 'webhits.dll', 'bitssrv.dll'].map((file) => `${SYSTEM32}\\${file}`),
  ...FRAMEWORKS.map((folder) => `${folder}\\aspnet_isapi.dll`),
].map(canonicalImage));
const FILTERS: ReadonlySet<string> = new Set(FRAMEWORKS.map((folder) => canonicalImage(`${folder}\\aspnet_filter.dll`)));

/** What an entry of a metabase is by the baseline of IIS 6: a file of Windows or of the .NET Framework at its own place, or null. */
export function iis6Stock(kind: 'isapi-filter' | 'isapi-extension', image: string): string | null {
  const canonical = canonicalImage(image);
  if (kind === 'isapi-filter') return FILTERS.has(canonical) ? 'image of the ASP.NET filter of IIS 6' : null;
  return EXTENSIONS.has(canonical) ? 'image of an ISAPI extension that IIS 6 or ASP.NET installs' : null;
}
