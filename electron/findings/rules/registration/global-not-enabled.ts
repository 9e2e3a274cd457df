import type { Capability, Component } from '../../../../shared/model/index.ts';
import { sectionName } from '../../../components/index.ts';
import { type CodeFacts, codeOf, having, proofRefs, provedWords } from '../../code-facts.ts';
import type { RuleFacts } from '../../facts.ts';
import { notEvaluable, notFound, rule, type FindingDraft } from '../../rule.ts';
import { Subject, distinctRefs, refsOf, registeredWords } from '../../words.ts';
import { GLOBAL_NOT_ENABLED } from '../../texts/registration.ts';

const isAsked = (c: Component): boolean => c.kind === 'native-module' && c.origin === 'unknown' && c.image !== null && c.registrations.some((r) => sectionName(r.section) === 'globalModules');
const isListed = (c: Component): boolean => c.registrations.some((r) => sectionName(r.section) === 'modules');

/** Without any list of modules the file that holds it was not read, and nothing follows from a missing entry. */
const hasList = ({ registrations, complete }: RuleFacts): boolean => complete && registrations.some((r) => sectionName(r.section) === 'modules');

/** What the code asks to be called for: `global` without any entry, `requests` only with one. */
interface Asks { readonly global: readonly Capability[]; readonly requests: readonly Capability[] }

function asksOf(code: CodeFacts | null): Asks {
  return code === null ? { global: [], requests: [] } : { global: having(code.pe, 'global-notifications', 'global-methods'), requests: having(code.pe, 'request-notifications', 'post-request-notifications') };
}

function words({ global, requests }: Asks, code: CodeFacts | null): string[] {
  if (global.length > 0) return global.map((g) => `Its code ${provedWords(g)}: for these no <modules> entry is needed.`);
  if (code === null) return ['Its file was not read: whether it asks for global events, for which no <modules> entry is needed, is not known.'];
  return requests.length > 0
    ? [...requests.map((r) => `Its code ${provedWords(r)}.`), 'It was not found to ask for global events: as it is, only its code at loading runs.']
    : ['What it asks for was not found in its code.'];
}

function draft(c: Component, facts: RuleFacts): FindingDraft {
  const code = codeOf(c, facts.images);
  const asks = asksOf(code);
  const only = asks.global.length === 0 && asks.requests.length > 0;
  return {
    severity: only ? 'low' : 'medium',
    title: c.loadedBy.length > 0 ? `${Subject(c)} is loaded into worker processes without being on a modules list` : `${Subject(c)} is registered for loading and on no modules list`,
    component: c,
    subject: '',
    supports: [...words(asks, code), ...registeredWords(c), 'No <modules> entry of the configuration that was read has its name.', ...(c.dormant === null ? [] : [`At present no process loads it: ${c.dormant}.`])],
    refutes: ['The module only needs to be loaded (a helper of another product) and has a valid signature of that vendor.', 'A web.config that was not collected switches it on.', 'It was switched off on purpose and never removed.'],
    refs: distinctRefs([...(code === null ? [] : proofRefs(code.file, asks.global.length > 0 ? asks.global : asks.requests)), ...refsOf(c)]),
    first: c.firstSeen,
    // A module that was switched off is common; one that needs no switch is not.
    ...(only ? { weight: 0 } : {}),
  };
}

/** Global notifications need no <modules> entry: a module can see requests and stay off the modules list. */
export const globalNotEnabled = rule(
  'global-not-enabled',
  GLOBAL_NOT_ENABLED,
  (facts) => (hasList(facts) ? facts.components.filter((c) => isAsked(c) && !isListed(c)).map((c) => draft(c, facts)) : []),
  (c, facts) => {
    if (!isAsked(c)) return null;
    return hasList(facts) ? notFound('A <modules> entry has its name too.') : notEvaluable('No list of modules was read: whether one has its name is not known.');
  },
);
