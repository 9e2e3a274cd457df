import { quote } from '../../../../shared/base/limits.ts';
import { instantText, parseInstant } from '../../../../shared/time/instant.ts';
import { fileName } from '../../../knowledge/index.ts';
import type { LogGap, NamedLog } from '../../../timeline/signals/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { DAY, count, firstMoment, type LogDraft } from '../../log-draft.ts';
import { rule } from '../../rule.ts';
import { distinctRefs } from '../../words.ts';
import { LOG_GAP } from '../../texts/logs.ts';

/** So many busy hours without a row, while the server ran and logging of the site did not begin anew, are odd by themselves. */
const MANY_USUAL = 6;
/** Fewer usual hours without a row are a pause. */
const MIN_USUAL = 3;
const MAX_TOLD = 50;
const MAX_NAMES = 400;

/** `u_ex260302` of `u_ex260302_x.log`, with the day and what stands around it. */
const DAILY = /^(u_ex|ex|u_in|in|u_nc|nc)(\d{2})(\d{2})(\d{2})((?:_x)?\.log)(?:\.gz)?$/i;

const nameOf = (log: NamedLog): string => fileName(log.path ?? log.evidencePath.replaceAll('/', '\\'));

/** Names of daily logs that are not there, of the days whose noon lies within a gap; the site has logs named by days before and behind. */
function absentNames(gap: LogGap, logs: readonly NamedLog[]): string[] {
  const own = logs.filter((l) => l.site === gap.site).map(nameOf);
  const form = own.map((n) => DAILY.exec(n)).find((m) => m !== null);
  if (form === undefined) return [];
  const there = new Set(own.map((n) => n.toLowerCase().replace(/\.gz$/, '')));
  const out: string[] = [];
  const from = parseInstant(gap.from) ?? 0n;
  const to = parseInstant(gap.to) ?? 0n;
  for (let day = from - (from % DAY) + DAY / 2n; day < to && out.length < MAX_NAMES; day += DAY) {
    if (day <= from) continue;
    const name = `${form[1]}${instantText(day).slice(2, 10).replaceAll('-', '')}${form[5]}`;
    if (!there.has(name.toLowerCase())) out.push(name);
  }
  return out;
}

/** Whether the other sites of the server went on. One that has rows at the edges of the time only is not counted as going on. */
function othersWords({ otherSites, otherRows, partSites }: LogGap): string {
  const part = partSites === 0 ? '' : `${count(partSites, otherSites === 0 ? 'other site' : 'more site')} of the server ${partSites === 1 ? 'has' : 'have'} rows in less than a quarter of its hours, and may have stopped too.`;
  if (otherSites > 0) return `${count(otherSites, 'other site')} of the server went on: ${count(otherRows, 'row')} in that time.${part === '' ? '' : ` ${part}`}`;
  return part === '' ? 'No other site of the server has a row in that time: all of them stopped, or all of their logs of it are gone.' : part;
}

/** HTTP.sys writes `#Software` and what follows whenever it opens a log. */
function restartWords({ between, sightings: [before, behind] }: LogGap): string[] {
  if (between === null) return before?.ref.evidencePath === behind?.ref.evidencePath ? [] : ['The rows before and behind stand in two files: each begins with headers, so that no restart can be told from them.'];
  const { headers, rejected } = between;
  return [
    headers === null
      ? 'Between the two rows stand bytes that are padding or header lines.'
      : headers > 0
        ? `Between the two rows stand ${headers} bytes of header lines: the log was opened anew there, as after a restart of the service or the site, or a change of its log settings.`
        : 'Both rows stand in one file without header lines between them: logging of the site did not begin anew in that time, so nobody came, or rows were taken out.',
    ...(rejected > 0 ? [`${rejected} bytes between them are no rows and were rejected.`] : []),
  ];
}

function ofGap(gap: LogGap, logs: readonly NamedLog[]): LogDraft[] {
  if (gap.usual < MIN_USUAL) return [];
  const absent = absentNames(gap, logs);
  const ran = gap.otherRows > 0 || gap.errorRows > 0;
  const inside = gap.usual >= MANY_USUAL && gap.between !== null && gap.between.headers === 0;
  return [{
    severity: ran && (absent.length > 0 || inside) ? 'low' : 'info',
    title: `No row${gap.site === null ? '' : ` of site ${quote(gap.site)}`} for ${count(gap.hours, 'hour')} from ${gap.from}`,
    component: null,
    subject: `${gap.site ?? ''}\u0000${gap.from}`,
    supports: [
      `Between ${gap.from} and ${gap.to} the logs of the site have no row. On nine in ten of the days around, ${gap.usual} of the ${gap.compared} hours compared do have rows, ${gap.mean} an hour in the mean.`,
      othersWords(gap),
      ...(gap.errorRows > 0 ? [`HTTPERR has ${count(gap.errorRows, 'row')} in that time: HTTP.sys was running.`] : []),
      ...(absent.length > 0 ? [`${count(absent.length, 'daily log')} of that time ${absent.length === 1 ? 'is' : 'are'} not in the evidence, though those before and behind are: ${absent.slice(0, 5).map((n) => quote(n)).join(', ')}${absent.length > 5 ? ' and more' : ''}. IIS makes such a file with the first request of the day.`] : []),
      ...restartWords(gap),
    ],
    refutes: [
      'The site had no visitor, was stopped, or was behind a load balancer that sent nobody.',
      'Logging was switched off for a while, or went to another folder or to a collector (ship-off): look at the configuration of that time.',
      'The files were left out by the collection, or cleaned up by a scheduled task.',
      'The server or the service was down: compare with the System log.',
    ],
    refs: distinctRefs([...gap.sightings.map((s) => s.ref), ...[gap.between?.ref ?? null].filter((r) => r !== null)]),
    attack: ['T1070'],
    first: firstMoment(gap.sightings),
    clients: [],
    places: [],
  }];
}

/** Rows that ought to be there. */
export const logGap = rule(
  'log-gap',
  LOG_GAP,
  async (facts: RuleFacts) => {
    const signals = facts.logs?.signals;
    if (signals === undefined) return [];
    const gaps = await signals.logGaps(facts.server.id);
    const logs = gaps.length === 0 ? [] : await signals.namedLogs(facts.server.id);
    return gaps.slice(0, MAX_TOLD).flatMap((gap) => ofGap(gap, logs));
  },
);
