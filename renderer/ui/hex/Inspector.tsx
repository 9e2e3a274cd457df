import type { ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { HexSource } from './HexView.tsx';
import { readingsAt } from './readings.ts';
import { selected, type Caret } from './rows.ts';

/** What stands at the caret: as numbers, times, GUID and text. */
export function Inspector({ source, caret, time }: { readonly source: HexSource; readonly caret: Caret; readonly time: (text: string | null) => string }): ReactNode {
  const chosen = selected(caret);
  const place = `0x${chosen.offset.toString(16).toUpperCase()}${chosen.length > 1 ? `, ${chosen.length} bytes selected` : ''}`;
  return (
    <div className="inspector" role="group" aria-label="At the caret" tabIndex={0}>
      <p className="mono" role="status">{place}</p>
      <dl>
        {readingsAt((i) => source.byte(chosen.offset + i)).map((r) => (
          <div key={r.name}><dt>{r.name}</dt><dd className="mono">{visible(r.time === undefined ? r.value : time(r.time))}</dd></div>
        ))}
      </dl>
    </div>
  );
}
