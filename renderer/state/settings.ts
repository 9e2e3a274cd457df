import { parseZone, zoneText, UTC } from '../../shared/time/zone.ts';
import { DENSITIES, THEMES } from './appearance.ts';
import type { AppStore } from './store.ts';

const KEY = 'iisight.settings';

/** The part of browser storage that settings need. */
export interface SettingsStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** Reads the settings of the last window and writes every later change. Storage that refuses is no fault: settings then last as long as the window. */
export function keepSettings(store: AppStore, storage: SettingsStorage): () => void {
  const saved = read(storage);
  store.setState({
    theme: THEMES.find((t) => t === saved.get('theme')) ?? 'system',
    density: DENSITIES.find((d) => d === saved.get('density')) ?? 'dense',
    zone: parseZone(saved.get('zone') ?? 'UTC') ?? UTC,
    singleKeys: saved.get('singleKeys') !== 'off',
  });
  return store.subscribe((now, before) => {
    if (now.theme === before.theme && now.density === before.density && now.zone === before.zone && now.singleKeys === before.singleKeys) return;
    try {
      storage.setItem(KEY, JSON.stringify({ theme: now.theme, density: now.density, zone: zoneText(now.zone), singleKeys: now.singleKeys ? 'on' : 'off' }));
    } catch {
      // A full or forbidden storage: nothing of the case is lost by it.
    }
  });
}

function read(storage: SettingsStorage): Map<string, string> {
  try {
    const parsed: unknown = JSON.parse(storage.getItem(KEY) ?? '{}');
    return new Map(Object.entries(parsed ?? {}).map(([key, value]) => [key, String(value)]));
  } catch {
    return new Map();
  }
}
