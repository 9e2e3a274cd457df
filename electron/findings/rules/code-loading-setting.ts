import { UNKNOWN_MOMENT, type Severity } from '../../../shared/model/index.ts';
import type { SettingFact } from '../settings.ts';
import { rule } from '../rule.ts';
import { lineOf } from '../words.ts';

const LOW: ReadonlySet<string> = new Set(['type', 'notListedIsapisAllowed', 'notListedCgisAllowed', 'accessPolicy']);

function severityFor(s: SettingFact): Severity {
  if (s.known !== null) return 'info';
  if (s.setting === 'managedRuntimeLoader') return 'high';
  if (s.setting === 'dll' && s.scope !== 'server') return 'high';
  return LOW.has(s.setting) || /^environment variable (?:PATH|COMPLUS_)/i.test(s.setting) ? 'low' : 'medium';
}

function attackFor(s: SettingFact): string[] {
  if (/PROFIL/i.test(s.setting)) return ['T1574.012'];
  return s.setting === 'managedRuntimeLoader' || s.setting === 'protocolManagerDll' ? ['T1574.001'] : [];
}

/** Settings beside the component lists that bring code into IIS. */
export const codeLoadingSetting = rule(
  'code-loading-setting',
  {
    title: 'Setting that loads code',
    condition: 'A pool, compression scheme, tracing rule, listener adapter, auto-start provider, log plug-in or permission that names or admits code, with a value that IIS does not set by default.',
    severityHow: 'info when a known product writes it so; high for a foreign runtime loader or a compression DLL in a web.config; low for permissions, type names and search paths; else medium.',
    reference: 'ATT&CK T1574.012 (COR_PROFILER); Microsoft Learn, applicationPools/add, httpCompression/scheme, traceFailedRequests',
  },
  ({ settings }) =>
    settings
      .filter((s) => s.group === 'code' && s.known === null)
      .map((s) => ({
        severity: severityFor(s),
        title: `${s.owner === '' ? s.section : s.owner}: ${s.setting} is "${s.value.slice(0, 200)}"`,
        component: null,
        subject: [s.section, s.scope, s.owner, s.setting, s.value].join('\u0000'),
        supports: [`Set in ${s.section} at ${lineOf(s.ref)}, scope ${s.scope}.`, 'Neither a default of IIS nor a known product writes this value.'],
        refutes: ['A monitoring, compression or hosting product of this server sets it by its documentation.'],
        refs: [s.ref],
        attack: attackFor(s),
        first: UNKNOWN_MOMENT,
      })),
);
