export { type Trust, trustOf } from './anchored.ts';
export { judgeOne, SIGNATURE_STATUSES, type SignatureStatus, type Verdict } from './judge-one.ts';
export { type AddedRoots, partOf, readRoots, shortName } from './roots.ts';
export { type CatalogHit, judgeFile, type JudgeOptions } from './verdict.ts';
