import type { ConfigAttribute, ConfigElement, EvidenceRef } from '../../shared/model/index.ts';
import { PRODUCTS, STOCK, parseTypeName } from '../knowledge/index.ts';

/** A parsed configuration file as the settings reader needs it. */
export interface SettingsFile {
  readonly path: string | null;
  readonly evidencePath: string;
  readonly sha256: string;
  readonly root: ConfigElement | null;
  /** `server` for applicationHost.config, else the scope of the web.config. */
  readonly scope: string;
}

/** A setting that loads code or switches logging off, other than the component lists themselves. */
export interface SettingFact {
  readonly group: 'code' | 'logging';
  /** Attribute or element that says it: `managedRuntimeLoader`. */
  readonly setting: string;
  /** What it belongs to: pool, scheme, site. */
  readonly owner: string;
  readonly value: string;
  readonly section: string;
  readonly scope: string;
  /** The product or default that writes it so, or null. */
  readonly known: string | null;
  readonly ref: EvidenceRef;
}

interface Found { readonly group: 'code' | 'logging'; readonly setting: string; readonly owner: string; readonly attribute: ConfigAttribute; readonly known: string | null }

const value = (e: ConfigElement, name: string): string | null => e.attributes.find((a) => a.name === name)?.value ?? null;

/** Environment variables that make the .NET runtime or the loader take in further code. */
const LOADING_VARIABLE = /^(?:COR_(?:ENABLE_PROFILING|PROFILER.*)|CORECLR_(?:ENABLE_PROFILING|PROFILER.*)|COMPLUS_.*|DOTNET_(?:STARTUP_HOOKS|ADDITIONAL_DEPS|SHARED_STORE)|PATH)$/i;

type Reader = (e: ConfigElement, owner: string) => Found[];

function attributes(group: 'code' | 'logging', names: ReadonlyArray<readonly [string, (v: string) => string | null | undefined]>): Reader {
  return (e, owner) =>
    names.flatMap(([name, judge]) => {
      const attribute = e.attributes.find((a) => a.name === name);
      const known = attribute === undefined ? undefined : judge(attribute.value);
      return attribute === undefined || known === undefined ? [] : [{ group, setting: name, owner, attribute, known }];
    });
}

/** `undefined`: nothing to say; `null`: nobody known writes it so; text: who does. */
const filled = (v: string): null | undefined => (v.trim() === '' ? undefined : null);
const isTrue = (v: string): null | undefined => (/^(?:true|1)$/i.test(v) ? null : undefined);
const isFalse = (v: string): null | undefined => (/^(?:false|0)$/i.test(v) ? null : undefined);

function knownType(v: string): string | null | undefined {
  if (v.trim() === '') return undefined;
  return STOCK.type(parseTypeName(v).type) ? 'the .NET Framework' : PRODUCTS.type(v);
}

const pool: Reader = (e, owner) => [
  ...attributes('code', [
    ['managedRuntimeLoader', (v) => (v === '' || /^webengine4?\.dll$/i.test(v) ? undefined : null)],
    ['CLRConfigFile', (v) => (v.trim() === '' ? undefined : /^%IIS_USER_HOME%/i.test(v) ? 'IIS Express' : PRODUCTS.clrConfig(v))],
  ])(e, owner),
  ...e.children.filter((c) => c.name === 'environmentVariables').flatMap((list) =>
    list.children.filter((c) => c.name === 'add' && LOADING_VARIABLE.test(value(c, 'name') ?? '')).flatMap((c) => {
      const attribute = c.attributes.find((a) => a.name === 'value');
      return attribute === undefined ? [] : [{ group: 'code' as const, setting: `environment variable ${value(c, 'name') ?? ''}`, owner, attribute, known: null }];
    })),
  ...e.children.filter((c) => c.name === 'failure').flatMap((c) => attributes('code', [['orphanActionExe', filled], ['autoShutdownExe', filled]])(c, owner)),
];

/** Section path and element to what is read there. Elements of any depth below the section are visited. */
const READERS: ReadonlyArray<readonly [section: string, element: string, Reader]> = [
  ['system.applicationHost/applicationPools', 'add', pool],
  ['system.applicationHost/applicationPools', 'applicationPoolDefaults', pool],
  ['system.applicationHost/listenerAdapters', 'add', attributes('code', [['protocolManagerDll', filled]])],
  ['system.applicationHost/serviceAutoStartProviders', 'add', attributes('code', [['type', knownType]])],
  ['system.webServer/httpCompression', 'scheme', (e, owner) =>
    attributes('code', [['dll', (v) => {
      const name = value(e, 'name') ?? '';
      return STOCK.compressionScheme(name, v) ? undefined : (PRODUCTS.compressionScheme(name, v) ?? filled(v));
    }]])(e, owner)],
  ['system.webServer/tracing/traceFailedRequests', 'add', attributes('code', [['customActionExe', filled]])],
  ['system.webServer/rewrite/providers', 'provider', attributes('code', [['type', knownType]])],
  ['system.webServer/security/isapiCgiRestriction', 'isapiCgiRestriction', attributes('code', [['notListedIsapisAllowed', isTrue], ['notListedCgisAllowed', isTrue]])],
  ['system.webServer/handlers', 'handlers', attributes('code', [['accessPolicy', (v) => (/\bExecute\b/i.test(v) && /\bWrite\b/i.test(v) ? null : undefined)]])],
  ['system.applicationHost/sites', 'logFile', attributes('logging', [['enabled', isFalse]])],
  ['system.applicationHost/sites', 'logFile', attributes('code', [['customLogPluginClsid', filled]])],
  ['system.webServer/httpLogging', 'httpLogging', attributes('logging', [['dontLog', isTrue], ['selectiveLogging', (v) => (/^LogError$/i.test(v) ? null : undefined)]])],
];

const MAX_DEPTH = 20;

/** Reads the settings of one file in document order. Pure; a damaged file gives what was read of it. */
export function collectSettings(file: SettingsFile): SettingFact[] {
  const out: SettingFact[] = [];
  const visit = (e: ConfigElement, path: string, section: string | null, scope: string, owner: string, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    const own = value(e, 'name') ?? value(e, 'path') ?? '';
    const label = own === '' ? owner : `${e.name} "${own}"`;
    for (const [wanted, element, read] of READERS) {
      if (element !== e.name || (section !== wanted && path !== wanted)) continue;
      for (const { attribute, ...found } of read(e, label)) {
        const ref: EvidenceRef = { path: file.path, evidencePath: file.evidencePath, line: attribute.line, column: attribute.column, sha256: file.sha256 };
        out.push({ ...found, value: attribute.value, section: wanted, scope, ref });
      }
    }
    for (const child of e.children) {
      const below = `${path}/${child.name}`;
      const inside = READERS.some(([wanted]) => wanted === below) ? below : section;
      visit(child, below, inside, scope, label, depth + 1);
    }
  };
  const sections = (parent: ConfigElement, scope: string): void => {
    for (const child of parent.children) {
      if (child.name === 'location') {
        const where = value(child, 'path') ?? '';
        sections(child, where === '' || where === '.' ? scope : `location "${where}"`);
      } else {
        visit(child, child.name, null, scope, '', 1);
      }
    }
  };
  if (file.root !== null) sections(file.root, file.scope);
  return out;
}
