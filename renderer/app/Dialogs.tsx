import { useEffect, type ReactNode } from 'react';
import { useApp, useWorkbench } from '../state/react.ts';
import { PathDialog } from '../ui/index.ts';
import { ChoiceDialog, ExaminationDialog, NoteDialog, TextDialog } from './FormDialogs.tsx';
import { Help } from './Help.tsx';
import { ColumnsDialog, FiltersDialog } from './ListDialogs.tsx';
import { Palette } from './Palette.tsx';
import { Settings } from './Settings.tsx';

/** The one dialog in front, if any. */
export function Dialogs(): ReactNode {
  const { client } = useWorkbench();
  const dialog = useApp((s) => s.dialog);
  const answer = useApp((s) => s.answer);
  const shown = dialog !== null;
  useEffect(() => (shown ? undefined : keepFocus()), [shown]);
  if (dialog === null) return null;
  const cancel = (): void => answer(null);
  switch (dialog.kind) {
    case 'help': return <Help onClose={cancel} />;
    case 'palette': return <Palette onClose={cancel} />;
    case 'settings': return <Settings onClose={cancel} />;
    case 'examination': return <ExaminationDialog {...dialog.ask} onDone={answer} />;
    case 'text': return <TextDialog {...dialog.ask} onDone={answer} />;
    case 'note': return <NoteDialog {...dialog.ask} onDone={answer} />;
    case 'columns': return <ColumnsDialog {...dialog.ask} onDone={answer} />;
    case 'filters': return <FiltersDialog {...dialog.ask} onDone={answer} />;
    case 'choice': return <ChoiceDialog {...dialog.ask} onDone={answer} />;
    case 'path': return (
      <PathDialog {...dialog.ask} onDone={answer} list={async (path) => {
        const result = await client.request('host.listFolder', { path });
        return result.ok ? result.value : result.failure.message;
      }} />
    );
  }
}

/** After a dialog the keyboard is where it was; where that is gone, it goes to the list in front. */
function keepFocus(): () => void {
  const timer = setTimeout(() => {
    if (document.activeElement !== document.body) return;
    const list = document.querySelector<HTMLElement>('main [role="gridcell"][tabindex="0"], main [role="treeitem"][tabindex="0"]');
    (list ?? document.querySelector<HTMLElement>('main h1'))?.focus();
  }, 30);
  return () => clearTimeout(timer);
}
