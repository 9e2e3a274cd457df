import { rmSync, writeFileSync } from 'node:fs';
import { createServices } from '../../../../electron/services/index.ts';
import { createRouter } from '../../../../electron/ipc/router.ts';

/**
 * A process that reads evidence into a case, or goes on with it, and may be killed at any moment. Arguments: case, evidence,
 * the two worker files, where the answer goes, and after how many milliseconds it kills itself (-1: never).
 */
const [caseFile = '', evidence = '', imageWorker = '', spoolWorker = '', answer = '', killAfter = '-1'] = process.argv.slice(2);
if (Number(killAfter) >= 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(killAfter));
const services = createServices({ imageWorker: new URL(imageWorker), spoolWorker: new URL(spoolWorker), yaraChild: new URL('yara-child.js', imageWorker), emit: () => undefined });
const router = createRouter(services.handlers, (name, error) => {
  throw error instanceof Error ? error : new Error(name);
});
const ask = async (name: string, input: unknown): Promise<unknown> => {
  const result = await router.dispatch(name, input);
  if (!result.ok) throw new Error(`${name}: ${result.failure.message}`);
  return result.value;
};
const opened = await router.dispatch('case.open', { path: caseFile });
// A kill may have come before anything was committed: then the file is no case yet, and whoever made it makes it anew.
if (!opened.ok && opened.failure.message.endsWith('is not an IISight case.')) for (const end of ['', '.wal']) rmSync(`${caseFile}${end}`, { force: true });
await (opened.ok ? ask('job.resume', { evidence, workers: 2 }) : ask('case.create', { path: caseFile, evidence, workers: 2 }));
const outcome = await ask('job.wait', {});
writeFileSync(answer, JSON.stringify({ outcome, triage: await ask('run.triage', {}), runs: await ask('job.list', {}) }));
await services.close();
process.exit(0);
