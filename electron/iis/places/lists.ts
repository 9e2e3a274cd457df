import { attributeValue, childrenNamed, type ConfigElement } from '../../../shared/model/index.ts';
import type { FoundCode } from '../registration.ts';
import { isTrue } from '../sections.ts';
import { handlerModules, scriptImage } from '../merge/traits.ts';
import { adds, present, type Reader, value } from './found.ts';

function readHandler(element: ConfigElement): FoundCode | null {
  const type = value(element, 'type');
  const name = value(element, 'name');
  if (type !== null) return { kind: 'managed-handler', element, name, type };
  const modules = handlerModules(element);
  const image = scriptImage(element);
  // Without a script processor the DLL or EXE that the URL names is run.
  if (modules.includes('IsapiModule')) return { kind: 'isapi-extension', element, name, image };
  if (modules.includes('CgiModule') || modules.includes('FastCgiModule')) return { kind: 'cgi', element, name, image };
  if (image === null) return null;
  return { kind: /\.dll$/i.test(image) ? 'isapi-extension' : 'cgi', element, name, image };
}

/** A permission may carry arguments behind a program; they are no part of the image. */
function readRestriction(element: ConfigElement): FoundCode | null {
  const path = value(element, 'path');
  if (path === null || !isTrue(attributeValue(element, 'allowed'))) return null;
  const exe = /^(.*?\.exe)(?:[\s|].*)?$/i.exec(path)?.[1];
  return { kind: exe === undefined ? 'isapi-extension' : 'cgi', element, name: value(element, 'description'), image: exe ?? path };
}

/** The lists of components, of IIS and of ASP.NET; element and attribute names as in IIS_schema.xml and ASPNET_schema.xml. */
export const LISTS: readonly (readonly [section: string, Reader])[] = [
  ['system.webServer/globalModules', (s) => adds(s).map((e) => ({ kind: 'native-module', element: e, name: value(e, 'name'), image: value(e, 'image') }))],
  ['system.webServer/modules', (s) => adds(s).map((e) => ({ kind: value(e, 'type') === null ? 'native-module' : 'managed-module', element: e, name: value(e, 'name'), type: value(e, 'type') }))],
  ['system.webServer/handlers', (s) => present(adds(s).map(readHandler))],
  ['system.webServer/isapiFilters', (s) => childrenNamed(s, 'filter').map((e) => ({ kind: 'isapi-filter', element: e, name: value(e, 'name'), image: value(e, 'path') }))],
  ['system.webServer/security/isapiCgiRestriction', (s) => present(adds(s).map(readRestriction))],
  ['system.web/httpModules', (s) => adds(s).map((e) => ({ kind: 'managed-module', element: e, name: value(e, 'name'), type: value(e, 'type') }))],
  ['system.web/httpHandlers', (s) => adds(s).map((e) => ({ kind: 'managed-handler', element: e, name: null, type: value(e, 'type') }))],
];
