import { createStore, type StoreApi } from 'zustand/vanilla';
import { createCaseSlice, type CaseSlice } from './case-slice.ts';
import { createEphemeralSlice, type EphemeralSlice } from './ephemeral-slice.ts';
import { createFilterSlice, type FilterSlice } from './filter-slice.ts';
import { createSessionSlice, type SessionSlice } from './session-slice.ts';

/** One store; each slice says how long its part lives. */
export type AppState = CaseSlice & SessionSlice & FilterSlice & EphemeralSlice;
export type AppStore = StoreApi<AppState>;

export function createAppStore(): AppStore {
  return createStore<AppState>()((set) => ({
    ...createCaseSlice(),
    ...createSessionSlice(set),
    ...createFilterSlice(set),
    ...createEphemeralSlice(set),
  }));
}
