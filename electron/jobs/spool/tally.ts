import type { Reject } from '../../artifacts/kit/log-lines.ts';
import type { RejectRun, SpoolCounts } from '../../timeline/spool-format.ts';

/** Counts every byte of a segment once, and joins adjacent lines that were rejected for the same reason. */
export class Tally {
  rowBytes = 0;
  headerBytes = 0;
  paddingBytes = 0;
  rejectedBytes = 0;
  rows = 0;
  rejected = 0;
  runs: RejectRun[] = [];

  reject(reject: Reject, offset: number, length: number, line: number): void {
    this.rejectedBytes += length;
    this.rejected += 1;
    const last = this.runs.at(-1);
    if (last !== undefined && last.reason === reject.reason && last.offset + last.length === offset) {
      this.runs[this.runs.length - 1] = { ...last, length: last.length + length, count: last.count + 1 };
    } else {
      this.runs.push({ offset, length, line, count: 1, ...reject });
    }
  }

  /** Grows the last rejected line, for one that is longer than what is held in memory. */
  growRejected(bytes: number): void {
    this.rejectedBytes += bytes;
    const last = this.runs.at(-1);
    if (last !== undefined) this.runs[this.runs.length - 1] = { ...last, length: last.length + bytes };
  }

  counts(): SpoolCounts {
    const { rowBytes, headerBytes, paddingBytes, rejectedBytes, rows, rejected } = this;
    return { rowBytes, headerBytes, paddingBytes, rejectedBytes, rows, rejected };
  }
}
