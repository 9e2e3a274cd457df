import type { StoryStep, StoryStepKind } from '../../shared/model/index.ts';
import type { StoryFacts } from './facts.ts';
import { arrivalIn, hostOf } from './of-configuration.ts';
import { secondsBetween, spanText } from './words.ts';

const DAY = 86_400;

/** What speaks against the order of the steps, or makes a moment weaker than it looks; one sentence each. */
export function doubtsOf(facts: StoryFacts, steps: readonly StoryStep[]): string[] {
  const at = (kind: StoryStepKind): StoryStep | null => steps.find((s) => s.kind === kind && s.missing === null) ?? null;
  const [built, written, configured, pool, first] = [at('built'), at('file-written'), at('configured'), at('pool-started'), at('first-served')];
  const gap = (a: StoryStep | null, b: StoryStep | null): number | null => secondsBetween(a?.moment.time ?? null, b?.moment.time ?? null);
  const out: string[] = [];
  const builtLater = gap(written, built);
  if (builtLater !== null && builtLater > 0) out.push(`The linker's stamp is ${spanText(builtLater)} later than the time of the file: one of the two is not what it says. A stamp can be any number, and a file time can be set or kept by an unpacker.`);
  const writtenLater = gap(configured, written);
  const arrived = arrivalIn(facts) !== null;
  if (writtenLater !== null && writtenLater > 0 && arrived) out.push(`The file was written ${spanText(writtenLater)} after the configuration named it: it was put in the place of another file, or the entry came first, or one of the two times was set.`);
  else if (writtenLater !== null && writtenLater > 0) out.push(`The file was written ${spanText(writtenLater)} after the configuration is first seen with it: its content was replaced since, or the entry came before the file.`);
  const { file } = facts;
  if (written !== null && file !== null && file.times !== 'full') out.push(`Of the file only the time of its content survived (${file.times}): copying keeps it, so the file can have come to its place later, and the time can have been set.`);
  if (written !== null && configured !== null && (gap(written, configured) ?? 0) > 365 * DAY && arrived) out.push('The file is much older than the entry that names it: copied with its old time, or set back to look old.');
  if (configured !== null) out.push(...ofConfiguration(facts, configured, arrived));
  const early = gap(configured, first);
  if (early !== null && early < 0) {
    const before = configured?.earliest?.time ?? null;
    if (arrived && (secondsBetween(before, first?.moment.time ?? null) ?? 1) < 0) out.push(`The first request is ${spanText(early)} older than the copy in which the entry is first seen, and older than the copy that lacks it: another component may have served it, or a clock is wrong.`);
    else if (arrived) out.push('The first request lies between the copy without the entry and the one with it: the entry was made before that request.');
    else out.push(`The first request is ${spanText(early)} older than the moment by which the entry was there: the entry is older than that moment.`);
  }
  const before = gap(pool, first);
  if (before !== null && before < 0) out.push('The first request is older than the last start of the pool: the pool had been started with it before, which no file shows any more.');
  const { handled } = facts.requests;
  if (handled !== null && handled.before > 0) out.push(`The same requests were answered ${handled.before} times before it can have been there: something else served them then, so they are not its alone.`);
  if (handled !== null) out.push('Which handler comes first is worked out by the configuration in force, as if it had been the same when the request came.');
  if (handled !== null && !handled.all) out.push('More paths fit than are looked at: there may be earlier requests.');
  if (steps.some((s) => s.moment.fidelity === 'zone-assumed')) out.push('Requests come from a log in local time whose zone is assumed to be UTC: gaps to them can be wrong by whole hours.');
  if (facts.partial) out.push('Evidence is still being read: requests and moments may be missing.');
  return out;
}

function ofConfiguration(facts: StoryFacts, configured: StoryStep, arrived: boolean): string[] {
  const out: string[] = [];
  if (!arrived) {
    const inHost = facts.component.registrations.some((r) => r.evidencePath === hostOf(facts));
    if (!inHost && facts.component.registrations.length > 0) out.push('No copies are kept of the file that names it: its time is that of the last change of anything in it.');
    return out;
  }
  const span = secondsBetween(configured.earliest?.time ?? null, configured.moment.time);
  if (span === null) out.push('Of the two copies between which the entry came one has no time: only their order is known.');
  else if (span < 0) out.push('The copy with the entry has an earlier time than the one without it: the times were set, or the numbers of the copies do not follow them.');
  else if (span > DAY) out.push(`The two copies lie ${spanText(span)} apart: the entry came somewhere between.`);
  if (facts.copies.some((c) => c.series === 'history')) out.push('The history service looks for changes every two minutes unless somebody set another period: what was changed and changed back within it left no copy, and the change itself lies before the time of its copy.');
  return out;
}
