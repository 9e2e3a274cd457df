import type { ConfigAttribute, ConfigElement, EvidenceRef } from '../../shared/model/index.ts';

/** A parsed configuration file as the settings reader needs it. */
export interface SettingsFile {
  readonly path: string | null;
  readonly evidencePath: string;
  readonly sha256: string;
  readonly root: ConfigElement | null;
  /** `server` for applicationHost.config, else the scope of the web.config. */
  readonly scope: string;
  /** Why IIS does not take a section as it stands here, or null; `location`: path of the location tag, '' for the root. */
  readonly fate?: (section: string, location: string) => string | null;
}

/** A setting that admits code or switches logging off; settings that name code are registrations of kind `other`. */
export interface SettingFact {
  readonly group: 'code' | 'logging';
  /** Attribute or element that says it: `managedRuntimeLoader`. */
  readonly setting: string;
  /** What it belongs to: pool, scheme, site. */
  readonly owner: string;
  readonly value: string;
  readonly section: string;
  readonly scope: string;
  readonly ref: EvidenceRef;
  /** Why IIS does not take it, where that is known; null or absent when it counts. */
  readonly unread?: string | null;
}

interface Found { readonly group: 'code' | 'logging'; readonly setting: string; readonly owner: string; readonly attribute: ConfigAttribute }

const value = (e: ConfigElement, name: string): string | null => e.attributes.find((a) => a.name === name)?.value ?? null;

type Reader = (e: ConfigElement, owner: string) => Found[];

function attributes(group: 'code' | 'logging', names: ReadonlyArray<readonly [string, (v: string) => boolean]>): Reader {
  return (e, owner) =>
    names.flatMap(([name, odd]) => {
      const attribute = e.attributes.find((a) => a.name === name);
      return attribute === undefined || !odd(attribute.value) ? [] : [{ group, setting: name, owner, attribute }];
    });
}

const isTrue = (v: string): boolean => /^(?:true|1)$/i.test(v);
const isFalse = (v: string): boolean => /^(?:false|0)$/i.test(v);

/** Requests then go to event tracing alone, and to no file. */
const withoutFile = (v: string): boolean => !/\bFile\b/i.test(v) && v !== '1' && v !== '3';
const isCustom = (v: string): boolean => /^(?:Custom|3)$/i.test(v);
/** Fields without which a row does not say who asked for what, when, and what came of it. */
const NEEDED_FIELDS = ['Time', 'ClientIP', 'Method', 'UriStem', 'HttpStatus'];
const lacksFields = (v: string): boolean => {
  const flags = new Set(v.split(',').map((f) => f.trim().toUpperCase()));
  // Flags may be written as a number too, which says the same in bits.
  return !/^\d+$/.test(v.trim()) && NEEDED_FIELDS.some((f) => !flags.has(f.toUpperCase()));
};
const otherHistory = (v: string): boolean => !/^(?:%SystemDrive%|[a-z]:)\\inetpub\\history\\?$/i.test(v.trim());
const fewHistories = (v: string): boolean => /^[01]$/.test(v.trim());

/** Section path and element to what is read there. Elements of any depth below the section are visited. */
const READERS: ReadonlyArray<readonly [section: string, element: string, Reader]> = [
  ['system.webServer/security/isapiCgiRestriction', 'isapiCgiRestriction', attributes('code', [['notListedIsapisAllowed', isTrue], ['notListedCgisAllowed', isTrue]])],
  ['system.webServer/handlers', 'handlers', attributes('code', [['accessPolicy', (v) => /\bExecute\b/i.test(v)]])],
  ['system.applicationHost/sites', 'logFile', attributes('logging', [['enabled', isFalse], ['logTargetW3C', withoutFile], ['logFormat', isCustom], ['logExtFileFlags', lacksFields]])],
  ['system.applicationHost/log', 'centralW3CLogFile', attributes('logging', [['enabled', isFalse], ['logExtFileFlags', lacksFields]])],
  ['system.applicationHost/configHistory', 'configHistory', attributes('logging', [['enabled', isFalse], ['path', otherHistory], ['maxHistories', fewHistories]])],
  ['system.webServer/httpLogging', 'httpLogging', attributes('logging', [['dontLog', isTrue], ['selectiveLogging', (v) => /^LogError$/i.test(v)]])],
];

const MAX_DEPTH = 20;

/** Reads the settings of one file in document order. Pure; a damaged file gives what was read of it. */
export function collectSettings(file: SettingsFile): SettingFact[] {
  const out: SettingFact[] = [];
  const visit = (e: ConfigElement, path: string, section: string | null, scope: string, owner: string, location: string, depth: number): void => {
    // FTP sites have log settings of their own, which say nothing about web requests.
    if (depth > MAX_DEPTH || e.name === 'ftpServer') return;
    const own = value(e, 'name') ?? value(e, 'path') ?? '';
    const label = own === '' ? owner : `${e.name} "${own}"`;
    for (const [wanted, element, read] of READERS) {
      if (element !== e.name || (section !== wanted && path !== wanted)) continue;
      for (const { attribute, ...found } of read(e, label)) {
        const ref: EvidenceRef = { path: file.path, evidencePath: file.evidencePath, line: attribute.line, column: attribute.column, sha256: file.sha256 };
        out.push({ ...found, value: attribute.value, section: wanted, scope, ref, unread: file.fate?.(wanted, location) ?? null });
      }
    }
    for (const child of e.children) {
      const below = `${path}/${child.name}`;
      const inside = READERS.some(([wanted]) => wanted === below) ? below : section;
      visit(child, below, inside, scope, label, location, depth + 1);
    }
  };
  const sections = (parent: ConfigElement, scope: string, location: string): void => {
    for (const child of parent.children) {
      if (child.name === 'location') {
        const where = value(child, 'path') ?? '';
        sections(child, where === '' || where === '.' ? scope : `location "${where}"`, where);
      } else {
        visit(child, child.name, null, scope, '', location, 1);
      }
    }
  };
  if (file.root !== null) sections(file.root, file.scope, '');
  return out;
}
