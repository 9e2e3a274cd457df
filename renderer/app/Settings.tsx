import { useState, type ReactNode } from 'react';
import { parseZone, zoneText } from '../../shared/time/zone.ts';
import { DENSITIES, DENSITY_WORDS, THEMES, THEME_WORDS } from '../state/appearance.ts';
import { useApp } from '../state/react.ts';
import { Button, Dialog, DialogFoot, FailureLine } from '../ui/index.ts';

export function Settings({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { theme, density, zone, singleKeys, set, hostKind, hostVersion } = useApp((s) => s);
  const [typed, setTyped] = useState(zoneText(zone));
  const parsed = parseZone(typed);
  return (
    <Dialog title="Settings" help="There is nothing to switch off for privacy: the program sends nothing." onClose={onClose}>
      <div className="form">
        <label>Theme <select className="input" value={theme} onChange={(e) => set({ theme: THEMES.find((t) => t === e.target.value) ?? 'system' })}>{THEMES.map((t) => <option key={t} value={t}>{THEME_WORDS[t]}</option>)}</select></label>
        <label>Row height <select className="input" value={density} onChange={(e) => set({ density: DENSITIES.find((d) => d === e.target.value) ?? 'dense' })}>{DENSITIES.map((d) => <option key={d} value={d}>{DENSITY_WORDS[d]}</option>)}</select></label>
        <label>Time zone of every time on screen <input className="input mono" value={typed} aria-invalid={parsed === null} onChange={(e) => {
          setTyped(e.target.value);
          const next = parseZone(e.target.value);
          if (next !== null) set({ zone: next });
        }} /></label>
        {parsed === null ? <FailureLine message="A zone is UTC or an offset such as +02:00." /> : null}
        <label className="inline"><input type="checkbox" checked={singleKeys} onChange={(e) => set({ singleKeys: e.target.checked })} /> Single-key shortcuts (j, k, =, w ...)</label>
        <p className="quiet">Version {hostVersion === '' ? 'unknown' : hostVersion}, host {hostKind ?? 'unknown'}.</p>
        <DialogFoot><Button tone="primary" onClick={onClose}>Close</Button></DialogFoot>
      </div>
    </Dialog>
  );
}
