import { useRef, type ReactNode } from 'react';
import { copyText } from '../../commands/evidence-actions.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { useApp, useWorkbench } from '../../state/react.ts';
import { Button, HexView, ROW_HEIGHT, type HexHandle } from '../../ui/index.ts';
import type { MarkedBytes } from './use-marked-bytes.ts';
import { hex } from './words.ts';

/** The bytes of the selected row, below the tab that it stands in. */
export function BytesStrip({ bytes }: { readonly bytes: MarkedBytes }): ReactNode {
  const wb = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const view = useRef<HexHandle>(null);
  const { mark } = bytes;
  if (mark === null) return null;
  return (
    <div className="bytes-strip" role="group" aria-label="Marked bytes">
      <div className="strip-head">
        <span className="mono" role="status">{hex(mark.offset)}{mark.length < 2 ? '' : `, ${mark.length} bytes`}</span>
        <Button tone="quiet" onClick={() => void runCommand(wb, 'program.bytes')}>All bytes (b)</Button>
        <Button tone="quiet" onClick={() => bytes.setMark(null)}>Close</Button>
      </div>
      <NotAtHand bytes={bytes} />
      <div className="fill-rest">
        <HexView label="Bytes of the selected row" source={bytes.source} caret={bytes.caret} onCaret={bytes.setCaret} mark={mark} rowHeight={rowHeight} handle={view} onCopy={(text) => void copyText(wb, text, 'Bytes')} />
      </div>
    </div>
  );
}

/** Why bytes are missing, or where those that are shown come from. */
export function NotAtHand({ bytes: { status } }: { readonly bytes: MarkedBytes }): ReactNode {
  if (status.state === 'failed') return <p role="alert" className="failure-line">{status.message}</p>;
  if (status.state === 'none') return <p className="pad-line note-line" role="note">{status.message === '' ? 'Evidence not attached.' : `${status.message}.`} Bytes that the case holds are shown, others as dots. Intake says where the evidence lies now.</p>;
  return status.message === '' ? null : <p className="pad-line note-line" role="note">{status.message}</p>;
}
