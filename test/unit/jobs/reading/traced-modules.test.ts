import { describe, expect, test } from 'vitest';
import { registrations } from '../../../../electron/iis/index.ts';
import { readServer } from '../../../../electron/iis/server-model.ts';
import type { ServerModel } from '../../../../electron/jobs/model/case-model.ts';
import type { TracedRequest } from '../../../../electron/jobs/reading/freb.ts';
import { tracedModules } from '../../../../electron/jobs/reading/served/traced-modules.ts';
import type { TracedModule } from '../../../../electron/findings/index.ts';
import { configurationFile, host, serverFiles, webConfig } from '../../iis/support.ts';

const request = (time: string, modules: readonly string[], server = 'srv'): TracedRequest => ({
  server, site: 'Main', url: 'http://x/a', verb: 'GET', time,
  modules: modules.map((module) => ({ module, notification: 'BEGIN_REQUEST', ref: { path: null, evidencePath: `fr-${time}`, line: 1, sha256: '' } })),
});

function found(requests: readonly TracedRequest[], options: { readonly applicationHost?: string; readonly copies?: Readonly<Record<string, string>> } = {}): readonly TracedModule[] {
  const files = serverFiles(options.applicationHost ?? host(), { 'C:\\www\\sub\\web.config': webConfig('<modules><add name="Sub" type="T.Sub" /></modules>') });
  const { server } = readServer(files, 'srv', null);
  const copies = Object.entries(options.copies ?? {}).map(([id, text]) => ({ copy: { id }, file: configurationFile(`C:\\${id}\\applicationHost.config`, text) }));
  return tracedModules({ server, files, copies } as unknown as ServerModel, registrations(files, server), requests);
}

describe('modules of traces', () => {
  test('a name that no list has, with its first and last request', () => {
    expect(found([request('2026-03-02T11:00:00Z', ['A', 'Evil']), request('2026-03-02T10:00:00Z', ['Evil'])])).toEqual([{
      module: 'Evil', traces: 2, first: '2026-03-02T10:00:00Z', last: '2026-03-02T11:00:00Z', urls: ['GET http://x/a'], notifications: ['BEGIN_REQUEST'], copies: [],
      refs: [{ path: null, evidencePath: 'fr-2026-03-02T10:00:00Z', line: 1, sha256: '' }, { path: null, evidencePath: 'fr-2026-03-02T11:00:00Z', line: 1, sha256: '' }],
    }]);
  });
  test('nothing for names of any list at any level, for the core\'s own names, and for another server', () => {
    expect(found([request('1', ['A', 'B', 'Sub', 'IIS Web Core', 'ManagedPipelineHandler', 'global.asax'])])).toEqual([]);
    expect(found([request('1', ['Evil'], 'other')])).toEqual([]);
  });
  test('letter case counts, as it does for IIS', () => {
    expect(found([request('1', ['a'])]).map((m) => m.module)).toEqual(['a']);
  });
  test('copies that have it are named', () => {
    const copy = host({ globalModules: '<add name="Evil" image="e.dll" />' });
    expect(found([request('1', ['Evil'])], { copies: { CFGHISTORY_0000000001: copy, CFGHISTORY_0000000002: host() } })[0]?.copies).toEqual(['CFGHISTORY_0000000001']);
  });
  test('a damaged file says nothing of what it lacks', () => {
    expect(found([request('1', ['Evil'])], { applicationHost: host().slice(0, -200) })).toEqual([]);
  });
});
