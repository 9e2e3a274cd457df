/**
 * Stands in for Electron where its binary is not there: the parts that the shell and the preload use, typed from
 * Electron's own declarations, so that a call that Electron does not have is an error of the compiler. It records what
 * it was told and lets a test fire events. Used by `vi.mock('electron', () => import('.../electron-stand-in.ts'))`.
 */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';

type Handler = (...values: never[]) => unknown;

const blank = () => ({
  quits: 0,
  exits: [] as number[],
  sandboxed: false,
  locked: true,
  switches: new Map<string, string | undefined>(),
  schemes: [] as Electron.CustomScheme[],
  protocols: new Map<string, (request: Request) => Response | Promise<Response>>(),
  invokes: new Map<string, Handler>(),
  windows: [] as BrowserWindow[],
  menu: null as Electron.MenuItemConstructorOptions[] | null,
  dialogs: [] as { kind: string; options: object }[],
  /** Answers of the next dialogs, first in first out. */
  answers: [] as object[],
  children: [] as StandInChild[],
  session: new Map<string, Handler>(),
  spellChecker: true,
  exposed: new Map<string, Record<string, Handler>>(),
  asked: [] as unknown[][],
  printed: [] as Electron.PrintToPDFOptions[],
  /** What sessions of their own answered to the pages that were loaded in them. */
  served: [] as Response[],
  partitions: [] as { name: string; scheme: string | null }[],
  userData: '',
});
/** Everything that the stand-in was told, for assertions. */
export const told = blank();

/** `on` and `once` of the real thing have one overload per event; the stand-in takes any. */
function emitter<T>(): { bus: EventEmitter; on: T; once: T } {
  const bus = new EventEmitter();
  return { bus, on: bus.on.bind(bus) as unknown as T, once: bus.once.bind(bus) as unknown as T };
}

const appEvents = emitter<Electron.App['on']>();
export const app: Pick<Electron.App, 'requestSingleInstanceLock' | 'quit' | 'exit' | 'whenReady' | 'enableSandbox' | 'getPath' | 'getVersion' | 'isPackaged' | 'on'>
  & { commandLine: Pick<Electron.CommandLine, 'appendSwitch'>; isPackaged: boolean } = {
  isPackaged: true,
  requestSingleInstanceLock: () => told.locked,
  quit: () => void (told.quits += 1),
  exit: (code) => void told.exits.push(code ?? 0),
  whenReady: () => Promise.resolve(),
  enableSandbox: () => void (told.sandboxed = true),
  getPath: () => told.userData,
  getVersion: () => '9.8.7',
  on: appEvents.on,
  commandLine: { appendSwitch: (name, value) => void told.switches.set(name, value) },
};
/** Fires an event of the application. */
export const fireApp = (name: string, ...values: unknown[]): boolean => appEvents.bus.emit(name, ...values);

export class StandInContents {
  readonly #events = emitter<Electron.WebContents['on']>();
  readonly on = this.#events.on;
  readonly sent: unknown[][] = [];
  readonly mainFrame = { url: 'app://iisight/' };
  reloads = 0;
  windowOpen: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null;
  readonly setWindowOpenHandler: Electron.WebContents['setWindowOpenHandler'] = (handler) => void (this.windowOpen = handler);
  readonly send: Electron.WebContents['send'] = (...values) => void this.sent.push(values);
  readonly printToPDF: Electron.WebContents['printToPDF'] = (options) => {
    told.printed.push(options);
    return Promise.resolve(Buffer.from('%PDF-1.7\n'));
  };
  readonly reload: Electron.WebContents['reload'] = () => void (this.reloads += 1);
  fire(name: string, ...values: unknown[]): boolean {
    return this.#events.bus.emit(name, ...values);
  }
}

type WindowPart = 'loadURL' | 'show' | 'focus' | 'restore' | 'isMinimized' | 'isDestroyed' | 'maximize' | 'isMaximized' | 'getNormalBounds' | 'close' | 'destroy' | 'on' | 'once';
export class BrowserWindow implements Pick<Electron.BrowserWindow, WindowPart> {
  readonly #events = emitter<Electron.BrowserWindow['on']>();
  readonly on = this.#events.on;
  readonly once = this.#events.once as Electron.BrowserWindow['once'];
  readonly webContents = new StandInContents();
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly loaded: string[] = [];
  readonly did: string[] = [];
  bounds = { x: 10, y: 20, width: 1000, height: 700 };
  maximized = false;
  destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    this.options = options;
    told.windows.push(this);
    fireApp('web-contents-created', {}, this.webContents);
  }
  readonly loadURL: Electron.BrowserWindow['loadURL'] = async (url) => {
    this.loaded.push(url);
    const own = this.options.webPreferences?.session;
    const answer = own === undefined ? undefined : pages.get(own)?.(new Request(url.replace('app:', 'http:')));
    if (answer !== undefined) told.served.push(await answer);
  };
  readonly destroy = (): void => void (this.destroyed = true);
  readonly show = (): void => void this.did.push('show');
  readonly focus = (): void => void this.did.push('focus');
  readonly restore = (): void => void this.did.push('restore');
  readonly isMinimized = (): boolean => true;
  readonly isDestroyed = (): boolean => this.destroyed;
  readonly maximize = (): void => void (this.maximized = true);
  readonly isMaximized = (): boolean => this.maximized;
  readonly getNormalBounds = (): Electron.Rectangle => this.bounds;
  /** As Electron does: asks the listeners first, and is gone unless one of them prevents it. */
  readonly close = (): void => {
    const event = preventable();
    this.fire('close', event);
    if (event.defaultPrevented) return;
    this.destroyed = true;
    this.fire('closed');
  };
  fire(name: string, ...values: unknown[]): boolean {
    return this.#events.bus.emit(name, ...values);
  }
}

