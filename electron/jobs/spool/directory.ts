import { makeOwnFolder, type OwnFolder } from '../../case/own-folder.ts';

/** A folder of ours outside the evidence, for spool files and the database's sorts; gone when the engine ends. */
export type WorkDirectory = OwnFolder;

export function makeWorkDirectory(): Promise<WorkDirectory> {
  return makeOwnFolder('work');
}
