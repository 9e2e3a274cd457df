import path from 'node:path';
import { app, BrowserWindow, screen, type WebPreferences } from 'electron';
import { ORIGIN } from './origin.ts';
import { loadWindowState, MIN_HEIGHT, MIN_WIDTH, saveWindowState } from './window-state.ts';

/** A page that crashes again and again is not reloaded for ever. */
const MOST_RELOADS = 3;

function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    spellcheck: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    devTools: !app.isPackaged,
  };
}

/** Opens the workbench's one window. @param preload the built preload script */
export function openWindow(preload: string): BrowserWindow {
  const file = path.join(app.getPath('userData'), 'window.json');
  const state = loadWindowState(file, screen.getAllDisplays().map((d) => d.workArea));
  const window = new BrowserWindow({
    ...(state.bounds ?? { width: state.width, height: state.height }),
    minWidth: MIN_WIDTH, minHeight: MIN_HEIGHT, title: 'IISight', show: false, webPreferences: webPreferences(preload),
  });
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => saveWindowState(file, window.getNormalBounds(), window.isMaximized()));
  let reloads = 0;
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || reloads >= MOST_RELOADS) return;
    reloads += 1;
    window.webContents.reload();
  });
  void window.loadURL(`${ORIGIN}/`);
  return window;
}
