import { z } from 'zod';
import { Component, ConfigChange, ConfigCopy, DiffLine, EffectiveList, PeFacts, Bitness, Pipeline, Place } from '../model/index.ts';
import { Nothing, request } from './define.ts';

/** One line of configuration with the name that was asked for, and what became of it for this application. */
export const ExplainedLine = Place.extend({
  line: z.number().int(), column: z.number().int(), section: z.string(), scope: z.string(), name: z.string(),
  /** `lost`: removed, replaced or refused on the way; `elsewhere`: this application does not read the line. */
  state: z.enum(['effective', 'dormant', 'lost', 'elsewhere']),
  why: z.string().nullable(),
});
export type ExplainedLine = z.infer<typeof ExplainedLine>;

/** The effective configuration of one application. */
export const EffectiveConfig = z.object({
  server: z.string(), site: z.string(), app: z.string(),
  /** Null where applicationHost.config, which says it, is not in the evidence. */
  pool: z.string().nullable(), pipeline: Pipeline.nullable(), clr: z.string().nullable(), bitness: Bitness.nullable(),
  modules: EffectiveList, handlers: EffectiveList, isapiFilters: EffectiveList, globalModules: EffectiveList,
  isapiCgiRestriction: EffectiveList, httpModules: EffectiveList, httpHandlers: EffectiveList,
  /** Where the definitions of sections come from: the schema files of the server, or what is known of a version of IIS. */
  definitions: z.object({ source: z.enum(['evidence', 'known']), version: z.string(), assumed: z.array(z.string()) }).optional(),
  /** What a reader must know besides: which files are not of the moment that was asked for, or that a name is nowhere. */
  note: z.string().nullable().optional(),
  /** With `explain` only: every line that has the name. */
  explained: z.array(ExplainedLine).optional(),
});
export type EffectiveConfig = z.infer<typeof EffectiveConfig>;

/** A configuration file of the case, for the left side of the Config screen. */
export const ConfigFile = z.object({
  evidencePath: z.string(), path: z.string().nullable(), server: z.string().nullable(), sha256: z.string(),
  /** `server`, `site:NAME`, `app:NAME/PATH`, `copy:CFGHISTORY_...`, or `unassigned`. */
  scope: z.string(),
  registrations: z.number().int(), problems: z.number().int(),
});
export type ConfigFile = z.infer<typeof ConfigFile>;

/** A place in a configuration file that a search found. */
export const ConfigHit = Place.extend({
  line: z.number().int(), column: z.number().int(),
  /** Elements from the root to the place: `system.webServer/modules/add`. */
  element: z.string(),
  /** Location path that it stands in, or null. */
  location: z.string().nullable(),
  /** `name="value"` of the attribute, or the element's name. */
  text: z.string(),
});
export type ConfigHit = z.infer<typeof ConfigHit>;

export const componentRequests = {
  'component.list': request(Nothing, z.object({ components: z.array(Component) })),
  /** Everything known of one: the component and the facts of its file, where it was read. */
  'component.get': request(z.object({ id: z.string() }), z.object({ component: Component, pe: PeFacts.nullable(), pe32: PeFacts.nullable() })),
  'config.files': request(Nothing, z.object({ files: z.array(ConfigFile) })),
  'config.effective': request(z.object({ server: z.string().optional(), site: z.string(), app: z.string(), asOf: z.string().optional(), /** Only entries of this name, and what became of each line that has it. */ explain: z.string().max(1000).optional() }), EffectiveConfig),
  'config.history': request(z.object({ server: z.string().optional() }), z.object({ copies: z.array(ConfigCopy), changes: z.array(ConfigChange) })),
  /** Two configuration files compared, by meaning and by text. Long runs of equal lines are left out; `capped` when lines were left out besides. */
  'config.diff': request(z.object({ from: z.string(), to: z.string() }), z.object({ changes: z.array(ConfigChange), lines: z.array(DiffLine), capped: z.boolean() })),
  /** Attributes and element names of every configuration file that contain a text, letter case ignored. */
  'config.search': request(z.object({ text: z.string().min(1).max(500), limit: z.number().int().min(1).max(1000) }), z.object({ hits: z.array(ConfigHit), capped: z.boolean() })),
};
