import { copyFile, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { STORAGE_VERSION } from '../../../electron/store/duckdb.ts';
import { createTables, quoteText, type Table } from '../../../electron/store/ddl.ts';
import { StoreError } from '../../../electron/store/errors.ts';
import { workspace } from './open.ts';

const THING: Table = {
  name: 'thing',
  columns: { id: 'BIGINT NOT NULL', label: 'VARCHAR', ratio: 'DOUBLE', n: 'INTEGER', yes: 'BOOLEAN', bytes: 'BLOB' },
  key: ['id'],
};

const space = workspace();

async function opened() {
  const folder = await space.folder();
  const store = await space.open(path.join(folder, 'a.iiscase'));
  const connection = await store.connect();
  await createTables(connection, [THING]);
  return { folder, store, connection };
}

describe('values', () => {
  const rows = [
    { id: 9_007_199_254_740_993n, label: '\uFEFFBOM kept', ratio: 0.5, n: -3, yes: true, bytes: new Uint8Array([0, 255, 128]) },
    { id: -1n, label: 'NUL \0 inside, \u{1F600}, a text that is longer than twelve bytes', ratio: null, n: null, yes: false, bytes: new Uint8Array(20).fill(200) },
    { id: 3n, label: '', ratio: -1e300, n: 2_147_483_647, yes: null, bytes: new Uint8Array() },
    { id: 4n, label: null, ratio: null, n: null, yes: null, bytes: null },
  ];

  it('come back from an insert with parameters as they went in', async () => {
    const { connection } = await opened();
    for (const row of rows) await connection.run('insert into thing values ($1, $2, $3, $4, $5, $6)', Object.values(row));
    const back = await connection.all('select * from thing');
    expect(back).toEqual(rows);
  });

  it('come back from an append as they went in', async () => {
    const { connection } = await opened();
    const names = ['label', 'id', 'bytes', 'yes', 'ratio', 'n'] as const;
    await connection.append('thing', new Map(names.map((name) => [name, rows.map((row) => row[name])])));
    expect(await connection.all('select * from thing order by rowid')).toEqual(rows);
  });

  it('of columns that an append does not name are NULL', async () => {
    const { connection } = await opened();
    await connection.append('thing', new Map([['id', [1n, 2n]]]));
    expect(await connection.all('select count(*) as c from thing where label is null and bytes is null')).toEqual([{ c: 2n }]);
  });

  it('of the wrong kind are refused and nothing of that append stays', async () => {
    const { connection } = await opened();
    const ids = Array.from({ length: 5000 }, (_, i) => BigInt(i));
    const labels = [...ids.slice(1).map(() => 'x'), 7];
    await expect(connection.append('thing', new Map<string, (string | number | bigint)[]>([['id', ids], ['label', labels]]))).rejects.toThrow(/column label/);
    expect(await connection.all('select count(*) as c from thing')).toEqual([{ c: 0n }]);
    await expect(connection.append('thing', new Map([['nothing', [1n]]]))).rejects.toThrow(/no column nothing/);
    await expect(connection.append('nothing', new Map([['id', [1n]]]))).rejects.toThrow(/no table nothing/);
    await expect(connection.append('thing', new Map([['id', [1n]], ['label', []]]))).rejects.toThrow(/0 values where the first has 1/);
  });

  it('by the ten thousand keep their order, in streams too', async () => {
    const { connection } = await opened();
    const ids = Array.from({ length: 10_001 }, (_, i) => BigInt(i));
    await connection.append('thing', new Map<string, (string | bigint)[]>([['id', ids], ['label', ids.map((id) => `row ${id}`)]]));
    const seen: unknown[] = [];
    for await (const piece of connection.stream('select id from thing where id >= $1 order by rowid', [1n])) {
      expect(piece.length).toBeLessThanOrEqual(2048);
      for (const row of piece) seen.push(row['id']);
      // A statement between the pieces neither waits for the stream nor ends it.
      await connection.all('select 1 as one');
    }
    expect(seen).toEqual(ids.slice(1));
  });
});

describe('transactions', () => {
  it('commit when the work resolves and roll back when it rejects', async () => {
    const { connection } = await opened();
    await connection.transaction(() => connection.run('insert into thing (id) values (1)'));
    const failing = connection.transaction(async () => {
      await connection.run('insert into thing (id) values (2)');
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await connection.all('select id from thing')).toEqual([{ id: 1n }]);
  });

  it('keep out statements of others on the same connection', async () => {
    const { connection } = await opened();
    const failing = connection.transaction(async () => {
      await connection.run('insert into thing (id) values (1)');
      await connection.run('insert into thing (id) values (1)');
    });
    const other = connection.run('insert into thing (id) values (5)');
    await expect(failing).rejects.toThrow(/duplicate key/);
    await other;
    expect(await connection.all('select id from thing')).toEqual([{ id: 5n }]);
  });

  it('inside another fail the whole, even when their error is swallowed', async () => {
    const { connection } = await opened();
    const whole = connection.transaction(async () => {
      await connection.run('insert into thing (id) values (1)');
      await connection.transaction(() => Promise.reject(new Error('inner'))).catch(() => undefined);
    });
    await expect(whole).rejects.toThrow(/nothing of it was kept/);
    expect(await connection.all('select id from thing')).toEqual([]);
  });

  it('that are open do not hide committed rows of another connection from a checkpoint', async () => {
    const { folder, store, connection } = await opened();
    const second = await store.connect();
    await second.run('create table note (id bigint)');
    await connection.transaction(async () => {
      await connection.append('thing', new Map([['id', [10n, 11n]]]));
      await second.run('insert into note values (7)');
      await store.checkpoint();
      await copyFile(store.path, path.join(folder, 'copy.iiscase'));
    });
    const copy = await (await space.open(path.join(folder, 'copy.iiscase'))).connect();
    expect(await copy.all('select * from note')).toEqual([{ id: 7n }]);
    expect(await copy.all('select count(*) as c from thing')).toEqual([{ c: 0n }]);
  });
});

describe('a checkpoint', () => {
  it('waits for a transaction that changes the shape of a table', async () => {
    const { store, connection } = await opened();
    const order: string[] = [];
    let finish: () => void = () => undefined;
    const changed = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begun: () => void = () => undefined;
    const altering = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const change = connection.transaction(async () => {
      await connection.run('create table more (id bigint)');
      begun();
      await changed;
      order.push('commit');
    });
    await altering;
    const saved = store.checkpoint().then(() => order.push('saved'));
    await (await store.connect()).all('select 1 as one');
    finish();
    await Promise.all([change, saved]);
    expect(order).toEqual(['commit', 'saved']);
  });

  it('inside a transaction that holds it up is refused instead of waiting for itself', async () => {
    const { store, connection } = await opened();
    const change = connection.transaction(async () => {
      await connection.run('create table more (id bigint)');
      await store.checkpoint();
    });
    await expect(change).rejects.toMatchObject({ kind: 'sql' });
  });
});

describe('an opened store', () => {
  it('records the storage format it was made with', async () => {
    const { connection } = await opened();
    const [row] = await connection.all('select tags from duckdb_databases() where not internal');
    expect(String(row?.['tags'])).toContain(STORAGE_VERSION);
  });

  it('reaches no file but its own and the allowed folders, and no setting changes', async () => {
    const folder = await space.folder();
    const evidence = path.join(folder, "it's evidence");
    await mkdir(evidence);
    await writeFile(path.join(evidence, 'in.csv'), 'a\n1\n');
    await writeFile(path.join(folder, 'out.csv'), 'a\n2\n');
    await symlink(path.join(folder, 'out.csv'), path.join(evidence, 'link.csv'));
    const connection = await (await space.open(path.join(folder, 'a.iiscase'), { allowedDirectories: [evidence] })).connect();
    const read = (file: string) => connection.all(`select * from read_csv(${quoteText(file)})`);
    expect(await read(path.join(evidence, 'in.csv'))).toEqual([{ a: 1n }]);
    await expect(read(path.join(folder, 'out.csv'))).rejects.toThrow(/Permission Error/);
    await expect(read(path.join(evidence, 'link.csv'))).rejects.toThrow(/Permission Error/);
    await expect(connection.run(`copy (select 1) to ${quoteText(path.join(folder, 'x.csv'))}`)).rejects.toThrow(/Permission Error/);
    await expect(connection.run(`attach ${quoteText(path.join(folder, 'y.db'))}`)).rejects.toThrow(/Permission Error/);
    await expect(connection.run('install httpfs')).rejects.toThrow(StoreError);
    await expect(connection.run('set enable_external_access = true')).rejects.toThrow(StoreError);
  });

  it('is refused a second time in the same process until it is closed', async () => {
    const { store } = await opened();
    await expect(space.open(store.path)).rejects.toMatchObject({ kind: 'locked' });
    await store.close();
    await store.close();
    const again = await (await space.open(store.path)).connect();
    expect(await again.all('select count(*) as c from thing')).toEqual([{ c: 0n }]);
  });

  it('holds everything in the one file when it is closed', async () => {
    const { store, connection } = await opened();
    await connection.append('thing', new Map([['id', [1n]]]));
    await store.close();
    await expect(stat(`${store.path}.wal`)).rejects.toThrow(/ENOENT/);
    await expect(connection.all('select 1 as one')).rejects.toMatchObject({ kind: 'interrupted' });
    await expect(store.connect()).rejects.toThrow(/is closed/);
  });

  it('stops a running statement and works on', async () => {
    const { connection } = await opened();
    const long = connection.all('select count(*) from range(100000000) a(i), range(100000) b(j) where i * j % 7 = 3');
    setImmediate(() => connection.interrupt());
    await expect(long).rejects.toMatchObject({ kind: 'interrupted', failure: { kind: 'cancelled' } });
    expect(await connection.all('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('sorts more than fits into its memory', async () => {
    const folder = await space.folder();
    const connection = await (await space.open(path.join(folder, 'a.iiscase'), { memoryLimitMb: 64 })).connect();
    await connection.run('create table big as select hash(i) as h, repeat(i::varchar, 20) as t from range(600000) r(i)');
    expect(await connection.all('select count(*) as c from (select t from big order by t desc offset 10)')).toEqual([{ c: 599_990n }]);
  });
});

describe('a file that is no database', () => {
  it('is named with the kind of fault', async () => {
    const folder = await space.folder();
    const file = path.join(folder, 'x.iiscase');
    await writeFile(file, 'not a database '.repeat(1000));
    await expect(space.open(file)).rejects.toMatchObject({ kind: 'corrupt', path: file, message: expect.stringContaining(file) });
    await writeFile(file, '');
    await expect(space.open(file)).rejects.toMatchObject({ kind: 'corrupt' });
    await expect(space.open(path.join(folder, 'none', 'x.iiscase'))).rejects.toMatchObject({ kind: 'io' });
  });
});
