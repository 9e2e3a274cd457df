import { quote } from '../../../../shared/base/limits.ts';
import type { Severity } from '../../../../shared/model/index.ts';
import { LOG_TRIGGERS, type LogTrigger } from '../../../knowledge/index.ts';
import type { TriggerHit } from '../../../timeline/signals/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { DAY, arrivalNear, count, firstMoment, placeOf, spanWords, type LogDraft } from '../../log-draft.ts';
import { rule } from '../../rule.ts';
import { distinctRefs } from '../../words.ts';
import { KNOWN_TRIGGER_IN_LOG } from '../../texts/logs.ts';

const TRIGGERS = new Map(LOG_TRIGGERS.map((t) => [t.id, t]));

function fits(trigger: LogTrigger, hit: TriggerHit): boolean {
  if (trigger.uri === null) return true;
  const uri = new RegExp(trigger.uri);
  return hit.paths.some((p) => uri.test(p));
}

async function ofHit(hit: TriggerHit, trigger: LogTrigger, facts: RuleFacts): Promise<LogDraft> {
  const first = firstMoment(hit.sightings);
  const near = hit.answered > 0 && trigger.strength === 'exact' ? arrivalNear(first, facts, 0n, DAY) : null;
  const severity: Severity = hit.answered === 0 || trigger.strength === 'weak' ? 'info' : near !== null ? 'medium' : 'low';
  return {
    severity,
    title: `${count(hit.rows, 'row')} with "${quote(hit.text, 80)}"${hit.answered === 0 ? ', none answered' : ''}`,
    component: near?.component ?? null,
    subject: `${trigger.id}\u0000${hit.site ?? ''}`,
    supports: [
      `The text is ${trigger.what} (${trigger.source}).`,
      `${count(hit.rows, 'row')}${hit.site === null ? '' : ` of site ${quote(hit.site)}`} from ${count(hit.clientCount, 'address', 'addresses')}, ${hit.answered} answered (below 400, but not 301 or 308: what sends all to another address sends these too), ${hit.posts} POST; ${hit.first ?? 'without a time'} to ${hit.last ?? 'without a time'}; ${hit.paths.length === 0 ? 'no path' : hit.paths.slice(0, 5).map((p) => quote(p)).join(', ')}.`,
      ...(near === null ? [] : [near.sentence]),
      ...(await spanWords(hit.clients, first, facts)),
    ],
    refutes: [
      'A scanner or a researcher tried the text: what answers every query alike answers this one too.',
      ...(trigger.strength === 'weak' ? ['Ordinary applications use it: alone it says next to nothing.'] : []),
      'No family can be named by one text; compare with the components.',
    ],
    refs: distinctRefs([...hit.sightings.map((s) => s.ref), ...(near?.refs ?? [])]),
    attack: ['T1071.001'],
    first,
    clients: hit.clients,
    places: hit.paths.map((p) => placeOf(p, hit.site)),
  };
}

export async function triggerDrafts(facts: RuleFacts): Promise<LogDraft[]> {
  const hits = (await facts.logs?.signals?.triggerHits(facts.server.id)) ?? [];
  const out: LogDraft[] = [];
  for (const hit of hits) {
    const trigger = TRIGGERS.get(hit.id);
    if (trigger !== undefined && fits(trigger, hit)) out.push(await ofHit(hit, trigger, facts));
  }
  return out;
}

/** Texts that known code waits for, where a log can show them. */
export const knownTriggerInLog = rule(
  'known-trigger-in-log',
  KNOWN_TRIGGER_IN_LOG,
  triggerDrafts,
);

