import { rmSync } from 'node:fs';
import { openStore } from '../../../electron/store/duckdb.ts';
import { PagesAhead } from '../../../electron/services/timeline-ahead.ts';
import { createTimelineTables, gaps, histogram, Indexes, stack, Timeline, type Selection } from '../../../electron/timeline/index.ts';
import { parseFilter } from '../../../shared/query/index.ts';
import { fill } from './fill.ts';

/** Fills a store with so many rows and asks every question with changing arguments. Prints one line of JSON: milliseconds of each, by the clock and of all processors together. */
const [file = '', folder = '', rowsText = '0', times = '30'] = process.argv.slice(2);
const rows = Number(rowsText);
rmSync(file, { force: true });
const store = await openStore(file, { tempDirectory: folder, allowedDirectories: [folder], memoryLimitMb: 500 });
const filling = await store.connect();
await createTimelineTables(filling);
await fill(filling, rows);
await store.checkpoint();

let revision = 1;
const selection = (text: string): Selection => {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.fault.message);
  return { filter: parsed.filter, revision };
};
const fresh = async (): Promise<Timeline> => new Timeline(await store.connect(), new Indexes());
const timeline = await fresh();
const measured: Record<string, { readonly wall: number[]; readonly cpu: number[] }> = {};

/** @param pause milliseconds before each question; what runs in them counts as used by all processors */
async function ask(name: string, question: (i: number) => Promise<unknown>, pause = 0): Promise<void> {
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let i = 0; i < Number(times); i++) {
    const used = process.cpuUsage();
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    const begun = performance.now();
    await question(i);
    wall.push(performance.now() - begun);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
  }
  measured[name] = { wall, cpu };
}

/** Spread over the whole, the same in every run. */
const anywhere = (i: number): number => Math.floor(rows * ((i * 0.618_033_988_749 + 0.137) % 1) * 0.99);
const everything = selection('');
const total = await timeline.count(everything);
if (total < rows * 0.99) throw new Error(`${total} of ${rows} rows`);

await ask('first page, nothing known yet', async () => (await fresh()).page(selection(''), 0, 200));
await ask('next page', (i) => timeline.page(everything, 200 * (i + 1), 200));
await ask('jump', (i) => timeline.page(everything, anywhere(i), 200));
let place = anywhere(3);
await ask('next page there', () => timeline.page(everything, (place += 200), 200));
const ahead = new PagesAhead(await fresh());
// As a person scrolls: a tenth of a second and more lies between two pages.
await ask('next page, scrolling', async () => {
  place += 200;
  const page = (await ahead.take(everything, place, 200)) ?? (await timeline.page(everything, place, 200));
  ahead.given(everything, place, 200, page.shown);
}, 100);
await ask('jump, new filter', (i) => timeline.page(selection(`status:404 taken:>${i}`), anywhere(i) / 40, 200));
await ask('jump, filter known', (i) => timeline.page(selection('status:404'), anywhere(i) / 40, 200));
await ask('histogram', (i) => histogram(timeline, everything, 300 + i, null, null));
await ask('histogram, new filter', (i) => histogram(timeline, selection(`status:404 taken:>${100 + i}`), 300, null, null));
await ask('histogram, one day', (i) => {
  const from = 17_672_256_000_000_000n + BigInt(i * 13 % 399) * 864_000_000_000n;
  return histogram(timeline, selection('status:404'), 300, from, from + 864_000_000_000n);
});
await ask('no hits, in a field', (i) => timeline.page(selection(`uri:*nothing${i}here*`), 0, 200));
await ask('no hits, anywhere', (i) => timeline.page(selection(`nothing${i}here`), 0, 200));
await ask('no hits, two words', (i) => timeline.page(selection(`"nothing ${i} here"`), 0, 200));
await ask('substring of the path', (i) => timeline.page(selection(`uri:*page${i}7*`), 0, 200));
await ask('substring anywhere', (i) => timeline.page(selection(`page${i}5`), 0, 200));
await ask('number anywhere', (i) => timeline.page(selection(`${i + 100}`), 0, 200));
await ask('regular expression', (i) => timeline.page(selection(`uri:~page${i}[0-9]+[.]aspx$`), 0, 200));
await ask('network', (i) => timeline.page(selection(`ip:10.0.${i}.0/24`), 0, 200));
await ask('address by pattern', (i) => timeline.page(selection(`ip:10.0.*.${i}`), 0, 200));
await ask('site', (i) => timeline.page(selection(`site:"Site ${i % 8}" taken:>${i}`), anywhere(i) / 10, 200));
await ask('groups by path', (i) => stack(timeline, everything, 'uri', 100 + i));
await ask('groups by path, filter', (i) => stack(timeline, selection(`status:404 taken:>${i}`), 'uri', 100));
await ask('groups by address', (i) => stack(timeline, everything, 'ip', 100 + i));
await ask('place of a moment', (i) => timeline.locateTime(everything, 17_672_256_000_000_000n + BigInt(i * 13) * 864_000_000_123n));
const ids: string[] = [];
for (let i = 0; i < 10; i++) ids.push(...(await timeline.page(everything, anywhere(i), 3)).events.map((e) => e.id));
await ask('place of an event', (i) => timeline.locateEvent(everything, ids[i % ids.length] ?? ''));
await ask('step', (i) => timeline.step(selection('status:500'), ids[i % ids.length] ?? '', i % 2 === 0));
await ask('page after more was loaded', async (i) => {
  await filling.run(`insert into request select * from request limit 5000 offset ${i * 5000}`);
  revision += 1;
  return timeline.page(selection('status:404'), 1000, 200);
});
if (process.env['GAPS'] !== '0') await ask('silences', (i) => (i < 5 ? gaps(timeline, selection(''), null, 20) : Promise.resolve()));
await store.close();
process.stdout.write(`${JSON.stringify(measured)}\n`);
