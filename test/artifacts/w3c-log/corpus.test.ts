import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sniff } from '../../../electron/artifacts/w3c-log/sniff.ts';
import { corpus } from '../../helpers/corpus.ts';
import { readBytes } from './read-bytes.ts';

/** Rows and rejected lines: counted with `grep -cv '^#'` and by eye. */
const EXPECTED: Readonly<Record<string, readonly [number, number]>> = {
  'iis10.log': [1, 0], 'iis10_cookies.log': [3, 0], 'iis10_edge_cases.log': [15, 0], 'iis6.log': [12, 0], 'iis7_owa.log': [3, 0], 'iis7_sqli.log': [2, 0],
  'iis_without_date.log': [11, 0], 'logfile_w3c.0': [1, 0], 'logfile_w3c.5': [0, 1], 'logfile_w3c.6': [1, 0], 'logfile_w3c_big.0': [210, 0],
};

function logs(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile() && /\.log$|logfile_w3c/.test(e.name)).map((e) => path.join(e.parentPath, e.name));
}

describe.skipIf(!corpus.present)('logs of the corpus', () => {
  it('are read to the last byte, every line once', async () => {
    const found: Record<string, readonly [number, number]> = {};
    for (const file of logs(corpus.file('logs'))) {
      const bytes = readFileSync(file);
      const { counts, rows, rejects } = await readBytes(bytes, { chunk: 4096 });
      expect(counts.rowBytes + counts.headerBytes + counts.paddingBytes + counts.rejectedBytes, file).toBe(bytes.length);
      expect(rows).toHaveLength(counts.rows);
      for (const r of rejects) expect(r.reason).not.toBe('');
      // The second count, by other means: lines that are neither blank nor start with #.
      const lines = bytes.toString('latin1').split(/\r\n|\n/).filter((l) => l.trim() !== '' && !l.startsWith('#'));
      expect(counts.rows + counts.rejected, file).toBe(lines.length);
      found[path.basename(file)] = [counts.rows, counts.rejected];
    }
    expect(found).toMatchObject(EXPECTED);
  });

  it('are told from other files', () => {
    const told = logs(corpus.file('logs')).map((file) => `${path.basename(file)} ${sniff(readFileSync(file))}`).sort();
    expect(told.filter((t) => t.endsWith('false'))).toEqual(['iis-logs.log false']);
  });
});
