import type { Output } from '../../shared/contract/index.ts';
import type { Connection } from '../bridge/host-client.ts';

type CaseInfo = Output<'case.info'>;
type Jobs = Output<'job.list'>['jobs'];

/** What the host told of the case: the truth lies there, this is a view of it. */
export interface CaseSlice {
  readonly info: CaseInfo | null;
  readonly jobs: Jobs;
  readonly connection: Connection;
  /** Revision that the host announced last. */
  readonly revision: number;
  readonly hostKind: 'electron' | 'loopback' | null;
  readonly hostVersion: string;
  /** Shown until dismissed: the engine died and came back, or the like. */
  readonly notice: string | null;
  /** A refused or failed refresh of the case's summary, in one sentence. */
  readonly caseFailure: string | null;
}

export const createCaseSlice = (): CaseSlice => ({
  info: null,
  jobs: [],
  connection: 'connecting',
  revision: 0,
  hostKind: null,
  hostVersion: '',
  notice: null,
  caseFailure: null,
});

/** True while something is read, or waits to be: counts may still grow. */
export function reading(state: Pick<CaseSlice, 'jobs'>): boolean {
  return state.jobs.some((job) => job.state === 'running' || job.state === 'waiting' || job.state === 'paused');
}

/** Whether the reading of logs can be held (it runs), or is held and can go on; null: neither. */
export function logReading(state: Pick<CaseSlice, 'jobs'>): 'running' | 'paused' | null {
  const logs = state.jobs.filter((job) => job.kind === 'logs');
  return logs.some((job) => job.state === 'paused') ? 'paused' : logs.some((job) => job.state === 'running' || job.state === 'waiting') ? 'running' : null;
}

export function caseOpen(state: Pick<CaseSlice, 'info'>): boolean {
  return state.info?.state === 'open';
}
