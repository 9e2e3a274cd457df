import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ComponentKind, RuleId } from '../../../shared/model/index.ts';

const Attributes = z.record(z.string(), z.string());
const Time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** One edit of applicationHost.config. Without `at` it was there from the beginning. */
const Edit = z.strictObject({
  at: Time.optional(),
  /** Native module: an entry in globalModules and, unless `loadedOnly`, one in modules. */
  install: z.strictObject({ name: z.string(), image: z.string(), preCondition: z.string().optional() }).optional(),
  loadedOnly: z.boolean().optional(),
  /** Path of the collection that gets an element; `modules` and `handlers` are found where they stand. */
  add: z.string().optional(),
  element: z.string().default('add'),
  attributes: Attributes.default({}),
  children: z.array(z.strictObject({ element: z.string(), attributes: Attributes })).default([]),
  /** In front of the others, as an editor writes it. */
  first: z.boolean().optional(),
  /** Path of an element that gets `attributes`. */
  set: z.string().optional(),
  /** Path of an element that goes. */
  remove: z.string().optional(),
  /** Path of the location tag in which all of it stands. */
  location: z.string().optional(),
});
export type Edit = z.infer<typeof Edit>;

/** A program file, described by what a reader sees of it. Nothing of it can run. */
export const Image = z.strictObject({
  written: Time.optional(),
  compiled: Time.optional(),
  bits: z.union([z.literal(32), z.literal(64)]).default(64),
  exports: z.array(z.string()).default([]),
  /** Name in the export directory. */
  dll: z.string().optional(),
  imports: z.record(z.string(), z.array(z.string())).default({}),
  strings: z.array(z.string()).default([]),
  wide: z.array(z.string()).default([]),
  pdb: z.string().optional(),
  version: Attributes.optional(),
  /** Put behind the other content, so that two files of one description differ. */
  salt: z.string().optional(),
  /** A .NET assembly with these types; `name` is the assembly's. */
  assembly: z.strictObject({
    name: z.string(), version: z.string().default('1.0.0.0'),
    /** Text that stands for the public key of a strong name. */
    key: z.string().optional(),
    types: z.array(z.strictObject({ name: z.string(), implements: z.array(z.string()).default([]), methods: z.array(z.string()).default([]) })),
    calls: z.array(z.string()).default([]),
    start: z.strictObject({ type: z.string(), method: z.string() }).optional(),
  }).optional(),
  /** A file of test/fixtures/components/bin in place of a made one. */
  copyOf: z.string().optional(),
  /** Signed with an authority made for the run; `changed` after it was signed. Left out of the run where the programs that sign are not there. */
  signed: z.strictObject({ subject: z.string(), changed: z.boolean().default(false) }).optional(),
});
export type Image = z.infer<typeof Image>;

/** One kind of request, repeated. */
const Request = z.strictObject({
  at: Time, times: z.number().int().min(1).default(1), everyMinutes: z.number().min(0).default(1),
  site: z.number().int().default(1), ip: z.string(), agent: z.string().optional(), method: z.string().default('GET'), path: z.string(), query: z.string().optional(),
  user: z.string().optional(), referer: z.string().optional(), status: z.number().int().default(200), sub: z.number().int().default(0), win32: z.number().int().default(0),
  sent: z.number().int().default(1200), received: z.number().int().default(420), took: z.number().int().default(35), fields: Attributes.default({}),
});
export type Request = z.infer<typeof Request>;

const Logs = z.strictObject({
  from: z.string(), days: z.number().int().min(1).max(60).default(9),
  /** Ordinary rows of each site and day. */
  perDay: z.number().int().min(0).default(120),
  /** Paths that ordinary visitors ask for; they are put on the disk unless `files` has them or `notOnDisk` is said. */
  pages: z.array(z.string()).default(['/', '/index.html', '/about.html', '/img/logo.png', '/css/site.css', '/js/site.js']),
  /** Custom columns behind the others. */
  custom: z.array(z.string()).default([]),
  requests: z.array(Request).default([]),
});

const Site = z.strictObject({
  name: z.string(), id: z.number().int(), path: z.string(), pool: z.string().default('DefaultAppPool'), binding: z.string().default('*:80:'),
  applications: z.array(z.strictObject({ path: z.string(), folder: z.string(), pool: z.string() })).default([]),
});

const Expected = z.strictObject({
  component: z.strictObject({ kind: ComponentKind, name: z.string().optional(), image: z.string().optional(), type: z.string().optional() }).optional(),
  /** Where no component of the configuration in force can carry it: a text of the finding's title. */
  title: z.string().optional(),
  /** Rules that speak of it at least. */
  rules: z.array(RuleId).min(1),
  /** When it was first seen: a prefix of the time, or `copy N` of the history. */
  first: z.string().optional(),
});

export const Scenario = z.strictObject({
  title: z.string(),
  kind: z.enum(['intrusion', 'clean']),
  reproduces: z.string(),
  source: z.string(),
  base: z.enum(['iis10-full', 'iis10-minimal', 'iis8.5-full', 'iis7.5-like', 'iis6']).default('iis10-full'),
  /** Products whose entries the base has, by the names of base-products.ts. */
  products: z.array(z.string()).default([]),
  pools: z.array(Attributes).default([]),
  sites: z.array(Site).default([]),
  edits: z.array(Edit).default([]),
  /** `none`: no copies of the configuration were kept. */
  history: z.enum(['kept', 'none']).default('kept'),
  /** When pools were started last, by name: their copy is the configuration of that moment. */
  started: z.record(z.string(), Time).default({}),
  images: z.record(z.string(), Image).default({}),
  /** Text files by path below the evidence, as lines; or a single text. */
  files: z.record(z.string(), z.strictObject({ at: Time.optional(), lines: z.array(z.string()) })).default({}),
  logs: Logs.optional(),
  expected: z.array(Expected).default([]),
  /** Rules that speak of what the intruder left in logs and traces; what they say counts as about the intrusion. */
  traces: z.array(RuleId).default([]),
  /** Other findings of at least medium that an expert would accept, with the reason: rule and a part of the title. */
  accepted: z.array(z.strictObject({ rule: RuleId, title: z.string(), because: z.string() })).default([]),
});
export type Scenario = z.infer<typeof Scenario>;
export type ScenarioImage = Image;
export interface NamedScenario extends Scenario { readonly id: string }

const FOLDER = path.resolve(import.meta.dirname, '../../fixtures/scenarios');

const FOLDERS = { families: 'intrusion', tricks: 'intrusion', clean: 'clean' } as const;

/** Every scenario, intrusions first, by folder and name. */
export function scenarios(): NamedScenario[] {
  return Object.entries(FOLDERS).flatMap(([folder, kind]) => readdirSync(path.join(FOLDER, folder)).filter((f) => f.endsWith('.json')).sort().map((file) => {
    const read = Scenario.parse(JSON.parse(readFileSync(path.join(FOLDER, folder, file), 'utf8')));
    if (read.kind !== kind) throw new Error(`${file} is ${read.kind} and lies in ${folder}`);
    return { ...read, id: `${folder}/${file.replace(/\.json$/, '')}` };
  }));
}
