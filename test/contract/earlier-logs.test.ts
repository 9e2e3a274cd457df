import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TriageDocument } from '../../shared/contract/cli/documents.ts';
import { startEngine, triage, type TestEngine } from '../helpers/engine.ts';
import { makeTree, type Tree, zipTree } from '../helpers/tree.ts';

const HOST = `<configuration><system.applicationHost><applicationPools><add name="P" /></applicationPools><sites><site name="Main" id="1"><application path="/" applicationPool="P"><virtualDirectory path="/" physicalPath="C:\\inetpub\\wwwroot" /></application></site></sites></system.applicationHost></configuration>`;
const HEAD = '#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Fields: date time cs-method cs-uri-stem c-ip sc-status\r\n';
const rows = (day: string, ...paths: string[]): string => HEAD + paths.map((p, i) => `${day} 10:00:0${i} GET ${p} 10.0.0.1 200\r\n`).join('');
const LOGS = 'C/inetpub/logs/LogFiles/W3SVC1';
const TREE: Tree = {
  'C/Windows/System32/inetsrv/config/applicationHost.config': HOST,
  [`${LOGS}/u_ex260301.log`]: rows('2026-03-01', '/a', '/b', '/c'),
  [`VSS1/${LOGS}/u_ex260301.log`]: `${rows('2026-03-01', '/a', '/b')}${'\0'.repeat(5000)}`,
  [`VSS2/${LOGS}/u_ex260301.log`]: rows('2026-03-01', '/a', '/b', '/c'),
  [`${LOGS}/u_ex260302.log`]: rows('2026-03-02', '/a', '/c'),
  [`VSS1/${LOGS}/u_ex260302.log`]: rows('2026-03-02', '/a', '/shell', '/c'),
  [`VSS1/${LOGS}/u_ex260228.log`]: rows('2026-02-28', '/old'),
  [`VSS2/${LOGS}/u_ex260228.log`]: rows('2026-02-28', '/old', '/older'),
};

describe('logs of volume shadow copies', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.close());

  const told = ({ logs, problems, servers, timeline }: TriageDocument): object => ({
    logs: logs.map((l) => `${l.evidencePath} ${l.site ?? '-'} ${l.lines}`),
    rows: timeline.bySource['iis-log'],
    problems: problems.filter((p) => p.evidencePath.endsWith('.log')).map((p) => `${p.evidencePath}: ${p.kind} ${p.expected} ${p.server === servers[0]?.id} ${p.message}`),
  });
  const expected = {
    logs: [`${LOGS}/u_ex260301.log Main 3`, `${LOGS}/u_ex260302.log Main 2`, `VSS1/${LOGS}/u_ex260302.log Main 3`, `VSS2/${LOGS}/u_ex260228.log Main 2`],
    rows: 10,
    problems: [
      `VSS1/${LOGS}/u_ex260228.log: unsupported true true VSS2/${LOGS}/u_ex260228.log begins with all that stands here: the rows are counted there, and not again.`,
      `VSS1/${LOGS}/u_ex260301.log: unsupported true true C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex260301.log begins with all that stands here: the rows are counted there, and not again.`,
      `VSS1/${LOGS}/u_ex260302.log: anomaly false true The log in its place (C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex260302.log) does not begin with what stands here: lines were changed or taken out of one of them. The rows of both are counted.`,
      `VSS2/${LOGS}/u_ex260301.log: unsupported true true C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex260301.log begins with all that stands here: the rows are counted there, and not again.`,
    ],
  };

  it('count no request twice; what the drive has no more or otherwise is read, for its site', async () => {
    const { dir, cleanup } = await makeTree(TREE);
    try {
      expect(told(await triage(engine, dir))).toEqual(expected);
    } finally {
      await cleanup();
    }
  });

  it('in a zip too', async () => {
    const { file, cleanup } = await zipTree(TREE);
    try {
      expect(told(await triage(engine, file, 1))).toEqual(expected);
    } finally {
      await cleanup();
    }
  });
});
