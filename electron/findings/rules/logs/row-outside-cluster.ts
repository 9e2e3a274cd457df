import { UNKNOWN_MOMENT } from '../../../../shared/model/index.ts';
import { MAX_HEADERS, type HeavyGets, type OutsideGroup, type OutsideRow } from '../../../timeline/signals/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { count, firstMoment, pathIn, placeOf, refsOfRows, spanWords, type LogDraft } from '../../log-draft.ts';
import { rule } from '../../rule.ts';
import { ROW_OUTSIDE_CLUSTER } from '../../texts/logs.ts';

/**
 * A request with more bytes than half of what HTTP.sys lets headers have, and twice what all others of its path have.
 * Cookies of a sign-in reach that: it weighs where no browser is named either, or where headers cannot be that long.
 */
const MANY_BYTES = 8192;
/** A server with fewer rows has nothing to compare. */
const MIN_ROWS = 1000;
const FROM_SYSTEM = 'sc-bytes, cs-bytes and time-taken are written by HTTP.sys itself; a module that rewrites its row cannot change them.';

const rowWords = (r: OutsideRow): string =>
  `${r.time ?? 'without a time'}${r.client === null ? '' : `, ${r.client}`}: sc-bytes ${r.sent}${r.received === null ? '' : `, cs-bytes ${r.received}`}${r.taken === null ? '' : `, time-taken ${r.taken} ms`}${r.agentMissing ? ', no agent named' : ''}.`;

/** More than one of the columns leaves what others have: the request itself was heavy too. */
const heavy = (r: OutsideRow, g: OutsideGroup): boolean =>
  (g.method === 'GET' || g.method === 'HEAD') && !r.signedIn && r.received !== null && g.received !== null && r.received > 2 * g.received && (r.received > MAX_HEADERS || (r.received > MANY_BYTES && r.agentMissing));

async function ofGroup(g: OutsideGroup, facts: RuleFacts): Promise<LogDraft> {
  const first = firstMoment(g.rows);
  const several = g.rows.filter((r) => heavy(r, g)).length;
  const slow = g.rows.filter((r) => r.taken !== null && g.taken !== null && r.taken > 2 * g.taken).length;
  return {
    severity: several > 0 ? 'low' : 'info',
    title: `${count(g.outside, 'row')} of ${g.method} ${pathIn(g.path, g.site)} ${g.outside === 1 ? 'has' : 'have'} another size than the ${g.inside} others`,
    component: null,
    subject: `${placeOf(g.path, g.site)}\u0000${g.method}\u0000${g.status}\u0000${g.from}`,
    supports: [
      `In the week from ${g.from} ${g.inside} rows with status ${g.status} have sc-bytes of ${g.clusters.map((c) => (c.from === c.to ? `${c.from} (${c.rows} rows)` : `${c.from} to ${c.to} (${c.rows} rows)`)).join(' and ')}${g.received === null ? '' : `; their cs-bytes are at most ${g.received}`}.`,
      `${count(g.outside, 'row')} from ${count(g.clients.length, 'address', 'addresses')} ${g.outside === 1 ? 'is' : 'are'} at least a factor of two away, between others of usual size.`,
      ...g.rows.slice(0, 5).map(rowWords),
      ...(several > 0 ? [`${count(several, 'row')} of them brought more than ${MANY_BYTES} bytes without naming an agent, or more than ${MAX_HEADERS}, and more than twice what the others of the path brought: a GET has no body.`] : []),
      ...(slow > 0 ? [`${count(slow, 'row')} of them took more than twice as long as any other.`] : []),
      ...(await spanWords(g.clients, first, facts)),
      FROM_SYSTEM,
    ],
    refutes: [
      'The page is another one for this visitor: signed in, another language, a shopping basket, a test of two variants.',
      'The answer was not compressed, or came from a cache with other headers.',
      'An error page with status 200, or content that was changed for a short time.',
    ],
    refs: refsOfRows(g.rows),
    attack: several > 0 ? ['T1071.001'] : [],
    first,
    clients: g.clients,
    // A page with a usual size is one that many ask for: only the client ties this to other facts.
    places: [],
  };
}

async function ofHeavy(h: HeavyGets, facts: RuleFacts): Promise<LogDraft> {
  const first = firstMoment(h.sightings);
  return {
    severity: h.answered > 0 ? 'low' : 'info',
    title: `${count(h.rows, 'GET row')} of ${pathIn(h.path, h.site)} brought up to ${h.most} bytes, more than headers can have${h.answered > 0 ? '' : ', none answered below 400'}`,
    component: null,
    subject: `${placeOf(h.path, h.site)}\u0000heavy\u0000${h.client ?? ''}`,
    supports: [
      `cs-bytes of ${count(h.rows, 'GET or HEAD row')}${h.client === null ? '' : ` from ${h.client}`}: ${h.least === h.most ? h.most : `${h.least} to ${h.most}`}. HTTP.sys takes 16384 bytes of request line and headers, so there was a body, or the row was rewritten from another method.`,
      `The other ${h.others} GET and HEAD rows of the server have ${h.mean} bytes in the mean.`,
      ...(await spanWords(h.client === null ? [] : [h.client], first, facts)),
      FROM_SYSTEM,
    ],
    refutes: [
      'A client that sends a body with GET: some programming interfaces for searches do.',
      'The limit was raised (MaxRequestBytes in the registry) for large tickets or cookies.',
      'A connection that was taken over by another protocol with a status other than 101.',
    ],
    refs: refsOfRows(h.sightings),
    attack: ['T1071.001'],
    first,
    clients: h.client === null ? [] : [h.client],
    places: [placeOf(h.path, h.site)],
  };
}

async function notEvaluable(facts: RuleFacts): Promise<LogDraft[]> {
  const { logs, server } = facts;
  const columns = await logs?.signals?.evaluable(server.id);
  if (columns === undefined || columns.rows < MIN_ROWS || columns.sent > 0 || columns.received > 0) return [];
  const files = (await logs?.signals?.namedLogs(server.id)) ?? [];
  return [{
    severity: 'info',
    title: 'The logs have neither sc-bytes nor cs-bytes: forged rows cannot be told by their size',
    component: null,
    subject: 'not evaluable',
    supports: [`None of ${columns.rows} rows has sc-bytes or cs-bytes, so whether sizes leave their cluster is not evaluable. ${FROM_SYSTEM}`],
    refutes: ['Both are off by default: their absence says nothing about anybody.'],
    refs: files.slice(0, 1).map(({ path, evidencePath, sha256 }) => ({ path, evidencePath, sha256 })),
    first: UNKNOWN_MOMENT,
    clients: [],
    places: [],
  }];
}

/** Every such fact of the server. */
export async function outsideDrafts(facts: RuleFacts): Promise<LogDraft[]> {
  const signals = facts.logs?.signals;
  if (signals === undefined) return [];
  const out: LogDraft[] = [];
  for (const h of await signals.heavyGets(facts.server.id)) out.push(await ofHeavy(h, facts));
  for (const g of await signals.outsideCluster(facts.server.id)) out.push(await ofGroup(g, facts));
  return [...out, ...(await notEvaluable(facts))];
}

/** A row may say `GET /` where something else happened; what HTTP.sys counted does not change with it. */
export const rowOutsideCluster = rule(
  'row-outside-cluster',
  ROW_OUTSIDE_CLUSTER,
  outsideDrafts,
);
