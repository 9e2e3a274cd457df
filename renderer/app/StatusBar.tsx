import type { ReactNode } from 'react';
import { zoneText } from '../../shared/time/zone.ts';
import { runCommand } from '../commands/dispatch.ts';
import { caseOpen, logReading } from '../state/case-slice.ts';
import { useApp, useWorkbench } from '../state/react.ts';
import { count } from '../ui/index.ts';

/** Shown and total, jobs, problems, evidence, zone, keys: all text, all can be clicked. */
export function StatusBar(): ReactNode {
  const wb = useWorkbench();
  const state = useApp((s) => s);
  const { tally, info, jobs, zone, newRows } = state;
  const running = jobs.filter((j) => j.state === 'running' || j.state === 'paused');
  const job = running[0];
  const share = job === undefined || job.total === null || job.total === 0 ? '' : ` ${Math.floor((job.done / job.total) * 100)} %`;
  const open = caseOpen(state);
  const logs = logReading(state);
  return (
    <footer className="status" aria-label="Status">
      {tally === null ? null : <span>{count(tally.shown)} shown of {tally.counting ? '\u2265 ' : ''}{count(tally.total)} {tally.noun}</span>}
      {newRows > 0 ? <span className="new-rows">+{count(newRows)} newer rows: press R</span> : null}
      {open ? <button type="button" onClick={() => state.navigate('intake')}>{job === undefined ? (info?.partial === true ? 'not everything is read yet' : 'nothing is being read') : `${job.title}${job.state === 'paused' ? ' paused at' : ''}${share}${running.length > 1 ? ` and ${running.length - 1} more` : ''}`}</button> : null}
      {open && logs !== null ? (
        <>
          <button type="button" onClick={() => void runCommand(wb, 'job.pause')}>{logs === 'paused' ? 'continue (P)' : 'pause (P)'}</button>
          <button type="button" onClick={() => void runCommand(wb, 'job.cancel')}>stop</button>
        </>
      ) : null}
      {open ? <button type="button" onClick={() => state.navigate('problems')}>{count(info?.counts.problems ?? 0)} {info?.counts.problems === 1 ? 'problem' : 'problems'}</button> : null}
      {open ? <button type="button" className="read-only" onClick={() => state.navigate('intake')}>evidence read-only{info !== null && info.evidence.some((e) => !e.attached) ? ', not attached' : ''}</button> : null}
      <span className="spread" />
      <button type="button" onClick={() => state.open('settings')} title="W changes between UTC and the other zone" aria-label={`Time zone ${zoneText(zone)}, change`}>{zoneText(zone)}</button>
      <button type="button" onClick={() => state.open('help')}>? keys</button>
    </footer>
  );
}
