import { useEffect } from 'react';
import { newCase, openCase } from '../commands/case-actions.ts';
import { caseOpen } from '../state/case-slice.ts';
import type { Workbench } from '../state/workbench.ts';

/** A page is given the content of what is dropped on it, never its path, and evidence is read where it lies. */
export const DROP_SENTENCE = 'A page is not told the path of what is dropped on it: choose it once more in this dialog.';

/** Keeps a dropped file from replacing the page, and asks for its path instead. */
export function useDrop(workbench: Workbench): void {
  useEffect(() => {
    const onDragOver = (event: DragEvent): void => event.preventDefault();
    const onDrop = (event: DragEvent): void => {
      event.preventDefault();
      const state = workbench.store.getState();
      const item = event.dataTransfer?.items[0];
      if (item?.kind !== 'file' || state.dialog !== null) return;
      if (caseOpen(state)) return state.toast('A case is open; close it before another is made.');
      state.toast(DROP_SENTENCE);
      if (item.getAsFile()?.name.toLowerCase().endsWith('.iiscase') === true) void openCase(workbench);
      else void newCase(workbench, item.webkitGetAsEntry()?.isDirectory === false ? 'file' : 'folder');
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('drop', onDrop);
    };
  }, [workbench]);
}
