import { app, dialog, session, type BrowserWindow } from 'electron';
import type { EngineLauncher } from '../../shared/contract/index.ts';
import { EngineClient } from '../../shared/contract/engine-client.ts';
import { guardUnsaved } from './close-guard.ts';
import { shellRequests } from './dialogs.ts';
import { hardenProcess, hardenSession } from './hardening.ts';
import { installMenu } from './menu.ts';
import { openArgument, openNamed, openOver, showFailure } from './open-argument.ts';
import { declarePageScheme, servePage } from './page-scheme.ts';
import { printReport } from './print.ts';
import { connectPage, tellPage } from './transport.ts';
import { openWindow } from './window.ts';

export interface ShellOptions {
  readonly launcher: EngineLauncher;
  /** The folder with the built page. */
  readonly rendererDir: string;
  /** The built preload script. */
  readonly preload: string;
}

/** Runs the desktop program: one instance, one window, one engine process. Resolves when the window is there. */
export async function startShell({ launcher, rendererDir, preload }: ShellOptions): Promise<void> {
  if (!app.requestSingleInstanceLock()) return app.quit();
  hardenProcess();
  declarePageScheme();
  const early: string[] = [];
  const open = { now: (target: string): void => void early.push(target) };
  // macOS names the file by an event, which may come before anything is ready.
  app.on('open-file', (event, file) => {
    event.preventDefault();
    open.now(file);
  });
  await app.whenReady();

  hardenSession(session.defaultSession, { development: !app.isPackaged });
  try {
    servePage(session.defaultSession, rendererDir);
  } catch (error) {
    dialog.showErrorBox('IISight', error instanceof Error ? error.message : String(error));
    return app.exit(1);
  }
  const engine = new EngineClient(launcher);
  let window: BrowserWindow | null = null;
  const current = (): BrowserWindow | null => window;
  connectPage(engine, shellRequests(current, (target) => printReport(engine, target)), current);
  installMenu((command) => tellPage(current(), 'host.command', { command }));

  const named = openArgument(process.argv, process.cwd(), app.isPackaged) ?? early[0];
  // Opened before the page is there, so that it shows the case at once.
  const failure = named === undefined ? null : await openNamed(engine, named);
  const opened = openWindow(preload);
  window = opened;
  guardUnsaved(opened, engine);
  opened.on('closed', () => (window = null));
  if (failure !== null) void showFailure(opened, failure);

  open.now = (target) => void openOver(engine, target, opened);
  app.on('second-instance', (_event, argv, cwd) => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
    const target = openArgument(argv, cwd, app.isPackaged);
    if (target !== null) open.now(target);
  });
  app.on('window-all-closed', () => app.quit());
  endWithEngine(engine);
}

/** The program ends when the engine has written its last checkpoint. */
function endWithEngine(engine: EngineClient): void {
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void engine.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
}
