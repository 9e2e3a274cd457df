import { quote } from '../../../../shared/base/limits.ts';
import { instantText, parseInstant } from '../../../../shared/time/instant.ts';
import { UNKNOWN_MOMENT, type Moment, type Severity } from '../../../../shared/model/index.ts';
import { STOCK } from '../../../knowledge/index.ts';
import type { TracedModule } from '../../facts.ts';
import { rule, type FindingDraft } from '../../rule.ts';
import { copyWords, distinctRefs } from '../../words.ts';
import { TRACED_MODULE_NOT_CONFIGURED } from '../../texts/logs.ts';

/** Names that ASP.NET gives to modules which code registers while the application starts (DynamicModuleUtility). */
const BY_CODE = /^__(?:Dynamic|ASP)Module_/;

function severityOf({ module, copies }: TracedModule, byCode: boolean): Severity {
  if (byCode || STOCK.isModuleName(module)) return 'low';
  return copies.length > 0 ? 'medium' : 'high';
}

function draft(traced: TracedModule): FindingDraft {
  const { module, traces, first, last, urls, notifications, copies } = traced;
  const byCode = BY_CODE.test(module);
  const time = first === null ? null : parseInstant(first);
  const when: Moment = time === null ? UNKNOWN_MOMENT : { time: instantText(time), from: 'log', fidelity: 'exact' };
  const span = first === null || last === null || first === last ? (first ?? '') : `${first} to ${last}`;
  return {
    severity: severityOf(traced, byCode),
    title: `A trace names the module "${quote(module)}", which ${byCode ? 'code registered' : copies.length > 0 ? 'the configuration no longer has' : 'no configuration of the evidence has'}`,
    component: null,
    subject: module,
    supports: [
      `IIS called it for ${traces} traced ${traces === 1 ? 'request' : 'requests'}${span === '' ? '' : ` (${span})`}, at ${notifications.map((n) => quote(n, 60)).join(', ')}.`,
      `For example ${urls.map((u) => quote(u, 200)).join('; ')}.`,
      ...(copies.length > 0 ? [`It stands in ${copies.slice(0, 5).map(copyWords).join(', ')}${copies.length > 5 ? ` and ${copies.length - 5} more` : ''}: it was removed since.`] : []),
      byCode ? 'The name is one that ASP.NET gives to modules that code registers while the application starts: no list can have it.' : 'Neither globalModules nor any list of modules in force has the name, in the server\'s files or a web.config that was collected.',
    ],
    refutes: [
      ...(STOCK.isModuleName(module) ? ['Windows has a module of this name: its role service was installed then and is not now.'] : []),
      ...(byCode ? ['Packages of ASP.NET register modules so: pages, monitoring, authentication. Compare with the assemblies in bin.'] : []),
      'A web.config that has it was not collected, or was changed since the request without leaving a copy.',
      'The trace is of another server or of an earlier installation, and was copied here.',
    ],
    refs: distinctRefs(traced.refs),
    ...(copies.length > 0 ? { attack: ['T1070'] } : {}),
    first: when,
  };
}

/** The worker process wrote down who ran; the configuration cannot take that back. */
export const tracedModuleNotConfigured = rule(
  'traced-module-not-configured',
  TRACED_MODULE_NOT_CONFIGURED,
  ({ traced }) => (traced ?? []).map(draft),
);
