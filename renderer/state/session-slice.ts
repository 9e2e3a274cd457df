import type { EffectiveListName } from '../../shared/model/index.ts';
import { UTC, type Zone } from '../../shared/time/zone.ts';
import type { Density, Theme } from './appearance.ts';
import { GRAPH_SETUP, type GraphSetup, type GraphViewport } from './graph-setup.ts';
import type { Route, ViewName } from './route.ts';
import type { SetPart } from './set-part.ts';

/** The questions that the timeline answers: how much, what kinds, in what order, my story. */
export const TIMELINE_MODES = ['counts', 'stack', 'list', 'story'] as const;
export type TimelineMode = (typeof TIMELINE_MODES)[number];

export type ConfigTab = 'effective' | 'history' | 'compare' | 'search';

/** How the Config screen is set up. Files are named by their evidence paths, copies by their ids. */
export interface ConfigSetup {
  readonly tab: ConfigTab;
  /** Key of the application that is shown; null: the first. */
  readonly application: string | null;
  readonly list: EffectiveListName;
  /** Copy that stands for applicationHost.config; null: the file in force. */
  readonly asOf: string | null;
  /** The entries that differ from a default server first, instead of the order in which IIS uses them. */
  readonly oddFirst: boolean;
  /** Name whose lines are listed; null: closed. */
  readonly explain: string | null;
  /** File that the next comparison starts from. */
  readonly marked: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly sideBySide: boolean;
}
export const CONFIG_SETUP: ConfigSetup = { tab: 'effective', application: null, list: 'modules', asOf: null, oddFirst: false, explain: null, marked: null, from: null, to: null, sideBySide: false };

/** How the analyst has set the Components screen up. */
export interface ProgramSetup {
  readonly tab: string;
  /** Which of two files of one registration is shown: the one of 64-bit or the one of 32-bit processes. */
  readonly bits: 'native' | 'wow';
}
export const PROGRAM_SETUP: ProgramSetup = { tab: 'summary', bits: 'native' };

/** How the analyst has set the screens up; lives as long as the window, settings longer. */
export interface SessionSlice {
  readonly route: Route;
  readonly theme: Theme;
  readonly density: Density;
  readonly zone: Zone;
  /** The zone that was shown before UTC in this window; null: none yet. */
  readonly otherZone: Zone | null;
  readonly singleKeys: boolean;
  /** Filter text per view. */
  readonly filters: Readonly<Partial<Record<ViewName, string>>>;
  /** Filters that were applied in this session, per view, latest first. */
  readonly filterHistory: Readonly<Partial<Record<ViewName, readonly string[]>>>;
  /** Views whose filter is switched off for the moment. */
  readonly suspended: Readonly<Partial<Record<ViewName, boolean>>>;
  /** Id of the row that has the focus, per view: the place that is never lost. */
  readonly focused: Readonly<Partial<Record<ViewName, string>>>;
  readonly columns: Readonly<Partial<Record<ViewName, string>>>;
  readonly timelineMode: TimelineMode;
  /** Columns that were added to the timeline's list, by id. */
  readonly timelineColumns: readonly string[];
  readonly stackField: string;
  /** Half width of the context window around the focused event, in seconds; null when it is closed. */
  readonly contextSeconds: number | null;
  readonly logScale: boolean;
  /** The histogram draws every dated event, not only the days of logs and configuration copies. */
  readonly histogramAll: boolean;
  /** Every lane under the histogram, or the first few. */
  readonly allLanes: boolean;
  /** The range whose logs were asked to be read first; null: the usual order. */
  readonly readFirst: { readonly from: string; readonly to: string } | null;
  readonly graph: GraphSetup;
  readonly graphViewport: GraphViewport | null;
  readonly config: ConfigSetup;
  readonly program: ProgramSetup;
  navigate(view: ViewName, params?: Readonly<Record<string, string>>): void;
  setFilter(view: ViewName, text: string): void;
  setSuspended(view: ViewName, suspended: boolean): void;
  setFocused(view: ViewName, id: string | null, column?: string): void;
  set(part: Partial<Pick<SessionSlice, 'theme' | 'density' | 'zone' | 'otherZone' | 'singleKeys' | 'timelineMode' | 'timelineColumns' | 'stackField' | 'contextSeconds' | 'logScale' | 'histogramAll' | 'allLanes' | 'readFirst' | 'graph' | 'graphViewport'>>): void;
  setConfig(part: Partial<ConfigSetup>): void;
  setProgram(part: Partial<ProgramSetup>): void;
}

export const createSessionSlice = (set: SetPart<SessionSlice>): SessionSlice => ({
  route: { view: 'start', params: {} },
  theme: 'system',
  density: 'dense',
  zone: UTC,
  otherZone: null,
  singleKeys: true,
  filters: {},
  filterHistory: {},
  suspended: {},
  focused: {},
  columns: {},
  timelineMode: 'list',
  timelineColumns: [],
  stackField: 'source',
  contextSeconds: null,
  logScale: false,
  histogramAll: false,
  allLanes: false,
  readFirst: null,
  graph: GRAPH_SETUP,
  graphViewport: null,
  config: CONFIG_SETUP,
  program: PROGRAM_SETUP,
  navigate: (view, params = {}) => set({ route: { view, params } }),
  setFilter: (view, text) => set((s) => {
    const earlier = (s.filterHistory[view] ?? []).filter((t) => t !== text);
    return { filters: { ...s.filters, [view]: text }, ...(text.trim() === '' ? {} : { filterHistory: { ...s.filterHistory, [view]: [text, ...earlier].slice(0, 40) } }) };
  }),
  setSuspended: (view, suspended) => set((s) => ({ suspended: { ...s.suspended, [view]: suspended } })),
  setFocused: (view, id, column) => set((s) => {
    const next = { focused: { ...s.focused, [view]: id ?? undefined } };
    return column === undefined ? next : { ...next, columns: { ...s.columns, [view]: column } };
  }),
  set: (part) => set(part),
  setConfig: (part) => set((s) => ({ config: { ...s.config, ...part } })),
  setProgram: (part) => set((s) => ({ program: { ...s.program, ...part } })),
});

/** The filter as it is sent: empty while it is suspended. */
export function activeFilter(state: Pick<SessionSlice, 'filters' | 'suspended'>, view: ViewName): string {
  return state.suspended[view] === true ? '' : (state.filters[view] ?? '');
}
