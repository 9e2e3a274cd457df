import { useEffect, useRef, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { logReading } from '../../state/case-slice.ts';
import { useApp, useTimeText, useWorkbench } from '../../state/react.ts';
import { byteSize, count } from '../../ui/index.ts';
import { LANE_SIGNS, percent } from './lanes.ts';
import { readFirst } from './reading.ts';
import type { Timeline } from './use-timeline.ts';

type Coverage = Output<'timeline.coverage'>['lanes'][number];

/** Screen readers hear of the growing counts no oftener than this. */
const SAY_MS = 15_000;

/** Which lanes are not read whole, the one with most unread first, in a few words. */
export function unreadWords(lanes: readonly Coverage[]): string {
  const open = lanes.filter((l) => l.read < l.bytes).sort((a, b) => b.bytes - b.read - (a.bytes - a.read));
  if (open.length === 0) return '';
  const left = open.reduce((n, l) => n + l.bytes - l.read, 0);
  const names = open.slice(0, 3).map((l) => `${LANE_SIGNS[l.source].letter} ${l.site ?? l.server ?? LANE_SIGNS[l.source].name} ${percent(l.read / l.bytes)}`);
  return `${byteSize(left)} of logs not read yet: ${names.join(', ')}${open.length > 3 ? ` and ${count(open.length - 3)} more lanes` : ''}`;
}

/** How complete the list is, and what can be done about it. Nothing here is said aloud but by the slow live region. */
export function StateLine({ timeline, lanes }: { readonly timeline: Timeline; readonly lanes: readonly Coverage[] }): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const newRows = useApp((s) => s.newRows);
  const logs = useApp(logReading);
  const first = useApp((s) => s.readFirst);
  const { pages } = timeline;
  const partial = pages?.partial === true;
  const unread = unreadWords(lanes);
  useSlowWords(partial && pages !== null ? `${count(pages.count)} rows shown, still reading${newRows > 0 ? `; ${count(newRows)} newer rows, press R` : ''}` : pages === null ? '' : `${count(pages.count)} rows`);
  if (!partial && newRows === 0 && logs === null && unread === '') return null;
  return (
    <div className="state-line" role="group" aria-label="State of the list">
      {newRows > 0 ? <span className="stale">+{count(newRows)} newer rows <button type="button" className="mini" onClick={() => void runCommand(wb, 'app.refresh')}>Take them (R)</button></span> : null}
      {partial || unread !== '' ? <span className="counting">{partial ? `Counting: at least ${count((pages?.total ?? 0) + newRows)} events. ` : 'Not everything is read. '}{visible(unread)}</span> : null}
      {logs === null ? null : (
        <>
          {logs === 'paused' ? <b>Reading is paused.</b> : null}
          <button type="button" className="mini" onClick={() => void runCommand(wb, 'job.pause')}>{logs === 'paused' ? 'Continue reading (P)' : 'Pause reading (P)'}</button>
          <button type="button" className="mini" onClick={() => void runCommand(wb, 'job.cancel')}>Stop reading</button>
          {first === null ? null : <span>First: {time(first.from)} to {time(first.to)} <button type="button" className="mini" onClick={() => void readFirst(wb, null)}>Usual order</button></span>}
        </>
      )}
    </div>
  );
}

/** Says words in the live region when they have changed, at most every 15 seconds. */
function useSlowWords(words: string): void {
  const { store } = useWorkbench();
  const latest = useRef(words);
  const said = useRef('');
  useEffect(() => {
    latest.current = words;
  }, [words]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (latest.current === said.current || latest.current === '') return;
      said.current = latest.current;
      store.getState().announce(latest.current);
    }, SAY_MS);
    return () => clearInterval(timer);
  }, [store]);
}
