import { quote } from '../../../../shared/base/limits.ts';
import type { Capability, Component, PeFacts, Severity } from '../../../../shared/model/index.ts';
import { type CodeFacts, codeOf, having, isVouched, maskOf, proofRefs, provedWords } from '../../code-facts.ts';
import type { RuleFacts } from '../../facts.ts';
import { notEvaluable, notFound, type Points, rule } from '../../rule.ts';
import { signatureRefutes } from '../../signatures.ts';
import { Subject, distinctRefs, refsOf, registeredWords } from '../../words.ts';

/** RQ_BEGIN_REQUEST, RQ_SEND_RESPONSE and RQ_READ_ENTITY (httpserv.h): everything that comes in and goes out. */
const EVERYTHING = 0x6000_0001;
const LOG_REQUEST = 0x400;
/** GL_PRE_BEGIN_REQUEST. */
const PRE_BEGIN = 0x100;
/** Flags of filters (httpfilt.h). */
const FILTER_LOG = 0x200;
const FILTER_RAW = 0x8400;
const FILTER_INTERNAL = 0x3800_0000;
/** Words by which a product says that it logs or measures: then being called for the log is its purpose. */
const LOGS = /log|audit|trac(?:e|ing)|telemetr|monitor|analy|metric|apm/i;

interface Trait { readonly sentence: string; readonly weight: Points; readonly shown: readonly Capability[] }

const has = (mask: number, bits: number): boolean => (mask & bits) >>> 0 === bits >>> 0;
const list = (shown: readonly Capability[]): string => shown.map(provedWords).join('; ');

/** What the component calls itself, where it says so. */
function calledLogger(c: Component, pe: PeFacts): string | null {
  const names = [c.name ?? '', pe.versionInfo['FileDescription'] ?? '', pe.versionInfo['ProductName'] ?? ''];
  return names.find((n) => LOGS.test(n)) ?? null;
}

function traitsOf(c: Component, { pe }: CodeFacts): Trait[] {
  const out: Trait[] = [];
  const add = (weight: Points, sentence: string, shown: readonly Capability[]): void => {
    if (shown.length > 0) out.push({ weight, sentence: `${sentence}: ${list(shown)}.`, shown });
  };
  const masks = (id: string, bits: number): Capability[] => having(pe, id).filter((m) => has(maskOf(m) ?? 0, bits));
  add(1, 'It asks for the start of each request, the bodies of requests and the responses: everything that comes in and goes out', masks('request-notifications', EVERYTHING));
  const logs = [...masks('request-notifications', LOG_REQUEST), ...masks('filter-notifications', FILTER_LOG)];
  const logger = calledLogger(c, pe);
  add(logger === null ? 1 : 0, logger === null ? 'It is called before the log row is written, and nothing that it calls itself says that it logs' : `It is called before the log row is written; it calls itself "${quote(logger)}"`, logs);
  add(2, 'It takes requests out of the log', having(pe, 'hides-from-log'));
  add(1, 'It asks for each request before its start, for which no <modules> entry is needed', masks('global-notifications', PRE_BEGIN));
  add(1, 'It asks to be the first or the last', having(pe, 'module-priority').filter((p) => /^(?:FIRST|LAST)\b/.test(p.proof.constant ?? '')));
  add(1, 'It asks for the raw bytes of requests or responses', having(pe, 'filter-notifications').filter((m) => ((maskOf(m) ?? 0) & FILTER_RAW) !== 0));
  add(2, 'It asks for events that are meant for the server itself', having(pe, 'filter-notifications').filter((m) => ((maskOf(m) ?? 0) & FILTER_INTERNAL) !== 0));
  add(1, 'It is loaded and registers for nothing: what it does, it does while it is loaded', having(pe, 'module-registers-nothing'));
  return out;
}

/** Whose code this rule reads. */
const isAsked = (c: Component): boolean => (c.kind === 'native-module' || c.kind === 'isapi-filter') && c.origin !== 'stock';

const sum = (traits: readonly Trait[]): number => traits.reduce((n, t) => n + t.weight, 0);

