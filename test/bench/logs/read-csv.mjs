// A peer of the bench: read_csv into a table, in a process of its own. node read-csv.mjs 'DATA\n...' DB FIELDS
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [data, file, fields] = process.argv.slice(2);
const TYPES = { 'date': 'DATE', 'time': 'TIME', 's-port': 'INTEGER', 'sc-status': 'INTEGER', 'sc-substatus': 'INTEGER', 'sc-win32-status': 'BIGINT', 'sc-bytes': 'BIGINT', 'cs-bytes': 'BIGINT', 'time-taken': 'BIGINT' };
const columns = fields.split(' ').map((name) => `'${name}': '${TYPES[name] ?? 'VARCHAR'}'`).join(', ');
const begun = performance.now();
const instance = await DuckDBInstance.create(file);
const connection = await instance.connect();
await connection.run(
  `create table t as select * from read_csv([${data.split('\n').map((name) => `'${name}'`).join(', ')}], columns = {${columns}}, auto_detect = false, header = false, delim = ' ', quote = '', escape = '', comment = '#', nullstr = '-', new_line = '\\r\\n', ignore_errors = true)`,
);
await connection.run('checkpoint');
const seconds = (performance.now() - begun) / 1000;
const peakMb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
const lines = Number((await (await connection.run('select count(*) from t')).getRows())[0][0]);
process.stdout.write(`${JSON.stringify({ seconds, peakMb, lines })}\n`);
