import { layoutOf } from '../../../../electron/iis/layout.ts';
import { type LookUp, type Served, UrlSpace } from '../../../../electron/iis/serving/url-space.ts';
import { evidencePathOf, host, serverFiles, serverOf } from '../support.ts';

/** Handlers as a stock server has them, in short. */
export const STOCK_HANDLERS = `
  <add name="Trace" path="trace.axd" verb="GET,HEAD,POST,DEBUG" type="System.Web.Handlers.TraceHandler" preCondition="integratedMode" />
  <add name="Pages" path="*.aspx" verb="GET,HEAD,POST,DEBUG" type="System.Web.UI.PageHandlerFactory" preCondition="integratedMode" />
  <add name="PagesClassic" path="*.aspx" verb="GET,HEAD,POST,DEBUG" modules="IsapiModule" scriptProcessor="C:\\Net\\aspnet_isapi.dll" preCondition="classicMode,bitness64" responseBufferLimit="0" />
  <add name="Asp" path="*.asp" verb="GET,HEAD,POST" modules="IsapiModule" scriptProcessor="C:\\Windows\\System32\\inetsrv\\asp.dll" resourceType="File" />
  <add name="Extensionless" path="*." verb="GET,HEAD,POST,DEBUG" type="System.Web.Handlers.TransferRequestHandler" preCondition="integratedMode" />
  <add name="StaticFile" path="*" verb="*" modules="StaticFileModule,DefaultDocumentModule,DirectoryListingModule" resourceType="Either" requireAccess="Read" />`;
export const MODULES = '<modules><add name="StaticFileModule" /><add name="DefaultDocumentModule" /><add name="DirectoryListingModule" /><add name="IsapiModule" /><add name="IsapiFilterModule" /><add name="Auth" type="T.Auth" preCondition="managedHandler" /></modules>';
export const GLOBAL = ['StaticFileModule', 'DefaultDocumentModule', 'DirectoryListingModule', 'IsapiModule', 'IsapiFilterModule'].map((name) => `<add name="${name}" image="${name}.dll" />`).join('');
export const DOCUMENTS = '<defaultDocument><files><add value="Default.htm" /><add value="default.aspx" /></files></defaultDocument>';

const DECLARED = '<section name="defaultDocument" /><section name="httpErrors" /><section name="httpRedirect" /><section name="directoryBrowse" /><sectionGroup name="rewrite"><section name="rules" /></sectionGroup>';

interface Made {
  readonly handlers?: string;
  readonly modules?: string;
  readonly more?: string;
  readonly files?: readonly string[];
  readonly others?: Record<string, string | null>;
  readonly pools?: string;
  readonly sites?: string;
  readonly locations?: string;
  /** Folders of which nothing was collected. */
  readonly uncollected?: readonly string[];
}

export function space({ handlers = STOCK_HANDLERS, modules = MODULES, more = DOCUMENTS, files = [], others = {}, uncollected = [], ...parts }: Made = {}): UrlSpace {
  const unlocked = `${modules}<handlers accessPolicy="Read, Script">${handlers}</handlers>${more}`;
  const declared = host({ unlocked, globalModules: GLOBAL, ...parts }).replace('<section name="globalModules"', `${DECLARED}<section name="globalModules"`);
  const configuration = serverFiles(declared, others);
  const site = layoutOf(configuration).sites[0];
  if (site === undefined) throw new Error('no site');
  return new UrlSpace(configuration, serverOf(configuration).id, site, lookIn([...files, ...Object.keys(others)], uncollected));
}

export function lookIn(files: readonly string[], uncollected: readonly string[] = []): LookUp {
  const present = new Set(files.map((f) => f.toUpperCase()));
  return (path) => {
    const fold = path.toUpperCase();
    const place = { path, evidencePath: evidencePathOf(path) };
    if (present.has(fold)) return { status: 'present', place };
    if (/^C:\\(?:WWW|APP)$/.test(fold) || [...present].some((f) => f.startsWith(`${fold}\\`))) return { status: 'folder', place };
    return { status: uncollected.some((f) => fold.startsWith(f.toUpperCase())) ? 'not-collected' : 'absent', place: { path, evidencePath: '' } };
  };
}

export const handlerOf = (served: Served): string | null => served.fits[0]?.mapping.entry.name ?? null;
