import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useApp, useWorkbench } from '../state/react.ts';
import { PathDialog } from '../ui/index.ts';
import { FilterTreeDialog, SavedFiltersDialog, SaveFilterDialog } from './FilterDialogs.tsx';
import { ChoiceDialog, ExaminationDialog, NoteDialog, TextDialog } from './FormDialogs.tsx';
import { Help } from './Help.tsx';
import { ColumnsDialog } from './ListDialogs.tsx';
import { Palette } from './Palette.tsx';
import { Settings } from './Settings.tsx';

/** The one dialog in front, if any. */
export function Dialogs(): ReactNode {
  const { client } = useWorkbench();
  const dialog = useApp((s) => s.dialog);
  const answer = useApp((s) => s.answer);
  useFocusBack(dialog !== null);
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
    case 'filters': return <FilterTreeDialog onDone={answer} />;
    case 'savedFilters': return <SavedFiltersDialog onDone={answer} />;
    case 'saveFilter': return <SaveFilterDialog {...dialog.ask} onDone={answer} />;
    case 'choice': return <ChoiceDialog {...dialog.ask} onDone={answer} />;
    case 'path': return (
      <PathDialog {...dialog.ask} onDone={answer} list={async (path) => {
        const result = await client.request('host.listFolder', { path });
        return result.ok ? result.value : result.failure.message;
      }} />
    );
  }
}

/**
 * After a dialog the keyboard is where it was, at once: nobody who has gone on meanwhile loses it again. Where that place
 * is gone, it goes to the list in front.
 */
function useFocusBack(shown: boolean): void {
  const [before, setBefore] = useState(false);
  const opener = useRef<Element | null>(null);
  const [from, setFrom] = useState<Element | null>(null);
  // While this renders, the dialog is not there yet and has not taken the focus.
  if (before !== shown) {
    setBefore(shown);
    if (shown) setFrom(document.activeElement);
  }
  useEffect(() => {
    if (shown) {
      opener.current = from;
      return undefined;
    }
    const back = opener.current;
    opener.current = null;
    if (!isAstray()) return undefined;
    if (back instanceof HTMLElement && back.isConnected && back !== document.body) back.focus({ preventScroll: true });
    if (!isAstray()) return undefined;
    // The answer may have brought another screen, whose list is on its way.
    const timer = setTimeout(() => {
      if (!isAstray()) return;
      const list = document.querySelector<HTMLElement>('main [role="gridcell"][tabindex="0"], main [role="treeitem"][tabindex="0"]');
      (list ?? document.querySelector<HTMLElement>('main h1'))?.focus();
    }, 30);
    return () => clearTimeout(timer);
  }, [shown, from]);
}

/** Whether the focus is nowhere, or in something that has left the document. */
function isAstray(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || !activeElement.isConnected;
}
