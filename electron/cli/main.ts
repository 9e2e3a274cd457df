#!/usr/bin/env node
import { UsageError } from './args.ts';
import { effective } from './commands/effective.ts';
import { eventRows } from './commands/events.ts';
import { explain } from './commands/explain.ts';
import { exportCommand } from './commands/export.ts';
import { graph } from './commands/graph.ts';
import { history } from './commands/history.ts';
import { inspect } from './commands/inspect.ts';
import { knownGood } from './commands/knowngood.ts';
import { query } from './commands/query.ts';
import { reportCommand } from './commands/report.ts';
import { sampleCommand } from './commands/sample.ts';
import { serveCommand } from './commands/serve.ts';
import { triage } from './commands/triage.ts';
import { verify } from './commands/verify.ts';
import { print, say } from './output.ts';
import { CommandFailure } from './session.ts';
import { languageText } from '../../shared/query/index.ts';
import { VERSION } from '../../shared/base/version.ts';

const COMMANDS = new Map<string, (words: readonly string[]) => Promise<number>>([
  ['triage', triage], ['effective', effective], ['history', history], ['inspect', inspect], ['events', eventRows], ['query', query], ['explain', explain], ['graph', graph], ['knowngood', knownGood], ['verify', verify], ['report', reportCommand], ['export', exportCommand], ['sample', sampleCommand], ['serve', serveCommand],
]);

/** Commands that take a filter: their help explains its language. */
const FILTERED: ReadonlySet<string> = new Set(['events', 'query', 'export']);

const HELP = `iisight ${VERSION}: which components run inside this IIS, which do not belong, since when, and what proves it

  iisight triage EVIDENCE [--case FILE] [--json [FILE|-]] [--workers N] [--server-zone ZONE]
                 [--indicators FILE]... [--known-good FILE]... [--yara FOLDER|FILE]... [--yara-program PATH]
  iisight knowngood EVIDENCE --out FILE [--server ID] [--replace]
  iisight effective EVIDENCE --site S [--app /P] [--server ID] [--as-of T|COPY] [--explain NAME] [--json [FILE|-]]
  iisight history EVIDENCE [--server ID] [--json [FILE|-]]
  iisight inspect FILE [--evidence DIR] [--roots PEM] [--json [FILE|-]]
  iisight events CASE [--filter Q] [--limit N] [--offset N] [--format jsonl|csv]
  iisight query CASE Q [--limit N] [--json [FILE|-]]
  iisight explain CASE --component ID|NAME [--json [FILE|-]]
  iisight report CASE --format html|md --out F [--replace]
  iisight export CASE --format csv|jsonl|stix|graphml|manifest --out F [--filter Q] [--replace]
  iisight sample CASE --file EVIDENCEPATH --out F --password P [--replace]
  iisight graph CASE [--server ID] [--path FROM TO] [--all] [--as-of COPY] [--format json|svg|graphml] [--out F] [--json [FILE|-]]
  iisight verify CASE [--evidence DIR] [--json [FILE|-]]
  iisight serve [CASE|EVIDENCE] [--port N] [--no-open] [--case FILE]

Q is a filter, as the screens take it; iisight query --help explains the language.
Lists: --indicators takes CSV (kind,value,note), one value a line, or a STIX 2.1 bundle; knowngood makes what --known-good takes.
EVIDENCE is a folder, a .zip or one file. It is never written; nothing leaves this computer.
Exit codes: 0 done, 2 usage or unreadable input, 3 verify found a difference, 130 interrupted, 1 a bug.
`;

async function run(words: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = words;
  if (['help', '--help', '-h'].includes(name)) return print(HELP).then(() => 0);
  if (name === '--version') return print(`${VERSION}\n`).then(() => 0);
  const command = COMMANDS.get(name);
  if (command === undefined) throw new UsageError(`There is no command ${name}; see iisight --help.`);
  if (rest.includes('--help')) return print(FILTERED.has(name) ? `${HELP}\n${languageText()}` : HELP).then(() => 0);
  return command(rest);
}

/** Whatever goes wrong ends as one sentence on stderr and the exit code that the contract names. */
function exitCode(error: unknown): number {
  if (error instanceof UsageError) {
    for (const line of error.shown) say(line);
    say(`iisight: ${error.message}`);
    return 2;
  }
  if (error instanceof CommandFailure) {
    const at = error.failure.column === undefined ? '' : ` (column ${error.failure.column})`;
    say(`iisight: ${error.failure.message}${at}`);
    return error.failure.kind === 'bug' ? 1 : error.failure.kind === 'cancelled' ? 130 : 2;
  }
  const known = error instanceof Error && 'code' in error && typeof error.code === 'string';
  say(`iisight: ${error instanceof Error ? error.message : String(error)}`);
  return known ? 2 : 1;
}

// A reader that went away (`| head`) ends the command quietly.
process.stdout.on('error', (e: NodeJS.ErrnoException) => process.exit(e.code === 'EPIPE' ? 0 : 1));
process.exitCode = await run(process.argv.slice(2)).catch(exitCode);
