import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window stood when it was closed. `bounds` null: the system places it. */
export interface WindowState {
  readonly bounds: Rectangle | null;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

export const MIN_WIDTH = 800;
export const MIN_HEIGHT = 560;
const DEFAULT: WindowState = { bounds: null, width: 1440, height: 900, maximized: false };
const MAX_SIDE = 16_384;
const MAX_FILE = 4096;
/** Pixels of the window that must lie on a screen for it to be found again. */
const VISIBLE = 100;

/** Reads the state; anything odd (another screen layout, a damaged file) gives the default. */
export function loadWindowState(file: string, screens: readonly Rectangle[]): WindowState {
  const saved = read(file);
  if (saved === null) return DEFAULT;
  const { x, y, width, height, maximized } = saved;
  if (![x, y, width, height].every((n) => typeof n === 'number' && Number.isInteger(n) && Math.abs(n) <= MAX_SIDE)) return DEFAULT;
  const bounds = { x: Number(x), y: Number(y), width: Math.max(MIN_WIDTH, Number(width)), height: Math.max(MIN_HEIGHT, Number(height)) };
  const seen = screens.some((s) => overlap(bounds.x, bounds.width, s.x, s.width) >= VISIBLE && overlap(bounds.y, bounds.height, s.y, s.height) >= VISIBLE);
  return { bounds: seen ? bounds : null, width: bounds.width, height: bounds.height, maximized: maximized === true };
}

/** Writes the state by a rename, so that a crash leaves the old one. Failing is no fault: the window then opens as new. */
export function saveWindowState(file: string, bounds: Rectangle, maximized: boolean): void {
  const { x, y, width, height } = bounds;
  const temp = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(temp, `${JSON.stringify({ x, y, width, height, maximized })}\n`);
    renameSync(temp, file);
  } catch {
    // A full or read-only disk: nothing of the case is lost by it.
  }
}

function read(file: string): Record<string, unknown> | null {
  try {
    if (statSync(file).size > MAX_FILE) return null;
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : null;
  } catch {
    return null;
  }
}

function overlap(a: number, aLength: number, b: number, bLength: number): number {
  return Math.min(a + aLength, b + bLength) - Math.max(a, b);
}
