import type { Output } from '../../shared/contract/index.ts';
import type { HostClient } from '../bridge/host-client.ts';
import { GRAPH_SETUP } from './graph-setup.ts';
import { QueryCache } from './query-cache.ts';
import { CONFIG_SETUP, PROGRAM_SETUP } from './session-slice.ts';
import { createAppStore, type AppStore } from './store.ts';

/** Everything that a screen or a command works with. */
export interface Workbench {
  readonly store: AppStore;
  readonly client: HostClient;
  readonly queries: QueryCache;
  /** Asks for the case's summary again; screens follow. */
  refresh(): Promise<void>;
  /** Another case (or none) is open now: nothing of the earlier one stays on screen. */
  caseReplaced(info: Output<'case.info'>): void;
  stop(): void;
}

/** While data streams in, screens ask again at most this often. */
const REFRESH_MS = 1500;

/** Requests whose answers keep their place by themselves and may therefore follow the data without being asked. */
const FOLLOWING = ['evidence.intake', 'list.list', 'list.hits', 'job.list', 'note.list', 'finding.list', 'component.list', 'image.list', 'evidence.problems', 'config.files', 'config.history', 'timeline.logs', 'timeline.coverage', 'case.recent'] as const;

export function createWorkbench(client: HostClient, after: (run: () => void, ms: number) => unknown = setTimeout): Workbench {
  const store = createAppStore();
  const queries = new QueryCache(client);
  let pending = false;

  const refresh = async (): Promise<void> => {
    const info = await client.request('case.info', {});
    if (info.ok) store.setState({ info: info.value, caseFailure: null });
    else store.setState({ caseFailure: info.failure.message });
  };

  const caseReplaced = (info: Output<'case.info'>): void => {
    store.setState({ info, filters: {}, filterHistory: {}, suspended: {}, focused: {}, columns: {}, newRows: 0, tally: null, contextSeconds: null, readFirst: null, graph: GRAPH_SETUP, graphViewport: null, config: CONFIG_SETUP, program: PROGRAM_SETUP });
    queries.clear();
  };

  const stops = [
    client.on('case.changed', ({ revision }) => {
      store.setState({ revision });
      if (pending) return;
      pending = true;
      after(() => {
        pending = false;
        void refresh();
        queries.changed(FOLLOWING);
      }, REFRESH_MS);
    }),
    client.on('job.progress', ({ jobs }) => store.setState({ jobs })),
    client.on('engine.restarted', ({ message }) => {
      store.setState({ notice: message });
      void refresh();
      queries.changed();
    }),
    client.onConnection((connection) => {
      const before = store.getState().connection;
      store.setState({ connection });
      if (connection === 'open' && before === 'lost') {
        void refresh();
        queries.changed();
      }
    }),
  ];
  return { store, client, queries, refresh, caseReplaced, stop: () => stops.forEach((stop) => stop()) };
}
