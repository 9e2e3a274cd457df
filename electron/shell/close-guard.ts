import { dialog, type BrowserWindow } from 'electron';
import { fileFilters } from './dialogs.ts';
import { openCase, showFailure } from './open-argument.ts';
import type { EngineEnd } from './transport.ts';

const SAVE = 0;
const CANCEL = 2;

/** Asks before a window is closed over a case that has no name yet, since it goes with the window. */
export function guardUnsaved(window: BrowserWindow, engine: EngineEnd): void {
  let settled = false;
  let asking = false;
  window.on('close', (event) => {
    if (settled) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void mayClose(window, engine).then((yes) => {
      asking = false;
      settled = yes;
      if (yes && !window.isDestroyed()) window.close();
    });
  });
}

async function mayClose(window: BrowserWindow, engine: EngineEnd): Promise<boolean> {
  const info = await openCase(engine);
  if (info === null || !info.unsaved) return true;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question', title: 'IISight', message: 'The case has no name yet.',
    detail: 'It lies in a temporary place and goes when it is closed. The evidence is not touched either way.',
    buttons: ['Save as...', 'Close without saving', 'Cancel'], defaultId: SAVE, cancelId: CANCEL,
  });
  if (response !== SAVE) return response !== CANCEL;
  const { canceled, filePath } = await dialog.showSaveDialog(window, { title: 'Save case as', filters: fileFilters(['iiscase']), properties: ['showOverwriteConfirmation', 'dontAddToRecent'] });
  if (canceled || filePath === '') return false;
  // The system's dialog has asked already whether a file there may be replaced.
  const saved = await engine.raw('case.saveAs', { path: filePath, replace: true });
  if (saved.ok) return true;
  await showFailure(window, `The case was not saved. ${saved.failure.message}`);
  return false;
}
