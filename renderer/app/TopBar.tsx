import type { ReactNode } from 'react';
import { menuBar } from '../commands/menus.ts';
import { caseOpen } from '../state/case-slice.ts';
import { useApp, useWorkbench } from '../state/react.ts';
import { NUMBERED, VIEW_TITLES, type ViewName } from '../state/route.ts';
import type { AppState } from '../state/store.ts';
import { MenuBar, VisibleText } from '../ui/index.ts';

/** Case title, menus and the screens by number. */
export function TopBar(): ReactNode {
  const wb = useWorkbench();
  const state = useApp((s) => s);
  const open = caseOpen(state);
  return (
    <header className="top">
      <div className="top-line">
        <span className="brand">IISight</span>
        <MenuBar menus={menuBar(wb)} />
        <span className="case-title">{open && state.info !== null ? <><VisibleText text={state.info.title} />{state.info.unsaved ? <span className="warn"> (not saved under a name)</span> : null}</> : ''}</span>
        <button type="button" className="palette-button" onClick={() => state.open('palette')}>Find a command <kbd aria-hidden="true">Ctrl+K</kbd></button>
      </div>
      {open ? (
        <nav aria-label="Screens" className="screens">
          <ScreenButton view="intake" state={state} />
          {NUMBERED.map((view, i) => <ScreenButton key={view} view={view} number={i + 1} state={state} />)}
          <ScreenButton view="report" number={0} state={state} />
        </nav>
      ) : null}
    </header>
  );
}

function ScreenButton({ view, number, state }: { readonly view: ViewName; readonly number?: number; readonly state: AppState }): ReactNode {
  const badge = badgeOf(view, state);
  return (
    <button type="button" className="screen" aria-current={state.route.view === view ? 'page' : undefined} onClick={() => state.navigate(view)}>
      {number === undefined ? null : <kbd aria-hidden="true">{number}</kbd>} {VIEW_TITLES[view]}{badge === 0 ? null : <span className="screen-badge"> {badge}</span>}
    </button>
  );
}

function badgeOf(view: ViewName, { info }: AppState): number {
  if (info === null) return 0;
  if (view === 'findings') return Object.values(info.counts.findings).reduce((sum, n) => sum + n, 0);
  if (view === 'notes') return info.counts.notes;
  if (view === 'problems') return info.counts.problems;
  return 0;
}
