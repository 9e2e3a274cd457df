import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ListKind } from '../../../shared/model/index.ts';
import type { TestEngine } from '../engine.ts';

/**
 * Adds the lists of a case (`lists/`): `indicators*` is a list of indicators, `known-good*` a list of a clean server, everything else
 * a file of YARA rules.
 * @returns false where the case has none
 */
export async function addCaseLists(engine: TestEngine, folder: string): Promise<boolean> {
  const lists = path.join(folder, 'lists');
  if (!existsSync(lists)) return false;
  for (const name of readdirSync(lists).sort()) await engine.ask('list.add', { kind: kindOf(name), path: path.join(lists, name) });
  await engine.ask('job.wait', {});
  return true;
}

function kindOf(name: string): ListKind {
  if (name.startsWith('indicators')) return 'indicators';
  return name.startsWith('known-good') ? 'known-good' : 'yara';
}
