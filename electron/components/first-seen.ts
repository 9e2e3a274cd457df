import { mainLine, UNKNOWN_MOMENT, type ConfigChange, type ConfigCopy, type Moment } from '../../shared/model/index.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import type { ImageFacts } from './facts.ts';

const momentOf = (copy: ConfigCopy): Moment => ({ ...copy.moment, order: copy.order });

function fileTime(file: ImageFacts | null): Moment | null {
  const time = file?.modified ?? null;
  return time === null ? null : { time, from: 'file-time', fidelity: 'mtime-only' };
}

function earlier(a: Moment | null, b: Moment | null): Moment | null {
  if (a === null || b === null) return a ?? b;
  const x = a.time === null ? null : parseInstant(a.time);
  const y = b.time === null ? null : parseInstant(b.time);
  if (x === null || y === null) return x === null && y !== null ? b : a;
  return y < x ? b : a;
}

/**
 * When the component can first have been there.
 * A copy that has it after one that has not is the best bound. Where every copy has it, the first copy or the file
 * time, whichever is earlier. The linker's stamp is written by whoever made the file, so it counts only alone.
 * @param arrival the change with which the component came, or null
 * @param inConfiguration whether the component stands in the file that the copies are copies of
 */
export function firstSeen(arrival: ConfigChange | null, copies: readonly ConfigCopy[], inConfiguration: boolean, file: ImageFacts | null): Moment {
  if (arrival !== null) {
    const copy = copies.find((c) => c.id === arrival.to);
    if (copy !== undefined) return momentOf(copy);
  }
  const line = mainLine(copies);
  const oldest = line[0];
  // The live file alone is no history: it says that the entry is there, not since when.
  const fromCopies = inConfiguration && oldest !== undefined && line.length > 1 ? momentOf(oldest) : null;
  const best = earlier(fromCopies, fileTime(file));
  if (best !== null) return best;
  const stamp = file?.pe?.timestamp.time ?? null;
  return stamp === null ? UNKNOWN_MOMENT : { time: stamp, from: 'pe', fidelity: 'forgeable' };
}
