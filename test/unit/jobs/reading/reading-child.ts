import { writeFileSync } from 'node:fs';
import { createServices } from '../../../../electron/services/index.ts';
import { createRouter } from '../../../../electron/ipc/router.ts';

/**
 * A process that reads evidence into a case, or goes on with it, and may be killed at any moment. Arguments: case, evidence,
 * the two worker files, where the answer goes, and after how many milliseconds it kills itself (-1: never).
 */
const [caseFile = '', evidence = '', imageWorker = '', spoolWorker = '', answer = '', killAfter = '-1'] = process.argv.slice(2);
if (Number(killAfter) >= 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(killAfter));
const services = createServices({ imageWorker: new URL(imageWorker), spoolWorker: new URL(spoolWorker), emit: () => undefined });
const router = createRouter(services.handlers, (name, error) => {
  throw error instanceof Error ? error : new Error(name);
});
const ask = async (name: string, input: unknown): Promise<unknown> => {
  const result = await router.dispatch(name, input);
  if (!result.ok) throw new Error(`${name}: ${result.failure.message}`);
  return result.value;
};
// A kill may have come before there was a case that can be opened.
const opened = await ask('case.open', { path: caseFile }).then(() => true, () => false);
await (opened ? ask('job.resume', { workers: 2 }) : ask('case.create', { path: caseFile, evidence, workers: 2 }));
const outcome = await ask('job.wait', {});
writeFileSync(answer, JSON.stringify({ outcome, triage: await ask('run.triage', {}), runs: await ask('job.list', {}) }));
await services.close();
process.exit(0);
