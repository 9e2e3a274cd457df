import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { quote } from '../../shared/base/limits.ts';
import { fail, type Result } from '../../shared/base/result.ts';
import { events, isRequestName, requests, type EventName, type EventPayload } from '../../shared/contract/index.ts';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '../../shared/contract/names.ts';
import type { HostHandlers } from './dialogs.ts';
import { isOwnUrl } from './origin.ts';

/** What the transport needs of the engine's client. */
export interface EngineEnd {
  raw(name: string, input: unknown): Promise<Result<unknown>>;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
}

/** Only the page itself, in the top frame of our window, may ask. */
function isTrusted(event: IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  if (frame === null || window === null || window.isDestroyed()) return false;
  return event.sender === window.webContents && frame === window.webContents.mainFrame && isOwnUrl(frame.url);
}

/** Connects the page with the engine and the host: one channel in, one out, everything checked against the contract. */
export function connectPage(engine: EngineEnd, host: HostHandlers, window: () => BrowserWindow | null): void {
  ipcMain.handle(REQUEST_CHANNEL, async (event, name: unknown, input: unknown): Promise<Result<unknown>> => {
    if (!isTrusted(event, window())) return fail('usage', 'This page may not ask.');
    if (typeof name !== 'string' || !isRequestName(name)) return fail('usage', 'There is no such request.');
    const parsed = requests[name].input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return fail('usage', `${name}: ${quote(issue?.path.join('.') || 'input')}: ${quote(issue?.message ?? 'not valid')}`);
    }
    try {
      if (!Object.hasOwn(host, name)) return await engine.raw(name, input);
      const handler = host[name as keyof HostHandlers] as (value: unknown) => Promise<Result<unknown>>;
      return await handler(parsed.data);
    } catch (error) {
      return fail('bug', `${name} failed: ${error instanceof Error ? quote(error.message) : 'unknown error'}`);
    }
  });
  for (const name of Object.keys(events) as EventName[]) engine.on(name, (payload) => tellPage(window(), name, payload));
}

/** Tells the page of an event, if there is a page. */
export function tellPage<N extends EventName>(window: BrowserWindow | null, name: N, payload: EventPayload<N>): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, name, payload);
}
