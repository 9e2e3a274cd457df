import path from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import { requests } from '../../shared/contract/index.ts';
import type { EngineEnd } from './transport.ts';

/** The case or evidence among the words that the program was started with; null when there is none. */
export function openArgument(argv: readonly string[], cwd: string, packaged: boolean): string | null {
  // Unpackaged, the word after the program is the application's own folder.
  const words = argv.slice(packaged ? 1 : 2).filter((w) => w !== '' && !w.startsWith('-'));
  const first = words[0];
  return first === undefined ? null : path.resolve(cwd, first);
}

/** Opens a case, or begins one for evidence in a temporary place. @returns what to tell the user when that failed, else null. */
export async function openNamed(engine: EngineEnd, target: string): Promise<string | null> {
  const isCase = /\.iiscase$/i.test(target);
  const result = isCase ? await engine.raw('case.open', { path: target, resume: true }) : await engine.raw('case.create', { path: null, evidence: target });
  return result.ok ? null : `${path.basename(target)} cannot be opened. ${result.failure.message}`;
}

/** The same while a window is there: what is open is closed only if the user says so. */
export async function openOver(engine: EngineEnd, target: string, window: BrowserWindow): Promise<void> {
  if (!(await mayReplace(engine, target, window))) return;
  const message = await openNamed(engine, target);
  if (message !== null && !window.isDestroyed()) await showFailure(window, message);
}

export async function showFailure(window: BrowserWindow, message: string): Promise<void> {
  await dialog.showMessageBox(window, { type: 'error', title: 'IISight', message });
}

async function mayReplace(engine: EngineEnd, target: string, window: BrowserWindow): Promise<boolean> {
  const info = await openCase(engine);
  if (info === null || info.path === target) return true;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question', title: 'IISight', message: `Close ${info.title} and open ${path.basename(target)}?`,
    detail: info.unsaved ? 'The open case has no name yet and goes when it is closed.' : 'Everything noted is in its case file.',
    buttons: ['Keep the open case', 'Open the other'], defaultId: 0, cancelId: 0,
  });
  return response === 1;
}

/** What is open in the engine; null when nothing is, or it does not say. */
export async function openCase(engine: EngineEnd): Promise<{ path: string | null; title: string; unsaved: boolean } | null> {
  const result = await engine.raw('case.info', {});
  const info = result.ok ? requests['case.info'].output.safeParse(result.value) : null;
  return info?.success === true && info.data.state === 'open' ? info.data : null;
}
