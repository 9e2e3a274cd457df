import type { ReactNode } from 'react';
import { runCommand } from '../../commands/dispatch.ts';
import { reading } from '../../state/case-slice.ts';
import { useApp, useWorkbench } from '../../state/react.ts';
import { Button } from '../../ui/index.ts';

export function Jobs(): ReactNode {
  const wb = useWorkbench();
  const jobs = useApp((s) => s.jobs);
  const busy = useApp(reading);
  if (jobs.length === 0) return <p className="dim">Nothing is being read.</p>;
  return (
    <>
      <ul>
        {jobs.map((job) => (
          <li key={job.id} className="job">
            <span className="job-title">{job.title}</span>
            <progress max={job.state === 'done' ? 1 : Math.max(1, job.total ?? 1)} value={job.state === 'done' ? 1 : job.total === null ? undefined : job.done} aria-label={job.title} />
            <span className="dim">{job.state}{job.message === '' ? '' : `: ${job.message}`}</span>
          </li>
        ))}
      </ul>
      {busy ? <Button onClick={() => void runCommand(wb, 'job.cancel')}>Stop reading</Button> : null}
    </>
  );
}