/** An event whose default can be prevented. */
export function preventable(): { defaultPrevented: boolean; preventDefault(): void } {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

function answer<T>(kind: string) {
  return (_window: unknown, options: object): Promise<T> => {
    told.dialogs.push({ kind, options });
    const next = told.answers.shift();
    return next === undefined ? Promise.reject(new Error(`no answer was prepared for ${kind}`)) : Promise.resolve(next as T);
  };
}
export const dialog = {
  showOpenDialog: answer<Electron.OpenDialogReturnValue>('open') as Electron.Dialog['showOpenDialog'],
  showSaveDialog: answer<Electron.SaveDialogReturnValue>('save') as Electron.Dialog['showSaveDialog'],
  showMessageBox: answer<Electron.MessageBoxReturnValue>('message') as Electron.Dialog['showMessageBox'],
  showErrorBox: (title: string, content: string): void => void told.dialogs.push({ kind: 'error', options: { title, content } }),
} satisfies Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'>;

export const ipcMain: Pick<Electron.IpcMain, 'handle'> = { handle: (channel, listener) => void told.invokes.set(channel, listener as Handler) };

export const Menu = {
  buildFromTemplate: ((template: Electron.MenuItemConstructorOptions[]) => template) as unknown as typeof Electron.Menu.buildFromTemplate,
  setApplicationMenu: ((menu: unknown) => void (told.menu = menu as Electron.MenuItemConstructorOptions[])) as typeof Electron.Menu.setApplicationMenu,
} satisfies Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>;

export const protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged'> = { registerSchemesAsPrivileged: (schemes) => void told.schemes.push(...schemes) };

export const screen: { getAllDisplays(): Pick<Electron.Display, 'workArea'>[] } = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };

const sessionEvents = emitter<Electron.Session['on']>();
const keep = (name: string) => (handler: Handler | null): void => void told.session.set(name, handler ?? (() => undefined));
const defaultSession: Pick<Electron.Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setDisplayMediaRequestHandler' | 'setSpellCheckerEnabled' | 'on'>
  & { protocol: Pick<Electron.Protocol, 'handle'>; webRequest: Pick<Electron.WebRequest, 'onBeforeRequest'> } = {
  setPermissionRequestHandler: keep('permission request'),
  setPermissionCheckHandler: keep('permission check'),
  setDevicePermissionHandler: keep('device permission'),
  setDisplayMediaRequestHandler: keep('display media'),
  setSpellCheckerEnabled: (on) => void (told.spellChecker = on),
  on: sessionEvents.on,
  protocol: { handle: (scheme, handler) => void told.protocols.set(scheme, handler) },
  webRequest: { onBeforeRequest: keep('before request') as unknown as Electron.WebRequest['onBeforeRequest'] },
};
type Page = Parameters<Electron.Protocol['handle']>[1];
/** What each session of its own answers to a page. */
const pages = new Map<object, Page>();
export const session = {
  defaultSession,
  fromPartition: (name: string): typeof defaultSession => {
    const partition = { name, scheme: null as string | null };
    told.partitions.push(partition);
    const own = {
      ...defaultSession,
      protocol: {
        handle: (scheme: string, handler: Page): void => {
          partition.scheme = scheme;
          pages.set(own, handler);
        },
        unhandle: (): void => void (partition.scheme = null),
      },
    };
    return own;
  },
};
/** Fires an event of the session. */
export const fireSession = (name: string, ...values: unknown[]): boolean => sessionEvents.bus.emit(name, ...values);

export class StandInChild implements Pick<Electron.UtilityProcess, 'on' | 'once' | 'postMessage' | 'kill' | 'pid'> {
  readonly #events = emitter<Electron.UtilityProcess['on']>();
  readonly on = this.#events.on;
  readonly once = this.#events.once as Electron.UtilityProcess['once'];
  readonly pid = 4711;
  readonly posted: unknown[] = [];
  killed = false;
  readonly file: string;
  readonly options: Electron.ForkOptions | undefined;
  constructor(file: string, options: Electron.ForkOptions | undefined) {
    this.file = file;
    this.options = options;
  }
  readonly postMessage: Electron.UtilityProcess['postMessage'] = (message: unknown) => void this.posted.push(message);
  readonly kill = (): boolean => (this.killed = true);
  fire(name: string, ...values: unknown[]): boolean {
    return this.#events.bus.emit(name, ...values);
  }
}
export const utilityProcess = {
  fork: (file: string, _words?: string[], options?: Electron.ForkOptions): StandInChild => {
    const child = new StandInChild(file, options);
    told.children.push(child);
    return child;
  },
};

const rendererEvents = emitter<Electron.IpcRenderer['on']>();
export const ipcRenderer: Pick<Electron.IpcRenderer, 'on' | 'invoke'> = {
  on: rendererEvents.on,
  invoke: (...values) => {
    told.asked.push(values);
    return Promise.resolve({ ok: true, value: values });
  },
};
/** What the main process sends to the preload. */
export const fireRenderer = (channel: string, ...values: unknown[]): boolean => rendererEvents.bus.emit(channel, ...values);
export const contextBridge: Pick<Electron.ContextBridge, 'exposeInMainWorld'> = { exposeInMainWorld: (key, api) => void told.exposed.set(key, api as Record<string, Handler>) };

/** Forgets everything, so that the next test starts with a fresh program. */
export function resetStandIn(userData: string): void {
  Object.assign(told, blank(), { userData });
  for (const { bus } of [appEvents, sessionEvents, rendererEvents]) bus.removeAllListeners();
  app.isPackaged = true;
}