function severityFor(c: Component, traits: readonly Trait[]): Severity {
  if (c.origin !== 'unknown' || isVouched(c)) return 'info';
  const points = sum(traits);
  return points >= 3 ? 'medium' : points > 0 ? 'low' : 'info';
}

function look(c: Component, facts: RuleFacts): ReturnType<typeof notFound> | null {
  if (!isAsked(c)) return null;
  const code = codeOf(c, facts.images);
  if (code === null) return notEvaluable('Its file was not read: what it asks to be called for is not known.');
  const limits = having(code.pe, 'module-events-unknown', 'filter-flags-unknown', 'filter-flags-computed', 'request-notifications-computed', 'machine-not-read', 'entry-forwarded', 'code-damaged');
  const asked = having(code.pe, 'request-notifications', 'post-request-notifications', 'global-notifications', 'filter-notifications');
  if (asked.length === 0 && limits.length > 0) return notEvaluable(...limits.map((l) => `${provedWords(l)}.`));
  return notFound(...(asked.length === 0 ? ['No call of a registration was found in its code.'] : asked.map((a) => `It ${provedWords(a)}.`)));
}

/** What a module or filter asks to be called for says what it can be for. */
export const notificationProfile = rule(
  'notification-profile',
  {
    title: 'Module or filter that asks to be called for much, or for the log',
    condition: 'The code of a native module or ISAPI filter that is not part of Windows registers for the start, the bodies and the responses of requests together; for the writing of the log although it does not call itself a logger; for each request before its start; first or last in order; for raw bytes or events of the server itself; switches the log off for requests; or registers for nothing at all.',
    severityHow: 'Each such fact has one point, switching off the log and internal events two. Unknown component: low from one point, medium from three. Known products, and files whose signature leads to a known authority: info.',
    reference: 'Microsoft Learn, Native-Code API Reference (request processing constants)',
    version: 1,
    weight: 1,
    meaning: 'IIS calls a native module only for the events it asks for when it is loaded. Code that hides, reads or rewrites traffic needs certain events together, and rewriting its own log rows needs the log event; few honest products need them all.',
    rarity: 'rare: firewalls and monitoring agents ask for as much; a product that is no logger hardly ever asks for the log event',
    relevance: 'high: it says what the component can see and change, whatever it calls itself',
    falsePositives: ['A web application firewall or a monitoring agent that is not in the list of products.', 'A module written with a base class that asks for every event.'],
    supportedBy: ['Rows of the log whose size does not fit their path.', 'The same file imports functions that start programs or make connections.'],
    refutedBy: ['The documentation of its vendor names these events.', 'The vendor\'s installation package holds a file of the same hash.'],
    attack: ['T1505.004', 'T1562.002'],
    d3fend: ['D3-SBV', 'D3-SFA'],
    references: ['Microsoft Learn, Request-Processing Constants: https://learn.microsoft.com/iis/web-development-reference/native-code-api-reference/request-processing-constants', 'MITRE ATT&CK T1505.004, IIS Components: https://attack.mitre.org/techniques/T1505/004/'],
  },
  ({ components, images }) =>
    components.filter(isAsked).flatMap((c) => {
      const code = codeOf(c, images);
      const traits = code === null ? [] : traitsOf(c, code);
      if (code === null || sum(traits) === 0) return [];
      const shown = traits.flatMap((t) => t.shown);
      return [{
        severity: severityFor(c, traits),
        title: `${Subject(c)} asks for ${traits.length === 1 ? 'events that few products need' : `events that few products need together (${traits.length} facts)`}`,
        component: c,
        subject: '',
        supports: [...traits.map((t) => t.sentence), ...registeredWords(c)],
        refutes: ['The vendor documents that the product needs these events (firewall, monitoring, caching).', ...signatureRefutes(c, 'A valid signature of a vendor whose product is installed on this server.')],
        refs: distinctRefs([...proofRefs(code.file, shown), ...refsOf(c)]),
        attack: shown.some((s) => s.id === 'hides-from-log') ? ['T1562.002'] : [],
        first: c.firstSeen,
      }];
    }),
  look,
);
