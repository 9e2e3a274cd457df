import './app.css';
import '../views/views.css';
import { useEffect, useLayoutEffect, type ReactNode } from 'react';
import { applyTheme } from '../theme/index.ts';
import { caseOpen } from '../state/case-slice.ts';
import { useApp, WorkbenchContext } from '../state/react.ts';
import { VIEW_TITLES, type ViewName } from '../state/route.ts';
import type { Workbench } from '../state/workbench.ts';
import { ComponentsView } from '../views/components/ComponentsView.tsx';
import { ConfigView } from '../views/config/ConfigView.tsx';
import { FindingsView } from '../views/findings/FindingsView.tsx';
import { GraphView } from '../views/graph/GraphView.tsx';
import { IntakeView } from '../views/intake/IntakeView.tsx';
import { KnowledgeView } from '../views/knowledge/KnowledgeView.tsx';
import { NotesView } from '../views/notes/NotesView.tsx';
import { OverviewView } from '../views/overview/OverviewView.tsx';
import { ProblemsView } from '../views/problems/ProblemsView.tsx';
import { ReportView } from '../views/report/ReportView.tsx';
import { StartView } from '../views/start/StartView.tsx';
import { TimelineView } from '../views/timeline/TimelineView.tsx';
import { Dialogs } from './Dialogs.tsx';
import { Guard } from './Guard.tsx';
import { Notices } from './Notices.tsx';
import { StatusBar } from './StatusBar.tsx';
import { Toasts } from './Toasts.tsx';
import { TopBar } from './TopBar.tsx';
import { useDrop } from './use-drop.ts';
import { useKeyboard } from './use-keyboard.ts';

const SCREENS: Readonly<Record<ViewName, () => ReactNode>> = {
  start: StartView, intake: IntakeView, overview: OverviewView, timeline: TimelineView, graph: GraphView, components: ComponentsView,
  config: ConfigView, findings: FindingsView, notes: NotesView, problems: ProblemsView, knowledge: KnowledgeView, report: ReportView,
};

export function App({ workbench }: { readonly workbench: Workbench }): ReactNode {
  return (
    <WorkbenchContext value={workbench}>
      <Frame workbench={workbench} />
    </WorkbenchContext>
  );
}

function Frame({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const view = useApp((s) => s.route.view);
  const theme = useApp((s) => s.theme);
  const density = useApp((s) => s.density);
  const known = useApp((s) => s.info !== null || s.caseFailure !== null);
  const open = useApp(caseOpen);
  useKeyboard(workbench);
  useDrop(workbench);
  // Before any canvas reads its colours.
  useLayoutEffect(() => applyTheme(theme, density), [theme, density]);
  const shown: ViewName = open ? view : 'start';
  const Screen = SCREENS[shown];
  useEffect(() => {
    document.title = `${VIEW_TITLES[shown]} - IISight`;
  }, [shown]);
  return (
    <div className="frame">
      <TopBar />
      <Notices />
      <main key={shown} className="main" aria-label={VIEW_TITLES[shown]}>
        {known ? <Guard key={shown}><Screen /></Guard> : <p className="pad dim" role="status">Connecting to the workbench...</p>}
      </main>
      <StatusBar />
      <Dialogs />
      <Toasts />
    </div>
  );
}
