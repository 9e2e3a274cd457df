import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRouter, type Router } from '../../electron/ipc/router.ts';
import { createServices, type Services } from '../../electron/services/index.ts';
import type { Input, Output, RequestName } from '../../shared/contract/index.ts';
import type { Failure } from '../../shared/base/result.ts';
import { touchSample } from '../../build/scripts/fixtures/make-sample.mjs';
import { bundleEntry } from './bundle.ts';

/** The engine without its process: services and router as the hosts reach them, validation included. */
export interface TestEngine {
  readonly router: Router;
  readonly folder: string;
  readonly events: { readonly name: string; readonly payload: unknown }[];
  /** The answer; a Failure is thrown as an error with its sentence. */
  ask<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** The failure that a request is expected to end in. */
  refusal<N extends RequestName>(name: N, input: Input<N>): Promise<Failure>;
  close(): Promise<void>;
}

export const SAMPLE = path.resolve(import.meta.dirname, '../fixtures/sample/evidence');

export async function startEngine(): Promise<TestEngine> {
  // A checkout has its own file times; the story needs those of the server.
  touchSample();
  const worker = await bundleEntry(path.resolve(import.meta.dirname, '../../electron/jobs/spool/worker.ts'));
  const imageWorker = await bundleEntry(path.resolve(import.meta.dirname, '../../electron/jobs/image-reader/worker.ts'));
  const yaraChild = await bundleEntry(path.resolve(import.meta.dirname, '../../electron/jobs/yara/child.ts'));
  const folder = await mkdtemp(path.join(os.tmpdir(), 'iisight-test-'));
  process.env['IISIGHT_DATA'] = folder;
  const events: { name: string; payload: unknown }[] = [];
  const services: Services = createServices({ imageWorker: pathToFileURL(imageWorker), spoolWorker: pathToFileURL(worker), yaraChild: pathToFileURL(yaraChild), emit: (name, payload) => void events.push({ name, payload }) });
  const router = createRouter(services.handlers, (name, error) => {
    throw error instanceof Error ? error : new Error(`${name}: ${String(error)}`);
  });
  const send = (name: string, input: unknown): ReturnType<Router['dispatch']> => router.dispatch(name, input);
  return {
    router,
    folder,
    events,
    ask: async (name, input) => {
      const result = await send(name, input);
      if (!result.ok) throw new Error(`${name}: ${result.failure.kind}: ${result.failure.message}`);
      return result.value as Output<typeof name>;
    },
    refusal: async (name, input) => {
      const result = await send(name, input);
      if (result.ok) throw new Error(`${name} was served`);
      return result.failure;
    },
    close: async () => {
      await services.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads evidence to its end and gives the triage document without what may differ between runs. */
export async function triage(engine: TestEngine, evidence: string, workers = 2): Promise<Output<'run.triage'>> {
  await engine.ask('case.create', { path: null, evidence, workers });
  const outcome = await engine.ask('job.wait', {});
  if (outcome.outcome !== 'done') throw new Error(`reading ended: ${outcome.outcome} ${outcome.message}`);
  return { ...(await engine.ask('run.triage', {})), ran: { at: '', seconds: 0 } };
}
