import type { ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { msOfInstant } from '../../../shared/time/zone.ts';
import { useApp, useRequest, useTimeText } from '../../state/react.ts';
import { byteSize, count, FailureLine, VisibleText } from '../../ui/index.ts';

type Log = Output<'timeline.logs'>['logs'][number];

export interface Lane {
  readonly name: string;
  readonly spans: readonly { readonly from: number; readonly to: number }[];
  readonly lines: number;
  readonly bytes: number;
  readonly unread: number;
}

/** One lane per site: which stretches of time its log files cover, as milliseconds. */
export function lanesOf(logs: readonly Log[]): readonly Lane[] {
  const lanes = new Map<string, { spans: { from: number; to: number }[]; lines: number; bytes: number; unread: number }>();
  for (const log of logs) {
    const name = log.site ?? (log.format === 'httperr' ? 'HTTP.sys errors' : 'no site named');
    const lane = lanes.get(name) ?? { spans: [], lines: 0, bytes: 0, unread: 0 };
    lanes.set(name, lane);
    lane.lines += log.lines;
    lane.bytes += log.size;
    lane.unread += log.size - log.done;
    const from = log.first === null ? null : msOfInstant(log.first);
    const to = log.last === null ? null : msOfInstant(log.last);
    if (from !== null && to !== null) lane.spans.push({ from, to });
  }
  return [...lanes].map(([name, lane]) => ({ name, ...lane }));
}

const earlier = (a: string, b: string): boolean => (parseInstant(a) ?? 0n) <= (parseInstant(b) ?? 0n);

/** From the first row of all logs to the last, as far as they are read. */
function logSpan(logs: readonly Log[]): { readonly first: string; readonly last: string } | null {
  const dated = logs.flatMap((l) => (l.first === null || l.last === null ? [] : [{ first: l.first, last: l.last }]));
  return dated.length === 0 ? null : dated.reduce((a, b) => ({ first: earlier(a.first, b.first) ? a.first : b.first, last: earlier(a.last, b.last) ? b.last : a.last }));
}

interface SitesOf {
  readonly id: string;
  readonly sites: readonly { readonly name: string }[];
}

/** Sites of the configuration that no log of their server is of. A log that names no site may hold rows of any. */
export function sitesWithoutLog(logs: readonly Log[], servers: readonly SitesOf[]): readonly string[] {
  return servers.flatMap(({ id, sites }) => {
    const own = logs.filter((l) => l.server === id && l.format !== 'httperr' && l.format !== 'freb');
    const named = new Set(own.map((l) => l.site));
    return logs.length === 0 || named.has(null) ? [] : sites.map((s) => s.name).filter((name) => !named.has(name));
  });
}

export function Coverage(): ReactNode {
  const time = useTimeText();
  const logs = useRequest('timeline.logs', {});
  const servers = useApp((s) => s.info?.servers);
  if (logs.failure !== null) return <FailureLine message={logs.failure.message} />;
  if (logs.value === null) return <p className="dim">Loading...</p>;
  const lanes = lanesOf(logs.value.logs);
  const spanOfLogs = logSpan(logs.value.logs);
  const silent = sitesWithoutLog(logs.value.logs, servers ?? []);
  const ends = lanes.flatMap((l) => l.spans.flatMap((s) => [s.from, s.to]));
  const low = Math.min(...ends);
  const range = Math.max(1, Math.max(...ends) - low);
  return (
    <>
      {logs.value.first === null || logs.value.last === null ? <p className="dim">No dated events yet.</p> : <p>Everything dated: <span className="mono">{time(logs.value.first)} to {time(logs.value.last)}</span></p>}
      {spanOfLogs === null ? null : <p>Logs: <span className="mono">{time(spanOfLogs.first)} to {time(spanOfLogs.last)}</span></p>}
      <ul className="lanes">
        {lanes.map((lane) => (
          <li key={lane.name}>
            <span className="lane-name"><VisibleText text={lane.name} /></span>
            <svg className="lane" role="img" aria-label={`Log days of ${visible(lane.name)}`} viewBox="0 0 1000 10" preserveAspectRatio="none">
              {lane.spans.map((s) => <rect key={s.from} x={((s.from - low) / range) * 1000} width={Math.max(3, ((s.to - s.from) / range) * 1000)} y={1} height={8} />)}
            </svg>
            <span className="dim lane-count">{count(lane.lines)} rows, {byteSize(lane.bytes)}{lane.unread > 0 ? `, ${byteSize(lane.unread)} still unread` : ''}</span>
          </li>
        ))}
        {silent.map((name) => (
          <li key={`no log ${name}`}>
            <span className="lane-name"><VisibleText text={name} /></span>
            <span className="lane" aria-hidden="true" />
            <span className="warn lane-count">no log of this site is in the evidence</span>
          </li>
        ))}
      </ul>
      {lanes.length === 0 ? <p className="dim">No log files were read.</p> : <p className="quiet">Hatched: no log rows there.</p>}
      <p className="dim">{Object.entries(logs.value.bySource).map(([source, n]) => `${source} ${count(n)}`).join(' · ')}</p>
    </>
  );
}
