import { UNKNOWN_MOMENT, type Component, type Server, type Severity } from '../../../../shared/model/index.ts';
import { foldCase } from '../../../../shared/base/compare.ts';
import { applicationOf, attributeOf, needsNoEntry, sectionName } from '../../../components/index.ts';
import { folderTrust, runsAnything } from '../../../knowledge/index.ts';
import { notFound, rule } from '../../rule.ts';
import type { SettingFact } from '../../settings.ts';
import { historyOf, posesAsVendor } from '../../weigh.ts';
import { between, distinctRefs, lineOf, refsOf, registeredWords } from '../../words.ts';
import { CODE_LOADING_SETTING } from '../../texts/settings.ts';

const PROFILER = /^(?:COR|CORECLR)_|^DOTNET_STARTUP_HOOKS$|^APPDOMAIN_MANAGER_/i;
/** Every host that runs several versions or customers of PHP sets these. */
const PHP = /^(?:PHPRC|PHP_INI_SCAN_DIR)$/i;
/** Paths of images are written with these: with another value they lead elsewhere. */
const SHADOWS = /^(?:WINDIR|SYSTEMROOT|SYSTEMDRIVE|PROGRAM(?:FILES(?:\(X86\))?|W6432|DATA)|COMMONPROGRAMFILES(?:\(X86\))?|ALLUSERSPROFILE)$/i;
const SEARCH = /^(?:PATH|DEVPATH|COMPLUS_|DOTNET_|JAVA_TOOL_OPTIONS|NODE_OPTIONS|ASPNETCORE_)/i;

/** Every registration stands in a web.config of an application (or in one that no site points at). */
const ofApplications = (c: Component): boolean => c.registrations.every((r) => r.scope !== 'server');

/** The file belongs to the application that names it: it lies in its folder, or is named relative to it. */
function isOwnFile(c: Component, server: Server): boolean {
  const image = foldCase(c.image ?? '');
  return c.registrations.every((r) => {
    const folder = applicationOf(server, r.scope)?.physicalPath.path ?? null;
    if (folder !== null) return image.startsWith(`${foldCase(folder).replace(/[\\/]+$/, '')}\\`);
    return r.scope === 'unassigned' && /^(?:\.[\\/])?[^\\/:%]/.test(image) && !image.includes(':');
  });
}

function severityOfFile(c: Component, server: Server): Severity {
  const image = c.image ?? '';
  if (runsAnything(image) !== null) return 'medium';
  const section = sectionName(c.registrations[0]?.section ?? '');
  const own = /^(?:aspNetCore|httpPlatform|iisnode|runtime)$/.test(section);
  if (!own) return 'medium';
  if (isOwnFile(c, server)) return 'info';
  const trust = folderTrust(image);
  return trust === 'system' || trust === 'program' ? 'low' : 'medium';
}

function severityFor(c: Component, server: Server): Severity {
  const name = c.name ?? '';
  const section = sectionName(c.registrations[0]?.section ?? '');
  if (name === 'managedRuntimeLoader') return 'high';
  if (section === 'runtime' && c.type !== null) return 'medium';
  // The section is unlocked on IIS 10, but no installer writes a compression DLL into a web.config.
  if (section === 'httpCompression') return c.registrations.some((r) => r.scope !== 'server') ? 'high' : 'medium';
  // The switch alone loads nothing; the line that names the profiler is a finding of its own.
  if (/_ENABLE_PROFILING$/i.test(name)) return 'low';
  if (PROFILER.test(name) || SHADOWS.test(name)) return 'medium';
  if (c.image !== null) return SEARCH.test(name) ? 'low' : severityOfFile(c, server);
  // Types of an application in its own web.config are what every application has; a name of .NET is not.
  if (c.type !== null && ofApplications(c)) return posesAsVendor(c) ? 'low' : 'info';
  return PHP.test(name) || (section === 'runtime' && ofApplications(c)) ? 'info' : 'low';
}

/** A type or class that the whole server loads: set at installation of a product, so that a change of a running server is odd. */
const isServersCode = (c: Component): boolean => c.name === 'customLogPluginClsid' || (c.type !== null && c.registrations.some((r) => r.scope === 'server'));

/** What the setting says: the file, the type, or the value as written. */
function valueOf(c: Component): string {
  const first = c.registrations[0];
  const written = first === undefined ? null : attributeOf(first, 'value') ?? attributeOf(first, c.name ?? '') ?? attributeOf(first, 'clsid') ?? attributeOf(first, 'privatePath');
  return c.image ?? c.type ?? written ?? '';
}

function attackFor(c: Component): string[] {
  const name = c.name ?? '';
  if (/PROFILER|PROFILING/i.test(name)) return ['T1574.012'];
  if (/^appDomainManager/i.test(name)) return ['T1574.014'];
  return name === 'managedRuntimeLoader' ? ['T1574.001'] : [];
}

/** Every DLL and EXE below can be run by its URL; Exchange and other products need that for folders of their own, so alone it is worth knowing and no more. */
const onlyRuns = (s: SettingFact): boolean => s.setting === 'accessPolicy' && !/\bWrite\b/i.test(s.value);

/** Files can be written and run in a folder of content, where uploads go; for whole sites it is an old default of some products. */
const writesAndRuns = (s: SettingFact): boolean => s.setting === 'accessPolicy' && (s.scope.startsWith('dir:') || /^location "[^"/]+\/.+"$/.test(s.scope));

const REFUTES = ['A monitoring, compression or hosting product of this server sets it by its documentation.'];

/** Settings beside the component lists that bring code into IIS. */
export const codeLoadingSetting = rule(
  'code-loading-setting',
  CODE_LOADING_SETTING,
  (facts) => {
    // Stock there: only the developer's own web server has its modules in this folder.
    const express = facts.components.some((c) => c.kind === 'native-module' && c.image !== null && /^%IIS_BIN%\\/i.test(c.image));
    return [
    ...facts.components
      .filter((c) => c.kind === 'other' && c.origin === 'unknown' && c.registrations.length > 0 && !c.registrations.every((r) => needsNoEntry(r.section)))
      .map((c) => {
        const came = historyOf(c, facts);
        const usual = severityFor(c, facts.server);
        return {
          severity: usual === 'low' && isServersCode(c) && came.some((x) => x.what !== 'removed' && x.what !== 'reordered') ? ('medium' as const) : usual,
          title: `${sectionName(c.registrations[0]?.section ?? '')}: ${c.name ?? 'an entry'} is set to "${valueOf(c).slice(0, 200)}"`,
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
        severity: (s.unread ?? null) !== null || express || onlyRuns(s) ? ('info' as const) : writesAndRuns(s) ? ('medium' as const) : ('low' as const),
        title: `${s.setting} is "${s.value.slice(0, 200)}" (${s.scope})${(s.unread ?? null) === null ? '' : ': IIS does not take it there'}`,
        component: null,
        subject: [s.section, s.scope, s.owner, s.setting, s.value].join('\u0000'),
        supports: [`Set in ${s.section} at ${lineOf(s.ref)}.`, (s.unread ?? null) === null ? 'The default of IIS is closed: files that no entry lists can then be run as extensions or programs, or be written and run.' : `It has no effect as the files stand: ${s.unread}.`],
        refutes: ['The application needs it by its documentation.', ...REFUTES],
        refs: [s.ref],
        first: UNKNOWN_MOMENT,
      })),
    ];
  },
  (c) => (c.kind === 'other' && c.origin !== 'unknown' && c.registrations.length > 0 ? notFound(`The value is known: ${c.originReason}.`) : null),
);
