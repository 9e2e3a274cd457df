import { foldCase } from '../../../shared/base/compare.ts';
import { UNKNOWN_MOMENT } from '../../../shared/model/index.ts';
import { rule } from '../rule.ts';
import { between, copyWords, distinctRefs, lineOf } from '../words.ts';

/** The switch as an entry of a configuration copy has it. */
const OFF = /\b(?:dontLog="true|selectiveLogging="LogError|enabled="false)"/i;

/** Requests that leave no row. */
export const loggingSwitchedOff = rule(
  'logging-switched-off',
  {
    title: 'Request logging is off',
    condition: 'httpLogging dontLog="true", selectiveLogging="LogError" or logFile enabled="false" for the server, a site or a path; or such a setting that came within the configuration history.',
    severityHow: 'medium for the server or a site, or when it came within the history; low for one path.',
    reference: 'ATT&CK T1562.002; Microsoft Learn, httpLogging',
  },
  ({ settings, changes, server, copies }) => [
    ...settings
      .filter((s) => s.group === 'logging')
      .map((s) => {
        const sites = new Set(server.sites.map((site) => `location "${site.name}"`));
        const path = s.scope.startsWith('location') && !sites.has(s.scope);
        const scope = /^location "(.*)"$/s.exec(s.scope)?.[1] ?? s.scope;
        const came = changes.filter((c) => c.kind === 'logging' && c.section === s.section && c.what !== 'removed' && foldCase(c.scope) === foldCase(scope) && OFF.test(c.after ?? ''));
        return {
          severity: path && came.length === 0 ? ('low' as const) : ('medium' as const),
          title: `${s.setting} is "${s.value}"${s.owner === '' ? '' : ` for ${s.owner}`} (${s.scope}): requests there are not logged, or not all`,
          component: null,
          subject: [s.section, s.scope, s.owner, s.setting].join('\u0000'),
          supports: [`Set in ${s.section} at ${lineOf(s.ref)}.`, ...came.map((c) => `It came ${between(c)}.`), 'The absence of rows there proves nothing.'],
          refutes: ['It was set on purpose: probes of a load balancer or static files that nobody needs to log.', 'Another log (central logging, a proxy in front) has the same requests.'],
          refs: [s.ref],
          attack: ['T1562.002'],
          first: UNKNOWN_MOMENT,
        };
      }),
    // A switch that was turned off and on again is only in the copies.
    ...changes
      .filter((c) => c.kind === 'logging' && c.what !== 'reordered' && OFF.test(c.before ?? '') && !OFF.test(c.after ?? '') && c.refs.length > 0)
      .map((c) => {
        const copy = copies.find((x) => x.id === c.from);
        return {
          severity: 'medium' as const,
          title: `Logging was off in ${copyWords(c.from)} of the configuration (${c.scope}) and is on again since ${copyWords(c.to)}`,
          component: null,
          subject: [c.section, c.scope, c.name, c.from].join('\u0000'),
          supports: [`In ${copyWords(c.from)}: ${(c.before ?? '').slice(0, 200)}`, 'Rows of that time can be missing.'],
          refutes: ['The change is on record as maintenance.'],
          refs: distinctRefs(c.refs),
          attack: ['T1562.002'],
          first: copy === undefined ? UNKNOWN_MOMENT : { ...copy.moment, order: copy.order },
        };
      }),
  ],
);
