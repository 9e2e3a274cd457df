import type { Server, StoryStep } from '../../shared/model/index.ts';
import { compareBy } from '../../shared/base/compare.ts';
import { quote } from '../../shared/base/limits.ts';
import type { Requests, Sighting, StoryFacts } from './facts.ts';
import { shown, unseen } from './step.ts';
import { many } from './words.ts';

/** One kind of proof at one end: what it rests on, in words. */
interface Proof { readonly sighting: Sighting; readonly sentence: string }

/** `http` modules and filters: they see what passes, and no row names them. */
export const seesAll = ({ component }: Pick<StoryFacts, 'component'>): boolean => component.kind === 'native-module' || component.kind === 'managed-module' || component.kind === 'isapi-filter';

/** Where traces of the sites that load it would lie. */
function tracePlaces({ component, server }: Pick<StoryFacts, 'component'> & { readonly server: Server }): string {
  const names = new Set(component.loadedBy.map((l) => l.site));
  const ids = server.sites.filter((s) => names.has(s.name)).map((s) => `C:\\inetpub\\logs\\FailedReqLogFiles\\W3SVC${s.id}`);
  return ids.length === 0 ? 'C:\\inetpub\\logs\\FailedReqLogFiles\\W3SVC*' : `${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ` and ${many(ids.length - 3, 'more site')}` : ''}`;
}

function proofs(requests: Requests, end: 'first' | 'last'): Proof[] {
  const { traced, handled, marked } = requests;
  const out: Proof[] = [];
  if (traced !== null) out.push({ sighting: traced[end], sentence: `The ${end} of ${many(traced.rows, 'trace')} that name it (${traced[end].words}): a trace lists what IIS called, so it ran.` });
  if (handled !== null) {
    const hedge = handled.hedges.length === 0 ? '' : ` Something else may have answered: ${handled.hedges.slice(0, 2).join(' ')}`;
    out.push({ sighting: handled[end], sentence: `${handled[end].words}: by the configuration in force it comes first for this request (${end} of ${many(handled.rows, 'answer')} to ${many(handled.paths, 'path')}).${hedge}` });
  }
  if (marked !== null) {
    const others = marked.others.length === 0 ? 'Of the modules and filters that see this request, all others are stock or of known products.' : `${many(marked.others.length, 'other component sees', 'other components see')} the same request and may have answered: ${marked.others.slice(0, 5).map((n) => quote(n, 80)).join(', ')}.`;
    out.push({ sighting: marked[end], sentence: `${marked[end].words}: ${marked.why} ${others} The row itself names no module.` });
  }
  return out.sort(compareBy((p) => (p.sighting.moment.time === null ? 1 : 0), (p) => p.sighting.moment.time ?? '', (p) => p.sighting.ref.evidencePath, (p) => p.sighting.ref.offset ?? 0));
}

/** The first and the last request that it can be shown to have had a part in. */
export function servedSteps(facts: StoryFacts): [StoryStep, StoryStep] {
  const found = proofs(facts.requests, 'first');
  const [first] = found;
  const last = proofs(facts.requests, 'last').at(-1);
  if (first === undefined || last === undefined) return [unseen('first-served', 'No request can be shown to be its own.', whyNone(facts), facts.requests.passed === null ? [] : [facts.requests.passed.ref]), unseen('last-served', 'When it answered last is not known.', 'See the first request.')];
  const once = last.sighting.event !== null && last.sighting.event === first.sighting.event;
  const more = found.length > 1 ? ` Besides: ${found.slice(1).map((p) => p.sentence).join(' ')}` : '';
  return [
    shown('first-served', first.sighting.moment, `${first.sentence}${more}`, [first.sighting.ref], { event: first.sighting.event }),
    shown('last-served', last.sighting.moment, once ? 'The same request: no later one can be shown to be its own.' : last.sentence, [last.sighting.ref], { event: last.sighting.event }),
  ];
}

function whyNone(facts: StoryFacts): string {
  const { component, requests } = facts;
  const traces = `traces of failed requests (${tracePlaces(facts)}, or where traceFailedRequestsLogging points)`;
  if (component.dormant !== null && component.registrations.length > 0) return `By the configuration in force no process loads it (${component.dormant}), so no request was its own.`;
  if (component.registrations.length === 0 && component.loadedBy.length === 0) return 'Nothing in the evidence says that a process loads it, so no request can be tied to it. A memory image of w3wp.exe would show whether it was loaded.';
  if (!requests.logs) return `No log of this server was read: the logs of its sites (C:\\inetpub\\logs\\LogFiles\\W3SVC*) and ${traces} would show requests.`;
  if (!seesAll(facts)) return `No answered request of the logs fits it by the configuration in force. Requests that another file or handler answered then, and ${traces}, would show more; where logging was off, HTTPERR and the memory of w3wp.exe are left.`;
  const passed = requests.passed === null ? '' : ` The first logged request that passed through it, whoever answered: ${requests.passed.words}${requests.passed.moment.time === null ? '' : ` at ${requests.passed.moment.time}`}.`;
  return `It sees every request of the sites that load it, and no row of a log says which module answered.${passed} What would: ${traces}, custom log fields, a memory image of w3wp.exe, traffic records.`;
}
