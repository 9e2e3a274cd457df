import type { ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { useApp, useTimeText } from '../../state/react.ts';
import { byteSize, count } from '../../ui/index.ts';

type Jobs = Output<'job.list'>;

/** What is being read now, and every reading of this case so far. */
export function JobList({ listed, history }: { readonly listed: Jobs['jobs']; readonly history: Jobs['history'] }): ReactNode {
  const live = useApp((s) => s.jobs);
  const time = useTimeText();
  const jobs = live.length > 0 ? live : listed;
  return (
    <div className="job-list" tabIndex={0} role="region" aria-label="Jobs">
      <ul>
        {jobs.map((job) => (
          <li key={job.id} className="job">
            <span className="job-title">{job.title}</span>
            <progress max={job.total ?? 1} value={job.state === 'done' ? (job.total ?? 1) : job.total === null ? undefined : job.done} aria-label={job.title} />
            <span className="dim">{job.state}{job.message === '' ? '' : `: ${job.message}`}</span>
          </li>
        ))}
        {jobs.length === 0 ? <li className="quiet">Nothing is being read.</li> : null}
      </ul>
      <h3>Readings of this case</h3>
      <ul>
        {history.map((h) => <li key={h.started} className="mono">{time(h.started)} to {h.ended === null ? 'now' : time(h.ended)}: {h.outcome}, {count(h.files)} files, {byteSize(h.bytes)}</li>)}
        {history.length === 0 ? <li className="quiet">None yet.</li> : null}
      </ul>
    </div>
  );
}
