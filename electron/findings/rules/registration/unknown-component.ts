import type { Component } from '../../../../shared/model/index.ts';
import { needsNoEntry } from '../../../components/index.ts';
import { abilitiesOf } from '../../abilities.ts';
import type { HandledRows } from '../../facts.ts';
import { notFound, rule } from '../../rule.ts';
import { signatureRefutes } from '../../signatures.ts';
import { circumstances, isManaged, scaleOf, severityOf } from '../../weigh.ts';
import { Subject, distinctRefs, fileWords, refsOf, registeredWords } from '../../words.ts';
import { UNKNOWN_COMPONENT } from '../../texts/registration.ts';

/** How many answers it would have given, for handlers and what they run. */
function handledWords({ registrations }: Component, handled: ReadonlyMap<string, HandledRows>): string[] {
  const lines = registrations.flatMap((r) => handled.get(`${r.evidencePath}:${r.line}:${r.column}`) ?? []);
  const [one] = lines;
  if (one === undefined) return [];
  const [paths, rows] = [lines.reduce((n, l) => n + l.paths, 0), lines.reduce((n, l) => n + l.rows, 0)];
  const [first] = lines.flatMap((l) => l.first ?? []).sort();
  const last = lines.flatMap((l) => l.last ?? []).sort().at(-1);
  const span = first === undefined || last === undefined ? '' : ` (${first === last ? first : `${first} to ${last}`})`;
  return [`By the configuration in force it comes first for ${paths} ${paths === 1 ? 'path' : 'paths'} that the logs have as answered with 2xx, in ${rows} ${rows === 1 ? 'row' : 'rows'}${span}.`];
}

/** A registration that neither IIS nor a known product writes. */
export const unknownComponent = rule(
  'unknown-component',
  UNKNOWN_COMPONENT,
  async ({ components, ...rest }) => {
    const facts = { components, ...rest };
    const handled = facts.handled === undefined ? new Map<string, HandledRows>() : await facts.handled();
    return components
      // A <modules> entry without its global half is a finding of another rule.
      .filter((c) => c.origin === 'unknown' && c.registrations.length > 0 && c.kind !== 'other' && !c.registrations.every((r) => needsNoEntry(r.section)) && (c.kind !== 'native-module' || c.image !== null))
      .map((c) => {
        const found = circumstances(c, facts);
        const able = abilitiesOf(c, facts.images);
        return {
          severity: severityOf(c, found),
          title: `${Subject(c)} is neither part of IIS nor of a known product`,
          component: c,
          subject: '',
          supports: [`Baseline: ${c.originReason}.`, ...registeredWords(c), ...able.sentences, ...handledWords(c, handled), fileWords(c)],
          refutes: isManaged(c)
            ? ['The assembly belongs to the application: it is in its deployment package or its source repository.', ...signatureRefutes(c, 'A valid signature or strong name of a vendor whose product is installed here.')]
            : [...signatureRefutes(c, 'A valid signature of a vendor whose product is installed on this server.'), 'An installation record (ticket, installer log, package) that names this file.', 'The same registration and hash on a server known to be clean.'],
          refs: distinctRefs([...refsOf(c), ...found.flatMap((f) => f.refs), ...able.refs]),
          first: c.firstSeen,
          weighed: { facts: found, scale: scaleOf(c) },
        };
      });
  },
  (c) => {
    if (c.registrations.length === 0 || c.kind === 'other' || c.registrations.every((r) => needsNoEntry(r.section))) return null;
    if (c.origin === 'unknown') return notFound('It is a name on the list of modules that no globalModules entry loads: enabled-not-global judges it.');
    return notFound(`It is ${c.origin === 'stock' ? 'part of IIS' : 'of a known product'}: ${c.originReason}.`);
  },
);
