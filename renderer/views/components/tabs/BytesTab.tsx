import { useRef, type ReactNode } from 'react';
import { copyText } from '../../../commands/evidence-actions.ts';
import { useApp, useTimeText, useWorkbench } from '../../../state/react.ts';
import { count, HexView, Inspector, offsetText, readOffset, ROW_HEIGHT, type HexHandle } from '../../../ui/index.ts';
import { NotAtHand } from '../BytesStrip.tsx';
import type { MarkedBytes } from '../use-marked-bytes.ts';
import { hex } from '../words.ts';

/** All bytes of the file, with what stands at the caret. */
export function BytesTab({ bytes }: { readonly bytes: MarkedBytes }): ReactNode {
  const wb = useWorkbench();
  const view = useRef<HexHandle>(null);
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const { source, caret, mark, setCaret, setMark } = bytes;
  return (
    <div className="fill tab-rows">
      <div className="tab-bar">
        <label>Offset <input className="input mono offset" key={caret.at} defaultValue={`0x${offsetText(caret.at)}`} aria-describedby="bytes-size" spellCheck={false} autoComplete="off" onKeyDown={(e) => {
          if (e.key === 'Escape') {
            e.preventDefault();
            e.currentTarget.value = `0x${offsetText(caret.at)}`;
            view.current?.focus();
          }
          if (e.key !== 'Enter') return;
          const wanted = readOffset(e.currentTarget.value, source.size);
          if (wanted === null) return wb.store.getState().toast(`There is no byte ${e.currentTarget.value} in this file.`, 'bad');
          setMark({ offset: wanted, length: 1 });
          view.current?.focus();
        }} /></label>
        <span className="dim" id="bytes-size">of {count(source.size)} bytes</span>
        {mark === null ? null : <span className="mono dim">marked: {hex(mark.offset)}{mark.length < 2 ? '' : `, ${count(mark.length)} bytes`}</span>}
      </div>
      <NotAtHand bytes={bytes} />
      <div className="bytes-pane">
        <div className="bytes-hex">
          <HexView label="Bytes of the file" source={source} caret={caret} onCaret={setCaret} mark={mark} rowHeight={rowHeight} handle={view} onCopy={(text) => void copyText(wb, text, 'Bytes')} />
        </div>
        <Inspector source={source} caret={caret} time={time} />
      </div>
    </div>
  );
}
