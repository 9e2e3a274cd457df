import { foldCase } from '../../shared/base/compare.ts';

/** Key of assemblies that Microsoft signs for ASP.NET and its web stack. */
const MICROSOFT_WEB = '31bf3856ad364e35';

/**
 * Assemblies with a PreApplicationStartMethod that come with ASP.NET, its Web Pages, or packages of Microsoft that
 * project templates install. Compiled from the public sources of AspNetWebStack, Katana and the .NET Framework.
 */
const MICROSOFT: ReadonlySet<string> = new Set([
  'System.Web.WebPages.Deployment', 'System.Web.WebPages.Razor', 'System.Web.WebPages', 'System.Web.Mvc', 'System.Web.Razor', 'System.Web.Helpers', 'System.Web.WebPages.Administration',
  'WebMatrix.Data', 'WebMatrix.WebData', 'Microsoft.Web.Infrastructure', 'Microsoft.Web.WebPages.OAuth', 'Microsoft.Owin.Host.SystemWeb', 'System.Web.Http.WebHost',
  'Microsoft.ScriptManager.MSAjax', 'Microsoft.ScriptManager.WebForms', 'Microsoft.AspNet.Web.Optimization.WebForms', 'Microsoft.AspNet.FriendlyUrls',
  'Microsoft.AspNet.Identity.Owin', 'Microsoft.AspNet.SessionState.SessionStateModule', 'Microsoft.AspNet.TelemetryCorrelation',
].map(foldCase));

/** Packages of others that run code at start in very many applications; their assemblies carry no strong name, or that of their makers. */
const PACKAGES: ReadonlySet<string> = new Set([
  'WebActivator', 'WebActivatorEx', 'AspNet.ScriptManager.jQuery', 'AspNet.ScriptManager.bootstrap', 'AspNet.ScriptManager.jQuery.UI.Combined', 'Microsoft.AI.Web', 'Elmah', 'Glimpse.AspNet',
  'MiniProfiler', 'Ninject.Web', 'Ninject.Web.Common', 'SignalR.Hosting.AspNet', 'DevExpress.Web', 'Telerik.Web.UI',
].map(foldCase));

/** What a line of preStartInitList.web names by the baseline: an assembly of Microsoft with its key, a common package by name alone, or neither. */
export function preStartOrigin(assembly: string, token: string | null): { readonly origin: 'stock' | 'known-product' | 'unknown'; readonly reason: string } {
  const folded = foldCase(assembly);
  if (MICROSOFT.has(folded) && token === MICROSOFT_WEB) return { origin: 'stock', reason: `${assembly} with the key of Microsoft's web stack has start code of its own; content not verified` };
  if (MICROSOFT.has(folded)) return { origin: 'unknown', reason: `${assembly} is the name of an assembly of Microsoft, without its public key token ${MICROSOFT_WEB}` };
  if (PACKAGES.has(folded)) return { origin: 'known-product', reason: `${assembly} is the name of a package that runs code at start; content not verified` };
  return { origin: 'unknown', reason: 'no assembly of ASP.NET or of a package that is known to run code at start' };
}
