import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { VERSION } from '../../../shared/base/version.ts';
import { EngineClient } from '../../../shared/contract/engine-client.ts';
import type { Input, Output, RequestName } from '../../../shared/contract/index.ts';
import { forkLauncher } from '../../serve/fork-engine.ts';
import { startServer } from '../../serve/server.ts';
import { readCall, text, UsageError, wholeNumber } from '../args.ts';
import { openBrowser } from '../browser.ts';
import { caseNames, casesFolder, prepareFolder } from '../case-place.ts';
import { print, refuseInEvidence, say } from '../output.ts';
import { CommandFailure } from '../session.ts';

/** What is to be open when the page appears. */
type Plan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'case'; readonly path: string }
  /** `cases`: where its case may lie, in order of preference. */
  | { readonly kind: 'evidence'; readonly evidence: string; readonly cases: readonly string[] };

type Ask = <N extends RequestName>(name: N, input: Input<N>) => Promise<Output<N>>;

/** `serve [CASE|EVIDENCE] [--port N] [--no-open] [--case FILE]`: the workbench in the browser, on this computer only. */
export async function serveCommand(words: readonly string[]): Promise<number> {
  const call = readCall(words, { port: 'text', 'no-open': 'flag', case: 'text' }, { min: 0, max: 1, names: 'at most one case or evidence' });
  const port = wholeNumber(call.options, 'port', 0, 0, 65_535);
  const plan = planOf(call.positionals[0], text(call.options, 'case'));
  const told = untilTold();
  const engine = new EngineClient(forkLauncher());
  let server: Awaited<ReturnType<typeof startServer>> | null = null;
  try {
    server = await startServer({ engine, rendererDir: path.join(import.meta.dirname, '../renderer'), port, version: VERSION });
    const ask: Ask = async (name, input) => {
      const result = await engine.request(name, input);
      if (!result.ok) throw new CommandFailure(result.failure);
      return result.value;
    };
    const opened = await Promise.race([open(plan, ask), told.then(() => null)]);
    if (opened === null) return 0;
    await print(`IISight is ready at ${server.url}\n`);
    if (opened !== '') say(opened);
    say('It answers on this computer only. Ctrl-C ends it.');
    if (call.options['no-open'] !== true && (process.env['CI'] ?? '') === '') openBrowser(server.url, say);
    await told;
    return 0;
  } finally {
    await server?.close();
    await engine.stop();
  }
}

function planOf(argument: string | undefined, caseFile: string | undefined): Plan {
  if (argument === undefined) {
    if (caseFile !== undefined) throw new UsageError('--case says where the case of an EVIDENCE lies; give the evidence too, or the case alone.');
    return { kind: 'nothing' };
  }
  const full = path.resolve(argument);
  if (!existsSync(full)) throw new UsageError(`There is nothing at ${argument}.`);
  if (/\.iiscase$/i.test(full)) {
    if (caseFile !== undefined) throw new UsageError('--case goes with evidence; this is a case already.');
    return { kind: 'case', path: full };
  }
  if (caseFile !== undefined) {
    refuseInEvidence(caseFile, full);
    return { kind: 'evidence', evidence: full, cases: [path.resolve(caseFile)] };
  }
  const folder = casesFolder({ platform: process.platform, env: process.env, home: os.homedir() });
  prepareFolder(folder, full);
  return { kind: 'evidence', evidence: full, cases: caseNames(full).map((name) => path.join(folder, name)) };
}

/** Opens what the plan names; returns a line for the terminal. Reading goes on behind the page. */
async function open(plan: Plan, ask: Ask): Promise<string> {
  if (plan.kind === 'nothing') return '';
  if (plan.kind === 'case') {
    await ask('case.open', { path: plan.path, resume: true });
    return `case: ${plan.path}`;
  }
  const { evidence, cases } = plan;
  for (const [i, file] of cases.entries()) {
    try {
      if (existsSync(file)) {
        await ask('case.open', { path: file });
        await ask('job.resume', { evidence });
      } else await ask('case.create', { path: file, evidence });
      return `case: ${file}`;
    } catch (error) {
      // An earlier case of this evidence that is damaged, newer or in use elsewhere is left as it is.
      if (!(error instanceof CommandFailure) || !existsSync(file) || i === cases.length - 1) throw error;
      say(`${path.basename(file)} cannot be continued: ${error.message} A new case is made beside it.`);
      await ask('case.close', {}).catch(() => undefined);
    }
  }
  throw new UsageError('No place was found for the case; say with --case where it goes.');
}

/** Two signals within this time are one wish: a terminal tells the whole group, and a parent passes it on again. Milliseconds. */
const SAME_WISH = 1000;

/** Resolves at the first request to end; a later one ends at once. */
function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    let told: number | null = null;
    const end = (): void => {
      if (told !== null && performance.now() - told > SAME_WISH) process.exit(130);
      told ??= performance.now();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  });
}
