import { openCase } from '../../../electron/case/case-file.ts';
import { addNote } from '../../../electron/case/notes.ts';
import { caseOptions, NOISE } from './child-case.ts';

/**
 * Writes notes until it is killed and tells each one as soon as it is saved, while a long ingest transaction is open on
 * another connection most of the time.
 */
async function write(file: string): Promise<void> {
  const caseFile = await openCase(file, { ...caseOptions(file), tables: [NOISE] });
  const ingest = await caseFile.store.connect();
  void (async () => {
    for (let batch = 0n; ; batch += 1n) {
      await ingest.transaction(async () => {
        for (let i = 0; i < 5; i++) await ingest.append('noise', new Map<string, readonly (bigint | string)[]>([['n', Array.from({ length: 2000 }, () => batch)], ['words', Array.from({ length: 2000 }, (_, k) => `line ${k}`)]]));
      });
    }
  })();
  for (let n = 0; ; n++) {
    const note = await addNote(caseFile, { text: `${process.pid}:${n}`, tag: '', about: null, refs: [], event: null, finding: null, component: null });
    process.send?.(note.text);
  }
}

await write(process.argv[2] ?? '');
