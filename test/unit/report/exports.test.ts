import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { csvRows } from '../../../electron/report/exports/csv.ts';
import { manifestLine, manifestLines } from '../../../electron/report/exports/manifest.ts';
import { noteLine, timesketchLine } from '../../../electron/report/exports/timesketch.ts';
import type { Component, EvidenceFile, Finding, TimelineEvent } from '../../../shared/model/index.ts';
import { componentOf, findingOf, noteOf } from './material.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function* each<T>(...items: readonly T[]): AsyncGenerator<T, void, undefined> {
  yield* items;
}

/** Cells by RFC 4180. */
function cells(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1);
}

async function csv(components: readonly Component[], findings: readonly Finding[]): Promise<{ text: string; rows: number }> {
  let text = '';
  let rows = 0;
  for await (const piece of csvRows(each(...components), each(...findings), new Map())) {
    text += piece.text;
    rows += piece.rows;
  }
  return { text, rows };
}

describe('components and findings as CSV', () => {
  it('has a row for each pair, for a component without findings and for a finding without a component', async () => {
    const { text, rows } = await csv([componentOf('c1'), componentOf('c2', { findings: [] })], [findingOf('f1'), findingOf('f2'), findingOf('f3', { component: null }), findingOf('f4', { component: 'gone' })]);
    const table = cells(text);
    expect(rows).toBe(5);
    expect(table.length).toBe(6);
    expect(new Set(table.map((row) => row.length))).toEqual(new Set([33]));
    expect(table.map((row) => [row[1], row[20]]).slice(1)).toEqual([['c1', 'f1'], ['c1', 'f2'], ['c2', ''], ['', 'f3'], ['', 'f4']]);
    expect(text.charCodeAt(0)).toBe(0xfeff);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\uff1d1', '\uff0b1', '\uff0d1', '\uff201', '=HYPERLINK("http://evil.example/")', '"=1', ',=1', '\n=1'])('no cell begins a formula: %j', async (payload) => {
    const { text } = await csv([componentOf('c1', { name: payload, image: payload, type: payload })], [findingOf('f1', { title: payload, supports: [payload], refutes: [payload] })]);
    const table = cells(text);
    expect(table.length).toBe(2);
    // oxlint-disable-next-line no-control-regex -- the tab is one of the characters that are looked for
    for (const cell of table.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/);
  });
});

const EVENT: TimelineEvent = {
  id: 'e1', time: '2026-03-02T14:11:58.1234567Z', timeMeaning: 'request-finished', fidelity: 'exact', source: 'iis-log', what: 'GET 200', message: 'GET / 200', server: 's1', site: 'Shop',
  fields: [{ name: 'cs(User-Agent)', value: 'x' }, { name: 'cs-uri-stem', value: '/' }, { name: 'message', value: 'mine' }, { name: 'cs-uri-stem', value: 'again' }], ref: { path: null, evidencePath: 'a.log', line: 3, offset: 9, length: 4, sha256: 'ab' }, tags: ['call'],
};

describe('lines for Timesketch', () => {
  it('have what it asks for, with microseconds', () => {
    expect(JSON.parse(timesketchLine(EVENT))).toMatchObject({
      message: 'GET / 200', datetime: '2026-03-02T14:11:58.123456+00:00', timestamp: 1_772_460_718_123_456, timestamp_desc: 'request finished', exact_time: '2026-03-02T14:11:58.1234567Z',
      cs_user_agent: 'x', cs_uri_stem: '/', other_fields: 'message=mine\ncs-uri-stem=again', tag: ['call'], evidence_path: 'a.log', line: 3, offset: 9, sha256: 'ab',
    });
    expect(JSON.parse(timesketchLine({ ...EVENT, time: '1969-12-31T23:59:59.9999999Z' }))).toMatchObject({ datetime: '1969-12-31T23:59:59.999999+00:00', timestamp: -1 });
  });

  it('leave out what nothing dates', () => {
    expect(timesketchLine({ ...EVENT, time: null })).toBe('');
    expect(noteLine(noteOf('n', { about: null }))).toBe('');
  });

  it('have no more names of fields than are known, whatever a log names', () => {
    const known = new Set(Object.keys(JSON.parse(timesketchLine(EVENT)) as object));
    fc.assert(fc.property(fc.array(fc.record({ name: fc.string(), value: fc.string() })), (fields) => {
      const line = timesketchLine({ ...EVENT, fields });
      expect(line.indexOf('\n')).toBe(line.length - 1);
      for (const key of Object.keys(JSON.parse(line) as object)) expect(known.has(key) || /^(s|c|cs|sc|x|time)_?[a-z0-9_]*$|^streamid$/.test(key)).toBe(true);
    }));
  });
});

const fileOf = (evidencePath: string, sha256: string | null): EvidenceFile => ({ path: null, evidencePath, server: null, size: 1, modified: null, created: null, timeFidelity: 'none', sha256, artifact: null });

describe('the manifest of the evidence', () => {
  it('is accepted by sha256sum, odd names included', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-manifest-'));
    folders.push(folder);
    const names = ['plain.txt', 'sub/with space.txt', 'back\\slash', 'line\nfeed', 'carriage\rreturn', '\\both\n', ' leading', '*star', 'ümlaut', '-dash'];
    mkdirSync(path.join(folder, 'sub'));
    const files = names.map((name) => {
      writeFileSync(path.join(folder, name), name);
      return fileOf(name, createHash('sha256').update(name).digest('hex'));
    });
    const tally = { lines: 0, unhashed: 0, packed: 0 };
    let text = '';
    for await (const line of manifestLines(each([...files, fileOf('not-hashed', null)], [fileOf('plain.txt/inner.log', 'ab'.repeat(32))]), tally)) text += line;
    const manifest = path.join(folder, '..', `${path.basename(folder)}.sha256`);
    folders.push(manifest);
    writeFileSync(manifest, text);
    const said = execFileSync('sha256sum', ['-c', '--strict', manifest], { cwd: folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
    expect(said.match(/: OK$/gm)?.length).toBe(names.length);
    expect(tally).toEqual({ lines: names.length, unhashed: 1, packed: 1 });
  });

  it('has one line for each name, and gives the name back', () => {
    fc.assert(fc.property(fc.string(), (name) => {
      const line = manifestLine('ab'.repeat(32), name);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      const escaped = line.startsWith('\\');
      const written = line.slice(escaped ? 67 : 66, -1);
      expect(escaped ? written.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c === 'r' ? '\r' : '\\')) : written).toBe(name);
    }));
  });
});
