import { contextBridge, ipcRenderer } from 'electron';
import { fail } from '../../shared/base/result.ts';
import { EVENT_CHANNEL, EVENT_NAMES, REQUEST_CHANNEL, REQUEST_NAMES } from '../../shared/contract/names.ts';

type Listener = (payload: unknown) => void;

const known = new Set(REQUEST_NAMES);
const listeners = new Map<string, Set<Listener>>(EVENT_NAMES.map((name) => [name, new Set<Listener>()]));

// The event object leads to the sender and is never passed on.
ipcRenderer.on(EVENT_CHANNEL, (_event, name: unknown, payload: unknown) => {
  for (const listener of listeners.get(String(name)) ?? []) listener(payload);
});

// All that the page gets of Electron: two functions over the names of the contract.
contextBridge.exposeInMainWorld('iisight', {
  request: (name: unknown, input: unknown): Promise<unknown> =>
    typeof name === 'string' && known.has(name) ? ipcRenderer.invoke(REQUEST_CHANNEL, name, input) : Promise.resolve(fail('usage', 'There is no such request.')),
  on: (name: unknown, listener: unknown): (() => void) => {
    const set = typeof name === 'string' ? listeners.get(name) : undefined;
    if (set === undefined || typeof listener !== 'function') return () => undefined;
    // One entry per call, so that the same function may listen twice and stop once.
    const entry: Listener = (payload) => void (listener as Listener)(payload);
    set.add(entry);
    return () => void set.delete(entry);
  },
});
