import { ingestLog, type IngestContext, type LogToRead } from '../../electron/jobs/spool/index.ts';

/** Reads several logs, as many at a time as the loader has workers. Results in the order of `logs`. */
export async function ingestLogs(ctx: IngestContext, logs: readonly LogToRead[], workers: number): Promise<readonly (Awaited<ReturnType<typeof ingestLog>> | null)[]> {
  const results: (Awaited<ReturnType<typeof ingestLog>> | null)[] = logs.map(() => null);
  const rest = logs.entries();
  const failures: unknown[] = [];
  const one = async (): Promise<void> => {
    for (const [i, log] of rest) {
      if (ctx.signal?.aborted === true || failures.length > 0) return;
      try {
        results[i] = await ingestLog(ctx, log);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, one));
  if (failures.length > 0) throw failures[0];
  return results;
}
