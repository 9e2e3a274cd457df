import path from 'node:path';
import { app, dialog, type BrowserWindow, type FileFilter } from 'electron';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import type { Output, ParsedInput, RequestName } from '../../shared/contract/index.ts';

export type HostRequestName = Extract<RequestName, `host.${string}`>;
export type HostHandlers = { readonly [N in HostRequestName]: (input: ParsedInput<N>) => Promise<Result<Output<N>>> };

type Picked = Result<{ path: string | null; inPage: boolean }>;

/** Filters of a file dialog; an extension that is not plain letters and digits is left out. */
export function fileFilters(extensions: readonly string[]): FileFilter[] {
  const plain = extensions.filter((e) => /^[A-Za-z0-9]{1,16}$/.test(e));
  if (plain.length === 0) return [];
  return [{ name: plain.map((e) => `*.${e}`).join(', '), extensions: plain }, { name: 'All files', extensions: ['*'] }];
}

/** The requests that this host answers itself, with the system's own dialogs over the window. */
export function shellRequests(window: () => BrowserWindow | null, print: HostHandlers['host.printPdf']): HostHandlers {
  let showing = false;
  const one = async (show: (over: BrowserWindow) => Promise<string | undefined>): Promise<Picked> => {
    const over = window();
    if (over === null) return fail('unavailable', 'There is no window for a dialog.');
    // A page out of control must not be able to pile up dialogs.
    if (showing) return fail('conflict', 'A dialog is open already.');
    showing = true;
    try {
      return ok({ path: (await show(over)) ?? null, inPage: false });
    } finally {
      showing = false;
    }
  };
  return {
    'host.info': () => Promise.resolve(ok({ kind: 'electron', version: app.getVersion(), platform: process.platform })),
    'host.pickFolder': ({ title }) => one(async (over) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(over, { title, properties: ['openDirectory', 'dontAddToRecent'] });
      return canceled ? undefined : filePaths[0];
    }),
    'host.pickFile': ({ title, extensions }) => one(async (over) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(over, { title, filters: fileFilters(extensions), properties: ['openFile', 'dontAddToRecent'] });
      return canceled ? undefined : filePaths[0];
    }),
    'host.pickSave': ({ title, suggested }) => one(async (over) => {
      const { canceled, filePath } = await dialog.showSaveDialog(over, {
        title, defaultPath: path.basename(suggested), filters: fileFilters([path.extname(suggested).slice(1)]), properties: ['showOverwriteConfirmation', 'dontAddToRecent'],
      });
      return canceled || filePath === '' ? undefined : filePath;
    }),
    'host.printPdf': print,
    'host.listFolder': () => Promise.resolve(fail('usage', 'This host has dialogs of its own and lists no folders.')),
  };
}
