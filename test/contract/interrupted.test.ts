import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execFileSync, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { touchSample } from '../../build/scripts/fixtures/make-sample.mjs';
import { TriageDocument } from '../../shared/contract/cli/documents.ts';
import { buildCli, runCli, scratch, type Ran } from '../helpers/cli.ts';
import { SAMPLE } from '../helpers/engine.ts';

const LOGS = 'C/inetpub/logs/LogFiles/W3SVC1';
const temp = scratch();
const EVIDENCE = temp.at('evidence');
const has = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const onLinux = process.platform === 'linux';
let whole: string;

beforeAll(async () => {
  touchSample();
  buildCli();
  cpSync(SAMPLE, EVIDENCE, { recursive: true, preserveTimestamps: true });
  const head = '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status time-taken\r\n';
  for (let day = 10; day < 14; day++) {
    const rows = Array.from({ length: 20_000 }, (_, i) => (i % 997 === 5 ? 'torn\r\n' : `2026-03-${day} ${two(i / 3600)}:${two((i / 60) % 60)}:${two(i % 60)} 10.0.0.1 GET /p${i % 91}.aspx id=${i} 443 - 10.1.${i % 200}.9 Mozilla/5.0 ${i % 13 === 0 ? 404 : 200} ${i % 777}\r\n`));
    writeFileSync(path.join(EVIDENCE, LOGS, `u_ex2603${day}.log`), head + rows.join(''));
  }
  const ran = await runCli(['triage', EVIDENCE, '--json']);
  expect(ran.code, ran.stderr).toBe(0);
  whole = comparable(ran.stdout);
}, 120_000);
afterAll(() => {
  execFileSync('chmod', ['-R', 'u+w', temp.dir]);
  temp.remove();
});

function two(n: number): string {
  return String(Math.floor(n)).padStart(2, '0');
}

/** A document without what tells when and how long. */
function comparable(json: string): string {
  const { ran: _ran, ...rest } = TriageDocument.parse(JSON.parse(json));
  return JSON.stringify(rest);
}

/** Runs a triage into a case and does `deed` once `moment` stands in its progress. */
function disturbed(name: string, moment: RegExp, deed: (child: ChildProcess) => void): Promise<Ran> {
  let done = false;
  let said = '';
  return runCli(['triage', EVIDENCE, '--case', temp.at(name), '--json', temp.at(`${name}.json`)], {
    heard: (text, child) => {
      said += text;
      if (done || !moment.test(said)) return;
      done = true;
      deed(child);
    },
  });
}

async function resumed(name: string): Promise<string> {
  const ran = await runCli(['triage', EVIDENCE, '--case', temp.at(name), '--json']);
  expect(ran.code, ran.stderr).toBe(0);
  return comparable(ran.stdout);
}

describe('a triage that does not come to its end', () => {
  it('SIGINT: 130, a partial document, and the rest later', async () => {
    const ran = await disturbed('int.iiscase', /IIS logs 0 %/, (child) => child.kill('SIGINT'));
    expect(ran.code, ran.stderr).toBe(130);
    const document = TriageDocument.parse(JSON.parse(readFileSync(temp.at('int.iiscase.json'), 'utf8')));
    expect(document.partial).toBe(true);
    expect(document.components.length).toBeGreaterThan(50);
    expect(await resumed('int.iiscase')).toBe(whole);
  }, 120_000);

  // Child processes are found by way of pgrep.
  it.skipIf(!onLinux || !has('pgrep'))('kill -9 of the engine, again and again: no row twice, none lost', async () => {
    const moments = [/Components on disk/, /IIS logs 0 %/, /IIS logs [1-9]0 %/];
    for (const moment of moments) {
      const ran = await disturbed('kill.iiscase', moment, (child) => {
        for (const pid of execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' }).trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
      });
      // The last moments may come when all is done.
      expect([0, 2], ran.stderr).toContain(ran.code);
      if (ran.code === 2) expect(ran.said.join()).toMatch(/The engine process ended/);
    }
    expect(await resumed('kill.iiscase')).toBe(whole);
    expect((await runCli(['verify', temp.at('kill.iiscase'), '--evidence', EVIDENCE])).code).toBe(0);
  }, 120_000);
});

describe('the same evidence, another surrounding', () => {
  it('language, zone and number of workers change nothing', async () => {
    const env = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' };
    const ran = await runCli(['triage', EVIDENCE, '--json', '--workers', '1'], { env });
    expect(comparable(ran.stdout)).toBe(whole);
  }, 60_000);

  it('a tree without write permission is read, and no time in it changes', async () => {
    const readOnly = temp.at('read-only');
    cpSync(SAMPLE, readOnly, { recursive: true, preserveTimestamps: true });
    for (const name of [...readdirSync(readOnly, { recursive: true, encoding: 'utf8' }), '.']) chmodSync(path.join(readOnly, name), lstatSync(path.join(readOnly, name)).isDirectory() ? 0o555 : 0o444);
    const before = timesOf(readOnly);
    const ran = await runCli(['triage', readOnly, '--json', '--case', temp.at('ro.iiscase')]);
    expect(ran.code, ran.stderr).toBe(0);
    expect(timesOf(readOnly)).toEqual(before);
  }, 60_000);

  it.skipIf(!onLinux || !has('strace'))('strace sees no write, rename, removal or change of times under the evidence, and no network', async () => {
    mkdirSync(temp.at('out'));
    const trace = temp.at('trace.txt');
    const ran = await runCli(['triage', SAMPLE, '--case', temp.at('out', 's.iiscase'), '--json', temp.at('out', 's.json')], {
      under: ['strace', '-f', '-qq', '-s', '300', '-e', 'trace=%file,fchmod,fchown,futimesat,connect', '-o', trace],
    });
    expect(ran.code, ran.stderr).toBe(0);
    const lines = readFileSync(trace, 'utf8').split('\n');
    expect(lines.filter((l) => l.includes(`${SAMPLE}/C/Windows/System32/inetsrv/config/applicationHost.config"`) && /open(at)?\(/.test(l)).length).toBeGreaterThan(0);
    const under = lines.filter((l) => l.includes(SAMPLE));
    expect(under.filter((l) => /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND/.test(l))).toEqual([]);
    expect(under.filter((l) => /\b(unlink|rename|chmod|chown|utime|mkdir|rmdir|symlink|link|truncate|mknod|setxattr|removexattr)\w*\(/.test(l) && !/\breadlink/.test(l))).toEqual([]);
    expect(lines.filter((l) => /connect\(/.test(l) && /AF_INET/.test(l))).toEqual([]);
  }, 120_000);
});

/** Size and times of every name, in nanoseconds; the access time is left out where the system was not asked to keep it. */
function timesOf(root: string): Record<string, string> {
  return Object.fromEntries(readdirSync(root, { recursive: true, encoding: 'utf8' }).sort().map((name) => {
    const s = lstatSync(path.join(root, name), { bigint: true });
    return [name, `${s.size} ${s.mtimeNs} ${s.ctimeNs} ${s.mode}`];
  }));
}
