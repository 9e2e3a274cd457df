import { describe, expect, it } from 'vitest';
import { imageKey, programRows, registeredWords, rowOrder, textOfRow, type ProgramRow } from '../../../../../renderer/views/components/program-rows.ts';
import { wantedKey } from '../../../../../renderer/views/components/use-wanted-row.ts';
import { components, findings } from '../../../../helpers/fake-data.ts';
import { images, PLANTED_SHA } from '../../../../helpers/fake-images.ts';

const rows = programRows(components, images, findings);
const byKey = (key: string): ProgramRow => {
  const row = rows.find((r) => r.key === key);
  if (row === undefined) throw new Error(`no row ${key}`);
  return row;
};
const free = images.filter((i) => i.sha256 !== PLANTED_SHA);

describe('the rows of the Components screen', () => {
  it('are all components, and then the files that belong to none', () => {
    expect(rows.map((r) => r.key)).toEqual([...components.map((c) => c.id), ...free.map((i) => imageKey(i.sha256))]);
  });
  it('keep a component whose file is absent', () => {
    const absent = components.map((c) => ({ ...c, file: null, fileStatus: 'absent' as const }));
    const [row] = programRows(absent, [], []);
    expect(row).toMatchObject({ image: null, oddities: null, code: 'native', signature: 'not-checked' });
  });
  it('show the list of components where files cannot be listed', () => expect(programRows(components, [], findings)).toHaveLength(components.length));
  it('have the verdict of the file where the component has none', () => expect(byKey('c-planted').signature).toBe('unsigned'));
  it('count the findings that name a file without a component', () => {
    const [image] = free;
    if (image === undefined) throw new Error('no free file');
    const place = image.places[0];
    const named = programRows([], free, [{ id: 'f9', component: null, refs: [{ path: null, evidencePath: place?.evidencePath ?? '', sha256: '' }, { path: null, evidencePath: place?.evidencePath ?? '', sha256: '' }] }]);
    expect(named.map((r) => r.findings)).toEqual([['f9'], [], []]);
  });
  it('count what could not be read in a file among its oddities, as its tab does', () => {
    const at = free[0]?.places[0]?.evidencePath ?? '';
    const count = (problems: readonly { evidencePath: string }[]) => programRows([], free, [], problems)[0]?.oddities ?? -1;
    expect(count([{ evidencePath: at }, { evidencePath: 'elsewhere' }, { evidencePath: at }])).toBe(count([]) + 2);
  });
  it('say where they are registered', () => {
    expect(registeredWords(byKey('c-planted'))).toBe('server and 1 more');
    expect(rows.filter((r) => r.component === null).map(registeredWords)).toEqual(['nowhere', 'nowhere', 'nowhere; the file lies at 2 places']);
  });
  it('are found by place, hash, signer and verdict', () => {
    const text = textOfRow(byKey(imageKey(free[0]?.sha256 ?? '')));
    for (const part of ['D:\\Sites\\Shop\\bin', free[0]?.sha256 ?? '', '.NET Foundation', 'valid', 'managed', 'no component']) expect(text).toContain(part);
  });
});

describe('the order of the rows', () => {
  const sorted = (column: string): readonly string[] => [...rows].sort(rowOrder(column)).map((r) => r.name);
  it('puts findings first, then the oddities of the file', () => expect(sorted('findings').slice(0, 3)).toEqual(['HttpCacheExt', 'ShopImaging', 'hdr\u202Egpj.dll']));
  it('by oddities puts the file with most of them first', () => expect(sorted('oddities')[0]).toBe('hdr\u202Egpj.dll'));
  it('is complete and the same whatever the order before', () => {
    for (const column of ['name', 'kind', 'origin', 'signature', 'code', 'linker', 'first', 'oddities', 'findings']) {
      expect([...rows].reverse().sort(rowOrder(column)).map((r) => r.key), column).toEqual([...rows].sort(rowOrder(column)).map((r) => r.key));
    }
  });
});

describe('a link to a row', () => {
  it('names a component by its id, a file by its hash', () => {
    expect(wantedKey({ id: 'c-planted' }, rows)).toBe('c-planted');
    expect(wantedKey({ image: free[1]?.sha256 ?? '' }, rows)).toBe(imageKey(free[1]?.sha256 ?? ''));
  });
  it('to the file of a component leads to the component', () => expect(wantedKey({ image: PLANTED_SHA }, rows)).toBe('c-planted'));
  it('to what is not there leads nowhere', () => expect([wantedKey({ image: 'ff' }, rows), wantedKey({}, rows)]).toEqual([null, null]));
});
