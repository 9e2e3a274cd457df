import type { ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';
import { useApp, useWorkbench } from '../state/react.ts';

/** What the analyst must know now: the connection, a restarted engine, a failed summary. */
export function Notices(): ReactNode {
  const { store } = useWorkbench();
  const connection = useApp((s) => s.connection);
  const notice = useApp((s) => s.notice);
  const failure = useApp((s) => s.caseFailure);
  return (
    <>
      {connection === 'lost' ? <div role="alert" className="notice bad">Connection lost: the workbench does not answer. What is on screen may be old; it is tried again by itself.</div> : null}
      {notice === null ? null : <div role="alert" className="notice">{visible(notice)} <button type="button" className="button quiet" onClick={() => store.setState({ notice: null })}>Dismiss</button></div>}
      {failure === null || connection === 'lost' ? null : <div role="alert" className="notice bad">{visible(failure)}</div>}
    </>
  );
}
