import { expect, it } from 'vitest';
import type { CaseModel } from '../../../../electron/jobs/model/case-model.ts';
import { historyEvents } from '../../../../electron/jobs/reading/history-events.ts';
import type { ConfigChange, ConfigCopy, CopySeries } from '../../../../shared/model/index.ts';

const copy = (id: string, series: CopySeries, order: number, sha256: string): ConfigCopy => ({
  id, series, of: 'C:\\a.config', server: 's', order, moment: { time: `2026-02-0${order}T10:00:00Z`, from: 'file-time', fidelity: 'mtime-only', order }, path: null, evidencePath: `e/${id}`, sha256,
});
const gone = (from: string, to: string, before: string): ConfigChange => ({
  what: 'removed', kind: 'native-module', section: 'system.webServer/globalModules', scope: 'server', name: 'Evil', before, after: null, from, to, refs: [], server: 's',
});

function told(poolChanges: readonly ConfigChange[]): string[] {
  const copies = [copy('C1', 'history', 1, 'a'), copy('C2', 'history', 2, 'b'), copy('pool:P', 'pool', 2, 'p'), copy('live', 'live', 3, 'b')];
  const history = { copies: copies.map((c) => ({ copy: c })), changes: [gone('C1', 'C2', 'image="e.dll"')], poolChanges };
  const model = { servers: [{ server: { id: 's' }, ...history }], bare: [] } as unknown as CaseModel;
  return [...historyEvents(model)].filter((e) => e.meaning === 'component-removed').map((e) => e.message);
}

it('a removal that the last copy shows is not told again from a pool, where that copy is the file in force', () => {
  expect(told([gone('pool:P', 'live', 'image="e.dll"')])).toEqual(['native-module Evil removed between C1 and C2']);
});

it('what a pool had otherwise is told beside it', () => {
  expect(told([gone('pool:P', 'live', 'image="other.dll"')])).toEqual(['native-module Evil removed between C1 and C2', 'native-module Evil removed between pool:P and live']);
});
