import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { fail, ok, type Result } from '../../../shared/base/result.ts';
import type { CaseInfo } from '../../../shared/contract/case.ts';
import type { EngineLauncher, WireMessage, WireRequest } from '../../../shared/contract/index.ts';
import { startShell } from '../../../electron/shell/start.ts';
import { resetStandIn, told, type BrowserWindow } from '../../helpers/electron-stand-in.ts';

export const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-shell-'));
mkdirSync(path.join(folder, 'page'));
writeFileSync(path.join(folder, 'page/index.html'), '<!doctype html><title>IISight</title>');
writeFileSync(path.join(folder, 'page/main.js'), 'export {};');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An engine process that answers by a table; what is not in it fails. */
export class TableEngine implements EngineLauncher {
  readonly sent: WireRequest[] = [];
  stopped = 0;
  readonly table: Record<string, unknown>;
  #listener: ((message: WireMessage) => void) | null = null;
  constructor(table: Record<string, unknown> = {}) {
    this.table = table;
  }
  launch(): ReturnType<EngineLauncher['launch']> {
    return {
      pid: 1,
      send: (message) => {
        this.sent.push(message);
        const result: Result<unknown> = Object.hasOwn(this.table, message.name) ? ok(this.table[message.name]) : fail('unavailable', `no ${message.name} here`);
        queueMicrotask(() => this.tell({ kind: 'result', id: message.id, result }));
      },
      onMessage: (listener) => void (this.#listener = listener),
      onExit: () => undefined,
      stop: () => Promise.resolve(void (this.stopped += 1)),
    };
  }
  tell(message: WireMessage): void {
    this.#listener?.(message);
  }
  names(): readonly string[] {
    return this.sent.map((m) => m.name);
  }
}

export const NO_CASE: CaseInfo = {
  state: 'none', path: null, unsaved: false, title: '', examination: null, evidence: [], servers: [], revision: 0, partial: false,
  counts: { events: 0, components: 0, findings: { high: 0, medium: 0, low: 0, info: 0 }, notes: 0, problems: 0, missing: 0 },
};
export const UNSAVED: CaseInfo = { ...NO_CASE, state: 'open', path: '/tmp/x.iiscase', unsaved: true, title: 'WEB01' };

export interface Run {
  readonly engine: TableEngine;
  readonly window: BrowserWindow;
  /** Asks as the page would; `event` replaces the honest sender. */
  invoke(name: unknown, input: unknown, event?: object): Promise<Result<unknown>>;
}

/** Starts the whole shell on the stand-in. @param words what follows the program's name @param answers of its first dialogs */
export async function runShell(table: Record<string, unknown> = { 'case.info': NO_CASE }, words: readonly string[] = [], answers: readonly object[] = []): Promise<Run> {
  resetStandIn(path.join(folder, 'user'));
  told.answers.push(...answers);
  const before = process.argv;
  process.argv = ['/opt/iisight', ...words];
  const engine = new TableEngine(table);
  try {
    await startShell({ launcher: engine, rendererDir: path.join(folder, 'page'), preload: '/app/preload.cjs' });
  } finally {
    process.argv = before;
  }
  const window = told.windows[0];
  if (window === undefined) throw new Error('the shell opened no window');
  return {
    engine, window,
    invoke: async (name, input, event) => {
      const handler = told.invokes.get('iisight:request') as ((e: object, n: unknown, i: unknown) => Promise<Result<unknown>>) | undefined;
      if (handler === undefined) throw new Error('the shell listens on no channel');
      return handler(event ?? { sender: window.webContents, senderFrame: window.webContents.mainFrame }, name, input);
    },
  };
}

/** Lets everything that is ready to run, run. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
