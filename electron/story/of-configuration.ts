import { mainLine, type ConfigChange, type ConfigCopy, type Moment, type StoryStep } from '../../shared/model/index.ts';
import { compareBy } from '../../shared/base/compare.ts';
import { arrivalOf, changesAbout, refOfRegistration } from '../components/index.ts';
import type { PoolStart, StoryFacts } from './facts.ts';
import { fileMoment, shown, unseen } from './step.ts';
import { copyWords, many } from './words.ts';

/** Later changes of a component's entries that are told one by one. */
const MAX_CHANGES = 10;
const EVENT_LOG = 'C:\\Windows\\System32\\winevt\\Logs\\Microsoft-IIS-Configuration%4Operational.evtx (event 29, where that log was switched on)';
const HISTORY = 'the copies of the history service (C:\\inetpub\\history\\CFGHISTORY_*), shadow copies and backups of inetsrv\\config';

export const hostOf = (facts: StoryFacts): string | null => facts.server.configuration?.evidencePath ?? null;
const momentOf = (copy: ConfigCopy): Moment => ({ ...copy.moment, order: copy.order });
const copyOf = (facts: StoryFacts, id: string): ConfigCopy | null => facts.copies.find((c) => c.id === id) ?? null;

/** The change between two copies with which the component came, or null. */
export const arrivalIn = (facts: StoryFacts): ConfigChange | null => arrivalOf(facts.component.registrations, hostOf(facts), facts.changes, facts.copies);

/** When the configuration came to name it: between two copies, or by the oldest of them, or by the time of the file. */
export function configuredStep(facts: StoryFacts): StoryStep {
  const { component, configuration } = facts;
  const [first] = component.registrations;
  if (first === undefined) {
    return unseen('configured', 'No configuration of the evidence names it.', `It may have been registered before, or be brought by code: ${HISTORY} and ${EVENT_LOG} would show an entry that is gone.`);
  }
  const arrival = arrivalIn(facts);
  const to = arrival === null ? null : copyOf(facts, arrival.to);
  if (arrival !== null && to !== null) {
    const from = copyOf(facts, arrival.from);
    const how = arrival.what === 'added' ? 'The entry that names it came' : 'An entry that was there came to name its code';
    return shown('configured', momentOf(to), `${how} between ${copyWords(arrival.from)} and ${copyWords(arrival.to)} (${arrival.section}, ${arrival.scope}).`, arrival.refs.length > 0 ? arrival.refs.toReversed() : [refOfRegistration(first)], {
      event: facts.changeEvent(arrival), earliest: from === null ? null : momentOf(from),
    });
  }
  const line = mainLine(facts.copies);
  const [oldest] = line;
  const inHost = component.registrations.find((r) => r.evidencePath === hostOf(facts));
  if (inHost !== undefined && oldest !== undefined && line.length > 1) {
    return shown('configured', momentOf(oldest), `The oldest copy of the configuration, ${copyWords(oldest.id)}, has it already: it was registered by then, nothing says since when.`, [refOfRegistration(inHost), { path: oldest.path, evidencePath: oldest.evidencePath, line: 1, sha256: oldest.sha256 }], { by: true });
  }
  const ref = refOfRegistration(first);
  const where = first.path ?? first.evidencePath;
  const modified = configuration?.modified ?? null;
  if (configuration === null || modified === null) return unseen('configured', `${where} names it at line ${first.line}; since when is not known.`, `No copy of that file and no time of it was collected: ${HISTORY} and ${EVENT_LOG} would date the entry.`, [ref]);
  return shown('configured', fileMoment(modified), `${where} names it at line ${first.line}. The file was last written at this time, so the entry was there by then at the latest; no copy of it says since when.`, [ref], { event: configuration.event, by: true });
}

/** Starts that have the component, the earliest first; what has no time comes last. */
function startsWith(facts: StoryFacts): PoolStart[] {
  return facts.pools.filter((p) => p.entry !== null).sort(compareBy((p) => p.copy.moment.time ?? '~', (p) => p.pool));
}

