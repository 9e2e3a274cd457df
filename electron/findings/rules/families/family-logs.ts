import { quote } from '../../../../shared/base/limits.ts';
import type { EvidenceRef } from '../../../../shared/model/index.ts';
import { LOG_TRIGGERS } from '../../../knowledge/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { count } from '../../log-draft.ts';

/** Answered rows of a server's logs that have a text which a family waits for. */
export interface FamilyRows {
  /** One of the texts is used by nothing known but that code. */
  readonly exact: boolean;
  readonly sentences: readonly string[];
  readonly refs: readonly EvidenceRef[];
}

const TRIGGERS = new Map(LOG_TRIGGERS.map((trigger) => [trigger.id, trigger]));
const MAX_ROWS = 2;

/** By family. What no row answered says nothing of the server: scanners try all of it. */
export async function familyRows(facts: RuleFacts): Promise<ReadonlyMap<string, FamilyRows>> {
  const out = new Map<string, FamilyRows>();
  for (const hit of (await facts.logs?.signals?.triggerHits(facts.server.id)) ?? []) {
    const trigger = TRIGGERS.get(hit.id);
    if (trigger === undefined || trigger.family === null || hit.answered === 0) continue;
    if (trigger.uri !== null && !hit.paths.some((path) => new RegExp(trigger.uri ?? '').test(path))) continue;
    const known = out.get(trigger.family) ?? { exact: false, sentences: [], refs: [] };
    out.set(trigger.family, {
      exact: known.exact || trigger.strength === 'exact',
      sentences: [...known.sentences, `In the logs: ${count(hit.rows, 'row')} with "${quote(hit.text, 80)}"${hit.site === null ? '' : ` of site ${quote(hit.site)}`}, ${hit.answered} answered, the first at ${hit.first ?? 'an unknown time'}: ${trigger.what} (known-trigger-in-log).`],
      refs: [...known.refs, ...hit.sightings.slice(0, MAX_ROWS).map((s) => s.ref)],
    });
  }
  return out;
}
