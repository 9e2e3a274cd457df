import { quote } from '../../shared/base/limits.ts';
import type { ComponentKind, Origin } from '../../shared/model/index.ts';
import { PRODUCTS, STOCK, iis6Stock, parseTypeName, samePreConditions } from '../knowledge/index.ts';

export interface Judgement { readonly origin: Origin; readonly reason: string }

interface Subject {
  readonly kind: ComponentKind;
  readonly name: string | null;
  readonly image: string | null;
  readonly type: string | null;
  /** Decides for settings that load code (kind `other`). */
  readonly section?: string | undefined;
  /** Version of IIS on the server, `7.5`, where it is known. */
  readonly iisVersion?: string | null | undefined;
  /** As written in the entry that names the image. */
  readonly preCondition?: string | null | undefined;
  /** Value of a setting that is neither a file nor a type: a profiler's class id. */
  readonly value?: string | null | undefined;
}

const known = (product: string, by: string): Judgement => ({ origin: 'known-product', reason: `${by} of ${product}; content not verified` });
const stock = (reason: string): Judgement => ({ origin: 'stock', reason: `${reason}; content not verified` });
const unknown = (reason: string): Judgement => ({ origin: 'unknown', reason });

/**
 * Judges a registration by the baseline: never the bytes of the file. A name alone is never enough, because it is
 * the first thing that is imitated.
 */
export function originOf({ kind, name, image, type, section = '', value = null, preCondition, iisVersion = null }: Subject): Judgement {
  if (section.startsWith('MetaBase/') && image !== null && (kind === 'isapi-filter' || kind === 'isapi-extension')) {
    const old = iis6Stock(kind, image);
    if (old !== null) return stock(old);
  }
  if (kind === 'managed-module' || kind === 'managed-handler') return managed(name, type, kind);
  if (kind === 'native-module' || kind === 'isapi-filter') return named(kind, name, image, section, preCondition, iisVersion);
  if (kind === 'other') return setting(section, name, image, type, value);
  if (image !== null) return byImage(name, image);
  if (name !== null && (STOCK.isHandlerName(name) || STOCK.isModuleName(name))) return stock(`entry ${name} of the stock configuration, which names no code of its own`);
  return unknown('names no file and no type, and is not in the baseline');
}

function named(kind: 'native-module' | 'isapi-filter', name: string | null, image: string | null, section: string, preCondition: string | null | undefined, iisVersion: string | null): Judgement {
  const filter = kind === 'isapi-filter';
  const label = name ?? '(no name)';
  if (image === null) return unknown(`${label} names no image${section === 'system.webServer/modules' ? ': it enables a module that is not in globalModules' : ''}`);
  if (name === null) return unknown('has no name');
  if (filter ? STOCK.filter(name, image) : STOCK.globalModule(name, image)) return stock(`name and image are those of the stock ${filter ? 'filter' : 'module'} ${name}${filter ? '' : roleWords(name, iisVersion)}${otherConditions(filter ? 'filter' : 'module', name, preCondition)}`);
  const product = filter ? PRODUCTS.filter(name, image) : PRODUCTS.module(name, image);
  if (product !== null) return known(product, 'name and image are those');
  if (filter ? STOCK.isFilterName(name) : STOCK.isModuleName(name)) return unknown(`name of a stock ${filter ? 'filter' : 'module'}, but another image`);
  const owner = PRODUCTS.productOfName(name);
  return unknown(owner === null ? 'neither in the baseline of IIS nor a known product' : `name used by ${owner}, but another image`);
}

/** The role service that brings the module, and that this version of IIS does not have it, which is assumed from documentation. */
function roleWords(name: string, iisVersion: string | null): string {
  const found = STOCK.roleOf(name);
  if (found === null) return '';
  const { role, since, download } = found;
  const early = since !== null && iisVersion !== null && Number(iisVersion) < Number(since);
  return ` (${role})${early ? `, which is part of IIS from ${since} on${download ? ' and a separate download before' : ''} (assumed), and this is IIS ${iisVersion}` : ''}`;
}

/** A stock entry that runs in other pools than Windows lets it: worth knowing, and no verdict. Left out: not asked. */
function otherConditions(kind: 'module' | 'filter', name: string, written: string | null | undefined): string {
  const usual = STOCK.preConditionOf(kind, name);
  if (written === undefined || usual === null || samePreConditions(usual, written)) return '';
  return `, but with ${written === null || written === '' ? 'no preCondition' : `the preCondition "${quote(written)}"`} where Windows writes ${usual === '' ? 'none' : `"${usual}"`}`;
}

function byImage(name: string | null, image: string): Judgement {
  if (STOCK.extension(image)) return stock('image of a stock ISAPI extension');
  const product = PRODUCTS.image(image);
  if (product !== null) return known(product, 'image');
  if (name !== null && STOCK.isHandlerName(name)) return unknown(`name of the stock handler ${name}, but another image`);
  return unknown('image is neither in the baseline of IIS nor of a known product');
}

/** Settings that load code: each section has its own list of usual values. */
function setting(section: string, name: string | null, image: string | null, type: string | null, value: string | null): Judgement {
  const label = name ?? section;
  const product = productOf(section, name, image, type, value);
  if (image !== null) {
    if (section.endsWith('/httpCompression') && name !== null && STOCK.compressionScheme(name, image)) return stock(`compression scheme ${name} as Windows sets it`);
    if (STOCK.settingImage(section, image)) return stock(`${label}: DLL that Windows names there`);
    // IIS Express templates write a runtime version here, which names no DLL.
    if (name === 'managedRuntimeLoader' && /^v\d\.\d(?:\.\d+)?$/.test(image)) return known('IIS Express', 'runtime version, not a DLL: a value');
  }
  if (type !== null && STOCK.platformType(type)) return stock(`${label}: type of the .NET Framework`);
  if (product !== null) return known(product, `${label}: value`);
  return unknown(`${label}: neither a default of IIS nor the value of a known product`);
}

/** The product that sets this value by its documentation, or null. */
function productOf(section: string, name: string | null, image: string | null, type: string | null, value: string | null): string | null {
  if (type !== null) return PRODUCTS.type(type);
  if (image === null) return value !== null && /_PROFILER$/i.test(name ?? '') ? PRODUCTS.profiler(value) : null;
  if (section.endsWith('/httpCompression')) return name === null ? null : PRODUCTS.compressionScheme(name, image);
  if (name === 'CLRConfigFile') return /^%IIS_USER_HOME%\\/i.test(image) ? 'IIS Express' : PRODUCTS.clrConfig(image);
  return /\/(?:aspNetCore|httpPlatform|iisnode)$/.test(section) || /_PROFILER_PATH/i.test(name ?? '') ? PRODUCTS.image(image) : null;
}

function managed(name: string | null, type: string | null, kind: ComponentKind): Judgement {
  if (type === null) return unknown('a managed assembly that nothing registers by type');
  const { type: full } = parseTypeName(type);
  const product = PRODUCTS.type(type);
  if (STOCK.listType(type)) return stock(`type ${full} of the .NET Framework`);
  if (product !== null) return known(product, 'type');
  const stockName = name !== null && (kind === 'managed-module' ? STOCK.isModuleName(name) : STOCK.isHandlerName(name));
  return unknown(stockName ? `name of a stock entry (${name}), but another type` : 'type is neither of the .NET Framework nor of a known product');
}