/** When a pool that loads it was started with it. Each file shows the last start only. */
export function poolStep(facts: StoryFacts): StoryStep {
  const { component } = facts;
  const kind = 'pool-started';
  if (component.registrations.length === 0) return unseen(kind, 'No start of a pool can show it.', 'Nothing registers it, and the file that a pool is started with lists only what is registered.');
  if (component.dormant !== null) return unseen(kind, 'No pool loads it.', `By the configuration in force no process loads it: ${component.dormant}.`);
  if (component.registrations.every((r) => r.evidencePath !== hostOf(facts))) {
    return unseen(kind, 'No start of a pool can show it.', 'It is registered in a file of the application, which is read with the first request and not when the pool starts. Event logs of the worker process (C:\\Windows\\System32\\winevt\\Logs\\System.evtx and Application.evtx) name its starts.');
  }
  const starts = startsWith(facts);
  const [first] = starts;
  const pools = [...new Set(component.loadedBy.map((l) => l.pool))];
  const example = pools[0] ?? 'POOL';
  if (first === undefined) {
    const without = facts.pools.filter((p) => p.entry === null);
    const [other] = without;
    return other === undefined
      ? unseen(kind, 'When a pool was started with it is not known.', `The file that a pool was started with was not collected: C:\\inetpub\\temp\\appPools\\${example}\\${example}.config${pools.length > 1 ? ` (and ${many(pools.length - 1, 'more pool')})` : ''}.`)
      : unseen(kind, `Pool ${other.pool} was last started with a configuration that does not have it.`, 'It was registered since that start, or only after the file was written; a running pool takes up changes of most sections without a new file. System.evtx (source WAS) names later starts.', [refOfCopy(other)]);
  }
  const more = starts.length > 1 ? ` ${starts.length - 1} more ${starts.length === 2 ? 'pool was' : 'pools were'} started with it too.` : '';
  return shown(kind, { ...first.copy.moment }, `Pool ${first.pool} was started with a configuration that has it; the file shows the last start only, earlier ones left no trace in it.${more}`, starts.slice(0, 5).map((s) => s.entry ?? refOfCopy(s)), { event: first.event });
}

const refOfCopy = ({ copy }: PoolStart) => ({ path: copy.path, evidencePath: copy.evidencePath, line: 1, sha256: copy.sha256 });

/** What became of its entries after it came, and of its file. */
export function laterSteps(facts: StoryFacts): StoryStep[] {
  const { component } = facts;
  const arrival = arrivalIn(facts);
  const all = changesAbout(component.registrations, hostOf(facts), facts.changes, facts.copies).filter((c) => c.what !== 'reordered');
  const later = (arrival === null ? all : all.slice(all.indexOf(arrival) + 1)).filter((c) => c !== arrival && c.to !== arrival?.to);
  const steps = later.slice(0, MAX_CHANGES).map((change): StoryStep => {
    const to = copyOf(facts, change.to);
    const from = copyOf(facts, change.from);
    const what = change.what === 'removed' ? 'was removed' : change.what === 'added' ? 'was added' : 'was changed';
    const more = later.length > MAX_CHANGES && change === later[MAX_CHANGES - 1] ? ` ${later.length - MAX_CHANGES} later changes are not told.` : '';
    return shown(change.what === 'removed' ? 'removed' : 'changed', to === null ? { time: null, from: 'none', fidelity: 'order-only' } : momentOf(to), `An entry of it ${what} between ${copyWords(change.from)} and ${copyWords(change.to)} (${change.section}, ${change.scope}).${more}`, change.refs.toReversed(), {
      event: facts.changeEvent(change), earliest: from === null ? null : momentOf(from),
    });
  });
  const [first] = component.registrations;
  if (component.fileStatus === 'absent' && first !== undefined) {
    steps.push(shown('removed', { time: null, from: 'none', fidelity: 'order-only' }, `The entry stands, but ${component.image ?? 'its file'} is not in its folder, which was collected: it was taken away at an unknown time, or the collection left it out. The $MFT and the USN journal of the drive would say.`, [refOfRegistration(first)]));
  }
  return steps;
}
