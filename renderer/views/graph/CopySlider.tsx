import type { ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { useTimeText } from '../../state/react.ts';
import { VisibleText } from '../../ui/index.ts';

type Copy = Output<'graph.view'>['copies'][number];

/** Moves the graph over the saved copies of the configuration; the last place is the live one. */
export function CopySlider({ copies, asOf, onChange }: { readonly copies: readonly Copy[]; readonly asOf: string | null; readonly onChange: (asOf: string | null) => void }): ReactNode {
  const time = useTimeText();
  const found = copies.findIndex((c) => c.id === asOf);
  const at = found < 0 ? copies.length - 1 : found;
  const copy = copies[at];
  const words = copy === undefined ? '' : `${visible(copy.id)}${copy.moment.time === null ? '' : `, ${time(copy.moment.time)} (${copy.moment.fidelity})`}`;
  return (
    <div className="copy-slider">
      <label htmlFor="copy-slider">Configuration as of</label>
      <input
        id="copy-slider" type="range" min={0} max={copies.length - 1} value={at} aria-valuetext={words} list="copy-marks"
        onChange={(e) => {
          const next = Number(e.target.value);
          onChange(next === copies.length - 1 ? null : (copies[next]?.id ?? null));
        }}
      />
      <span className="mono"><VisibleText text={words} /></span>
      <span className="quiet">{at + 1} of {copies.length}</span>
    </div>
  );
}
