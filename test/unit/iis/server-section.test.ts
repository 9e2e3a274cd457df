import { expect, test } from 'vitest';
import { effectiveLists, readServer } from '../../../electron/iis/index.ts';
import { host, serverFiles, SITE } from './support.ts';

const FOLDER = 'C:\\Windows\\System32\\inetsrv\\config\\';
const NOWHERE: readonly Record<string, string | null>[] = [{ [`${FOLDER}sites.config`]: null }, {}];
const moved = host().replace(`<sites>${SITE}</sites>`, '<sites configSource="sites.config" />');
const read = (applicationHost: string, others: Record<string, string | null> = {}): ReturnType<typeof readServer> => readServer(serverFiles(applicationHost, others), 'srv', null);

test('sites that configSource moved into another file are those of the server, with the lines of that file', () => {
  const others = { [`${FOLDER}sites.config`]: `<sites>\n${SITE}</sites>` };
  const { server, problems } = read(moved, others);
  expect(server.sites.map((s) => [s.name, s.source?.path, s.source?.line, s.applications.map((a) => a.path)])).toEqual([['Main', `${FOLDER}sites.config`, 2, ['/', '/app']]]);
  expect(problems).toEqual([]);
  expect(effectiveLists(serverFiles(moved, others), server, 'Main', '/app')).not.toBeNull();
});

test('sites that cannot be read are told, never taken for none', () => {
  for (const others of NOWHERE) {
    const { server, problems } = read(moved, others);
    expect(server.sites).toEqual([]);
    expect(problems).toEqual([{ kind: 'unreadable', message: expect.stringMatching(/sites|configSource/) as string, line: expect.any(Number) as number }]);
  }
});

test('a second site of one name is told with the first', () => {
  const { server, problems } = read(host({ sites: `${SITE}\n${SITE.replace('"Main"', '"MAIN"')}` }));
  expect(server.sites).toHaveLength(2);
  expect(problems.map((p) => p.message)).toEqual([expect.stringMatching(/^A second site has the name "MAIN" \(the first stands at line \d+\): IIS refuses the file/)]);
});
