// How soon a key shows on the Timeline while a log of 300 MB is read by one worker, by Chromium's own records: event timing
// (key to the next paint, in steps of 8 ms) and the performance log (every task of the page's main thread).
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { generateLog } from '../logs/generate.mjs';

const LOG_BYTES = 300_000_000;
const PRESSES = 600;
/** Milliseconds between two keys: a key that is held down repeats about as fast. */
const PACE = 25;
const PAINT_MS = 50;
const TASK_MS = 50;
/** What an analyst does: mostly rows and screens, now and then a jump, a mode, a following. */
const KEYS = ['j', 'j', 'j', 'j', 'k', 'PageDown', 'j', 'j', 'PageUp', 'j', ']', 'j', 'j', 'PageDown', 'PageDown', 'k', 'd', 'j', 't', 't', 'v', 'j', 'v', 'j', 'v', 'j', 'v', 'j'];

/** Quantile of sorted or unsorted numbers; 0 of none. */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

/** Lengths in milliseconds of the tasks of the page's main thread in a trace, those with script in them apart. */
export function mainThreadTasks(events) {
  const threads = events.filter((e) => e.name === 'thread_name' && e.args?.name === 'CrRendererMain').map((e) => `${e.pid} ${e.tid}`);
  const busiest = threads.map((id) => ({ id, n: events.filter((e) => `${e.pid} ${e.tid}` === id && e.name === 'FunctionCall').length })).sort((a, b) => b.n - a.n)[0]?.id;
  const own = events.filter((e) => `${e.pid} ${e.tid}` === busiest && e.ph === 'X');
  const scripts = own.filter((e) => ['FunctionCall', 'EvaluateScript', 'RunMicrotasks', 'V8.GC_MC_BACKGROUND_MARKING', 'MajorGC', 'MinorGC'].includes(e.name)).sort((a, b) => a.ts - b.ts);
  let next = 0;
  return own.filter((e) => e.name === 'RunTask' || e.name === 'ThreadControllerImpl::RunTask').sort((a, b) => a.ts - b.ts).map((task) => {
    while (next < scripts.length && scripts[next].ts < task.ts) next += 1;
    return { ms: task.dur / 1000, cpu: (task.tdur ?? task.dur) / 1000, script: next < scripts.length && scripts[next].ts < task.ts + task.dur };
  });
}

async function traced(browser, run) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { recordMode: 'recordContinuously', includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8.execute', '__metadata'] } });
  await run();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return events;
}

/** @param serve starts `iisight serve` with these words and gives its link and a way to end it */
export async function measureKeys(browser, root, work, serve) {
  const evidence = path.join(work, 'busy');
  cpSync(path.join(root, 'test/fixtures/sample/evidence'), evidence, { recursive: true, preserveTimestamps: true });
  const logs = path.join(evidence, 'C/inetpub/logs/LogFiles/W3SVC1');
  mkdirSync(logs, { recursive: true });
  generateLog(path.join(logs, 'u_ex250101.log'), LOG_BYTES);
  let ok = false;
  const host = await serve(evidence, '--case', path.join(work, 'busy.iiscase'));
  const requests = new Map();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => {
      const { name } = JSON.parse(String(payload));
      requests.set(name, (requests.get(name) ?? 0) + 1);
    }));
    await page.addInitScript(() => {
      Object.assign(window, { keyTimes: [] });
      new PerformanceObserver((list) => {
        for (const e of list.getEntries()) if (e.name === 'keydown') window.keyTimes.push(e.duration);
      }).observe({ type: 'event', durationThreshold: 16 });
    });
    await page.goto(host.url);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.keyboard.press('2');
    await page.getByRole('grid', { name: 'Events', exact: true }).getByRole('row', { selected: true }).waitFor();
    const reading = () => page.getByRole('contentinfo', { name: 'Status' }).getByRole('button', { name: 'pause (P)' }).isVisible();
    await page.getByRole('contentinfo', { name: 'Status' }).getByRole('button', { name: 'pause (P)' }).waitFor();
    requests.clear();
    const busy = await measured(browser, page, reading);
    const asked = [...requests].sort((a, b) => b[1] - a[1]).map(([name, n]) => `${name} ${n}`).join(', ');
    // The same keys when nothing is read any more: what the machine makes of them at its best today.
    await page.getByRole('button', { name: 'nothing is being read' }).waitFor({ timeout: 300_000 });
    await page.keyboard.press('R');
    const calm = await measured(browser, page, () => Promise.resolve(true), busy.pressed);
    told('while 300 MB are read', busy);
    told('when all is read', calm);
    console.log(`requests while reading: ${asked}`);
    ok = busy.pressed > 0 && busy.p95 < PAINT_MS && busy.longest.ms <= TASK_MS;
    await page.close();
  } finally {
    await host.stop();
    rmSync(evidence, { recursive: true, force: true });
  }
  return { ok };
}

/** Presses the keys for as long as `on` holds. */
async function measured(browser, page, on, most = PRESSES) {
  let pressed = 0;
  await page.evaluate(() => {
    window.keyTimes = [];
  });
  const events = await traced(browser, async () => {
    for (; pressed < most; pressed++) {
      if (pressed % 20 === 0 && !(await on())) break;
      await page.keyboard.press(KEYS[pressed % KEYS.length]);
      await page.waitForTimeout(PACE);
    }
  });
  const times = await page.evaluate(() => window.keyTimes);
  // What was painted within 16 ms is not told one by one.
  const all = [...times, ...Array.from({ length: Math.max(0, pressed - times.length) }, () => 16)];
  const script = mainThreadTasks(events).filter((t) => t.script);
  return { pressed, all, script, p50: quantile(all, 0.5), p95: quantile(all, 0.95), longest: script.reduce((a, b) => (b.ms > a.ms ? b : a), { ms: 0, cpu: 0 }) };
}

function told(when, { pressed, all, script, p50, p95, longest }) {
  const cpu = script.map((t) => t.cpu);
  console.log(`keys ${when}: ${pressed} presses, key to paint p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, most ${quantile(all, 1).toFixed(0)} ms (target while reading: p95 under ${PAINT_MS} ms)`);
  console.log(`  script tasks: ${script.length}, longest ${longest.ms.toFixed(0)} ms by the clock (${longest.cpu.toFixed(0)} ms on the processor), over ${TASK_MS} ms ${script.filter((t) => t.ms > TASK_MS).length} (target: none); on the processor p95 ${quantile(cpu, 0.95).toFixed(1)} ms, longest ${quantile(cpu, 1).toFixed(0)} ms`);
}
