import { UNKNOWN_MOMENT, type Component, type Severity } from '../../../shared/model/index.ts';
import { sectionName } from '../../components/index.ts';
import { rule } from '../rule.ts';
import type { SettingFact } from '../settings.ts';
import { historyOf } from '../weigh.ts';
import { between, distinctRefs, lineOf, refsOf, registeredWords } from '../words.ts';

const PROFILER = /^(?:COR|CORECLR)_|^DOTNET_STARTUP_HOOKS$|^APPDOMAIN_MANAGER_/i;
const SEARCH = /^(?:PATH|DEVPATH|COMPLUS_|DOTNET_|JAVA_TOOL_OPTIONS|NODE_OPTIONS|ASPNETCORE_)/i;

function severityFor(c: Component): Severity {
  const name = c.name ?? '';
  const section = sectionName(c.registrations[0]?.section ?? '');
  if (name === 'managedRuntimeLoader') return 'high';
  // The section is unlocked on IIS 10, but no installer writes a compression DLL into a web.config.
  if (section === 'httpCompression') return c.registrations.some((r) => r.scope !== 'server') ? 'high' : 'medium';
  if (PROFILER.test(name)) return 'medium';
  return SEARCH.test(name) || c.image === null ? 'low' : 'medium';
}

function attackFor(c: Component): string[] {
  const name = c.name ?? '';
  if (/PROFILER|PROFILING/i.test(name)) return ['T1574.012'];
  return name === 'managedRuntimeLoader' ? ['T1574.001'] : [];
}

/** Files can be written and run in a folder of content, where uploads go; for whole sites it is an old default of some products. */
const writesAndRuns = (s: SettingFact): boolean => s.setting === 'accessPolicy' && (s.scope.startsWith('dir:') || /^location "[^"/]+\/.+"$/.test(s.scope));

const REFUTES = ['A monitoring, compression or hosting product of this server sets it by its documentation.'];

/** Settings beside the component lists that bring code into IIS. */
export const codeLoadingSetting = rule(
  'code-loading-setting',
  {
    title: 'Setting that loads code',
    condition: 'A pool, compression scheme, tracing rule, listener adapter, auto-start provider, log plug-in, rewrite provider or permission that names or admits code, with a value that neither IIS nor a known product sets.',
    severityHow: 'high for a foreign runtime loader or a compression DLL in a web.config; medium for other files and .NET profilers; low for types, search paths and open permissions, medium where files of one folder can be written and run.',
    reference: 'ATT&CK T1574.012 (COR_PROFILER); Microsoft Learn, applicationPools/add, httpCompression/scheme, traceFailedRequests',
  },
  (facts) => {
    // Stock there: only the developer's own web server has its modules in this folder.
    const express = facts.components.some((c) => c.kind === 'native-module' && c.image !== null && /^%IIS_BIN%\\/i.test(c.image));
    return [
    ...facts.components
      .filter((c) => c.kind === 'other' && c.origin === 'unknown' && c.registrations.length > 0 && (c.image !== null || c.type !== null))
      .map((c) => {
        const came = historyOf(c, facts);
        return {
          severity: severityFor(c),
          title: `${sectionName(c.registrations[0]?.section ?? '')}: ${c.name ?? 'an entry'} is set to "${(c.image ?? c.type ?? '').slice(0, 200)}"`,
          component: c,
          subject: '',
          supports: [...registeredWords(c), `Baseline: ${c.originReason}.`, ...came.map((x) => `It was ${x.what} ${between(x)}.`)],
          refutes: REFUTES,
          refs: distinctRefs(refsOf(c)),
          attack: attackFor(c),
          first: c.firstSeen,
        };
      }),
    ...facts.settings
      .filter((s) => s.group === 'code')
      .map((s) => ({
        severity: express ? ('info' as const) : writesAndRuns(s) ? ('medium' as const) : ('low' as const),
        title: `${s.setting} is "${s.value.slice(0, 200)}" (${s.scope})`,
        component: null,
        subject: [s.section, s.scope, s.owner, s.setting, s.value].join('\u0000'),
        supports: [`Set in ${s.section} at ${lineOf(s.ref)}.`, 'The default of IIS is closed: files that no entry lists can then be run as extensions or programs, or be written and run.'],
        refutes: ['The application needs it by its documentation.', ...REFUTES],
        refs: [s.ref],
        first: UNKNOWN_MOMENT,
      })),
    ];
  },
);
