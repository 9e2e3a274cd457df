/** What ASP.NET can call a type as. `other`: it is created or called, but not listed as module or handler. */
export type HttpRole = 'module' | 'handler' | 'other';

/**
 * Interfaces and base classes that ASP.NET and IIS call, by full name. Base classes of the framework stand here too,
 * because the interface is then implemented in another assembly.
 */
export const HTTP_TYPES: ReadonlyMap<string, HttpRole> = new Map<string, HttpRole>([
  ['System.Web.IHttpModule', 'module'],
  ['System.Web.Security.RoleManagerModule', 'module'],
  ['System.Web.Routing.UrlRoutingModule', 'module'],
  ['System.Web.Handlers.ScriptModule', 'module'],
  ['System.Web.Optimization.BundleModule', 'module'],
  ['System.IdentityModel.Services.HttpModuleBase', 'module'],
  ['System.IdentityModel.Services.WSFederationAuthenticationModule', 'module'],
  ['System.IdentityModel.Services.SessionAuthenticationModule', 'module'],
  ['Microsoft.IdentityModel.Web.HttpModuleBase', 'module'],
  ['Microsoft.IdentityModel.Web.WSFederationAuthenticationModule', 'module'],
  ['Microsoft.IdentityModel.Web.SessionAuthenticationModule', 'module'],
  ['System.Web.IHttpHandler', 'handler'],
  ['System.Web.IHttpAsyncHandler', 'handler'],
  ['System.Web.IHttpHandlerFactory', 'handler'],
  ['System.Web.IHttpHandlerFactory2', 'handler'],
  ['System.Web.HttpTaskAsyncHandler', 'handler'],
  ['System.Web.DefaultHttpHandler', 'handler'],
  ['System.Web.Handlers.ScriptResourceHandler', 'handler'],
  ['System.Web.WebPages.WebPageHttpHandler', 'handler'],
  ['System.Web.UI.Page', 'handler'],
  ['System.Web.UI.PageHandlerFactory', 'handler'],
  ['System.Web.Mvc.MvcHandler', 'handler'],
  ['System.Web.Mvc.MvcHttpHandler', 'handler'],
  ['System.Web.Mvc.ViewPage', 'handler'],
  ['System.Web.Routing.UrlRoutingHandler', 'handler'],
  ['System.Web.Http.WebHost.HttpControllerHandler', 'handler'],
  ['System.Web.Services.Protocols.WebServiceHandlerFactory', 'handler'],
  ['System.Web.HttpApplication', 'other'],
  ['System.Web.Services.WebService', 'other'],
  ['System.Web.Hosting.IProcessHostPreloadClient', 'other'],
  ['System.Web.Hosting.VirtualPathProvider', 'other'],
  ['System.Web.Compilation.BuildProvider', 'other'],
  ['System.ServiceModel.Activation.ServiceHostFactory', 'other'],
  ['System.ServiceModel.Activation.ServiceHostFactoryBase', 'other'],
  ['Microsoft.Web.Iis.Rewrite.IRewriteProvider', 'other'],
]);
