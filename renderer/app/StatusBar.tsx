import type { ReactNode } from 'react';
import { zoneText } from '../../shared/time/zone.ts';
import { caseOpen } from '../state/case-slice.ts';
import { useApp } from '../state/react.ts';
import { count } from '../ui/index.ts';

/** Shown and total, jobs, problems, evidence, zone, keys: all text, all can be clicked. */
export function StatusBar(): ReactNode {
  const state = useApp((s) => s);
  const { tally, info, jobs, zone, newRows } = state;
  const running = jobs.filter((j) => j.state === 'running');
  const job = running[0];
  const share = job === undefined || job.total === null || job.total === 0 ? '' : ` ${Math.floor((job.done / job.total) * 100)} %`;
  const open = caseOpen(state);
  return (
    <footer className="status" aria-label="Status">
      {tally === null ? null : <span role="status">{count(tally.shown)} shown of {tally.counting ? '\u2265 ' : ''}{count(tally.total)} {tally.noun}</span>}
      {newRows > 0 ? <span className="new-rows" role="status">+{count(newRows)} new rows: press R</span> : null}
      {open ? <button type="button" onClick={() => state.navigate('intake')}>{job === undefined ? (info?.partial === true ? 'not everything is read yet' : 'nothing is being read') : `${job.title}${share}${running.length > 1 ? ` and ${running.length - 1} more` : ''}`}</button> : null}
      {open ? <button type="button" onClick={() => state.navigate('problems')}>{count(info?.counts.problems ?? 0)} {info?.counts.problems === 1 ? 'problem' : 'problems'}</button> : null}
      {open ? <button type="button" className="read-only" onClick={() => state.navigate('intake')}>evidence read-only{info !== null && info.evidence.some((e) => !e.attached) ? ', not attached' : ''}</button> : null}
      <span className="spread" />
      <button type="button" onClick={() => state.open('settings')} aria-label={`Time zone ${zoneText(zone)}, change`}>{zoneText(zone)}</button>
      <button type="button" onClick={() => state.open('help')}>? keys</button>
    </footer>
  );
}
