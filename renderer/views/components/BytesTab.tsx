import { useState, type ReactNode } from 'react';
import { useRequest } from '../../state/react.ts';
import { BytesSource, Button, count, EmptyState, FailureLine } from '../../ui/index.ts';

const WINDOW = 4096;

/** The bytes of a file, one window at a time; they are there only while the evidence is. */
export function BytesTab({ evidencePath }: { readonly evidencePath: string }): ReactNode {
  const [offset, setOffset] = useState(0);
  const answer = useRequest('evidence.bytes', { evidencePath, offset, length: WINDOW });
  if (answer.failure !== null) return <FailureLine message={answer.failure.message} />;
  if (answer.value === null) return <p className="pad dim">Loading...</p>;
  const { available, reason, size, hex } = answer.value;
  if (!available) return <div className="pad"><EmptyState title="Evidence not attached."><p>{reason ?? 'The bytes are not in the case file.'} Intake says where the evidence lies now.</p></EmptyState></div>;
  return (
    <div className="bytes-tab">
      <div className="path-bar pad">
        <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - WINDOW))}>Earlier</Button>
        <Button disabled={offset + WINDOW >= size} onClick={() => setOffset(offset + WINDOW)}>Later</Button>
        <label>Offset <input className="input mono" defaultValue={`0x${offset.toString(16)}`} key={offset} onKeyDown={(e) => {
          const wanted = Number(e.currentTarget.value);
          if (e.key === 'Enter' && Number.isInteger(wanted) && wanted >= 0 && wanted < size) setOffset(wanted - (wanted % 16));
        }} /></label>
        <span className="dim">of {count(size)} bytes</span>
      </div>
      <BytesSource offset={offset} hex={hex} mark={null} />
    </div>
  );
}
