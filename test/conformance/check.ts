import { type ConfigurationFiles, effectiveLists, readServer, registrations } from '../../electron/iis/index.ts';
import type { EffectiveEntry, EffectiveList, EffectiveListName, Server } from '../../shared/model/index.ts';
import type { ConformanceCase, ExpectedEntry, ExpectedList } from './case.ts';
import { filesOf, pathOf } from './files.ts';

/** Ways in which the engine's answer differs from what the case expects; none when it conforms. */
export function differences(one: ConformanceCase): readonly string[] {
  const files = filesOf(one);
  const { server, redirectedTo } = readServer(files, 'srv', null);
  const answer = new Answer(one, files, server);
  const elsewhere = one.redirectedTo === undefined || one.redirectedTo === redirectedTo ? [] : [`redirection: expected ${one.redirectedTo}, got ${redirectedTo}`];
  return [...answer.lists(), ...answer.registered(), ...answer.sites(), ...elsewhere];
}

type Line = string | null;

class Answer {
  readonly #one: ConformanceCase;
  readonly #files: ConfigurationFiles;
  readonly #server: Server;

  constructor(one: ConformanceCase, files: ConfigurationFiles, server: Server) {
    this.#one = one;
    this.#files = files;
    this.#server = server;
  }

  lists(): readonly string[] {
    const { expect, pool, site = 'Main', app = '/', url = '', assumes } = this.#one;
    if (!expect && !pool) return [];
    const result = effectiveLists(this.#files, this.#server, site, app, url);
    if (!result) return [`there is no application ${app} of site ${site}`];
    const { config } = result;
    const found: string[] = [];
    const { name, ...traits } = pool ?? {};
    if (name !== undefined && config.pool !== name) found.push(`pool: expected ${name}, got ${config.pool}`);
    for (const [trait, value] of Object.entries(traits)) {
      const got = config[trait as keyof typeof traits];
      if (got !== value) found.push(`${trait}: expected ${JSON.stringify(value)}, got ${JSON.stringify(got)}`);
    }
    const asked = Object.entries(expect ?? {}) as [EffectiveListName, ExpectedList][];
    for (const [list, expected] of asked) found.push(...this.#list(list, config[list], expected));
    const assumed = asked.flatMap(([list]) => config[list].assumed);
    if (assumes && !assumed.some((sentence) => assumes.test(sentence))) found.push(`assumed: expected ${String(assumes)}, got ${JSON.stringify(assumed)}`);
    if (this.#one.confidence !== 'assumed' && !assumes && assumed.length > 0) found.push(`assumed: expected nothing, got ${JSON.stringify(assumed)}`);
    return found;
  }

  registered(): readonly string[] {
    const { registered = [], notRegistered = [] } = this.#one;
    if (registered.length + notRegistered.length === 0) return [];
    const lines = registrations(this.#files, this.#server).map((r) => ({ text: `${r.kind} ${r.name ?? r.type ?? r.image} ${r.scope}`, path: r.path, line: r.line }));
    const has = (wanted: string): boolean => {
      const { name, path, line } = this.#place(wanted);
      return lines.some((l) => l.text === name && (path === null || l.path === path) && (line === null || l.line === line));
    };
    const all = lines.map((l) => `${l.text} @${l.path}:${l.line}`).join('; ');
    return [
      ...registered.filter((wanted) => !has(wanted)).map((wanted) => `registrations: expected ${wanted}, got ${all}`),
      ...notRegistered.filter(has).map((wanted) => `registrations: expected no ${wanted}`),
    ];
  }

  sites(): readonly string[] {
    if (!this.#one.sites) return [];
    const got = this.#server.sites.map((s) => `${s.name}: ${s.applications.map((a) => `${a.path} ${a.pool}`).join(', ')}`);
    return JSON.stringify(got) === JSON.stringify(this.#one.sites) ? [] : [`sites: expected ${JSON.stringify(this.#one.sites)}, got ${JSON.stringify(got)}`];
  }

  #list(name: EffectiveListName, got: EffectiveList, expected: ExpectedList): readonly string[] {
    const say = (what: string, wanted: unknown, is: unknown): string => `${name} ${what}: expected ${String(wanted)}, got ${String(is)}`;
    const found: string[] = [];
    if (got.outcome !== expected.outcome) return [say('outcome', expected.outcome, `${got.outcome} (${got.reason ?? got.entries.map((e) => e.name).join(', ')})`)];
    if (expected.outcome === 'invalid') return expected.reason.test(got.reason ?? '') ? [] : [say('reason', expected.reason, got.reason)];
    if (expected.outcome === 'not-evaluable') {
      const missing = got.missing.map((m) => m.path ?? m.evidencePath).toSorted().join(', ');
      const wanted = expected.missing.map(pathOf).toSorted().join(', ');
      if (missing !== wanted) found.push(say('missing', wanted, missing));
      if (!got.reason) found.push(say('reason', 'a reason', got.reason));
    }
    if (!expected.entries) return found;
    const wanted = expected.entries.map((e) => this.#place(typeof e === 'string' ? e : e.entry).name);
    const names = got.entries.map((e) => e.name);
    if (JSON.stringify(wanted) !== JSON.stringify(names)) return [...found, say('entries', JSON.stringify(wanted), JSON.stringify(names))];
    for (const [index, entry] of expected.entries.entries()) {
      const is = got.entries[index];
      if (is) found.push(...this.#entry(entry, is).map((difference) => `${name} ${difference}`));
    }
    return found;
  }

  #entry(expected: ExpectedEntry, got: EffectiveEntry): readonly string[] {
    const wanted = typeof expected === 'string' ? { entry: expected } : expected;
    const found: string[] = [];
    const { name, path, line } = this.#place(wanted.entry);
    const from = `${got.from.path}:${got.from.line}`;
    if (path !== null && (got.from.path !== path || (line !== null && got.from.line !== line))) found.push(`${name}: expected from ${path}:${line ?? '?'}, got ${from}`);
    const dormant = wanted.dormant;
    if (dormant === undefined ? got.state !== 'effective' : got.state !== 'dormant' || !dormant.test(got.why ?? '')) {
      found.push(`${name}: expected ${dormant === undefined ? 'effective' : `dormant ${String(dormant)}`}, got ${got.state} (${got.why})`);
    }
    for (const attribute of ['type', 'image', 'runsFor'] as const) {
      if (wanted[attribute] !== undefined && got[attribute] !== wanted[attribute]) found.push(`${name}: expected ${attribute} ${wanted[attribute]}, got ${got[attribute]}`);
    }
    if (wanted.overrides) {
      const is = got.overrides.map((o) => `${o.path}:${o.line}`).join(', ');
      const should = wanted.overrides.map((o) => this.#place(`@${o}`)).map((p) => `${p.path}:${p.line}`).join(', ');
      if (is !== should) found.push(`${name}: expected to stand for ${should || 'nothing'}, got ${is || 'nothing'}`);
    }
    return found;
  }

  /** Splits `NAME @FILE:LINE`, `NAME @FILE(TEXT)` or `NAME`. */
  #place(written: string): { readonly name: string; readonly path: Line; readonly line: number | null } {
    const match = /^(.*?)\s*@([^\s:(]+)(?::(\d+)|\((.+)\))?$/s.exec(written);
    if (!match) return { name: written, path: null, line: null };
    const [, name = '', file = '', number, text] = match;
    const line = number !== undefined ? Number(number) : text !== undefined ? this.#lineOf(file, text) : null;
    return { name, path: pathOf(file), line };
  }

  #lineOf(file: string, text: string): number {
    const content = file === 'host' ? this.#one.host : this.#one.files?.[file];
    if (typeof content !== 'string') throw new Error(`${this.#one.id}: there is no text of ${file}`);
    const lines = content.split('\n').flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
    if (lines.length !== 1) throw new Error(`${this.#one.id}: "${text}" stands on ${lines.length} lines of ${file}`);
    return lines[0] ?? 0;
  }
}
