import { type ConfigurationFiles, effectiveLists } from '../../../../electron/iis/index.ts';
import type { EffectiveList } from '../../../../shared/model/index.ts';
import { serverOf } from '../support.ts';
import type { Target } from './chain.ts';
import { evaluate } from './naive.ts';
import { filesOf, print, type Printed, type Writing } from './print.ts';
import { LIST_NAMES, type ListName, type Tree, value } from './tree.ts';

/** Every application, and paths below some of them. */
export function targetsOf(tree: Tree): Target[] {
  return tree.sites.flatMap((site) => site.applications.flatMap(({ path }): Target[] => {
    const urls = path === '/' ? ['', 'sub', 'vd/sub'] : ['', 'sub'];
    return urls.map((url) => ({ site: site.name, application: path, url }));
  }));
}

/** What the engine says for a target. */
export interface Lists {
  readonly target: Target;
  readonly lists: Readonly<Record<ListName, EffectiveList>>;
}

export function engineLists(tree: Tree, writing: Writing = {}, printed: Printed = print(tree, writing), files: ConfigurationFiles = filesOf(printed)): Lists[] {
  const server = serverOf(files);
  return targetsOf(tree).map((target) => {
    const result = effectiveLists(files, server, target.site, target.application, target.url);
    if (!result) throw new Error(`the engine knows no ${target.site}${target.application}`);
    return { target, lists: result.config };
  });
}

/** An entry as both sides can write it: what it is called, what set it, whether it is used. */
const line = (path: string | null, at: number, state: string): string => `${(path ?? '').toLowerCase()}:${at} ${state}`;

export interface Difference {
  readonly target: Target;
  readonly list: ListName;
  readonly expected: unknown;
  readonly got: unknown;
}

export interface Counts {
  effective: number;
  invalid: number;
  silent: number;
  entries: number;
}

/** Where the engine and the plain evaluation do not agree. `counts` gathers what was compared. */
export function differences(tree: Tree, counts: Counts): Difference[] {
  const printed = print(tree);
  const found: Difference[] = [];
  for (const { target, lists } of engineLists(tree, {}, printed)) {
    for (const list of LIST_NAMES) {
      const answer = evaluate(tree, list, target);
      const engine = lists[list];
      const expected = answer.outcome === 'effective'
        ? { outcome: answer.outcome, entries: answer.entries.map(({ directive, state }, index) => {
          const at = printed.positions.get(directive);
          return `${value(directive.attributes, 'name') ?? ''} ${line(at?.path ?? '', at?.line ?? 0, state === 'either' ? engine.entries[index]?.state ?? '' : state)}`;
        }) }
        : { outcome: answer.outcome };
      const named = list !== 'isapiCgiRestriction' && list !== 'httpHandlers';
      const got = engine.outcome === 'effective'
        ? { outcome: engine.outcome, entries: engine.entries.map((e) => `${named ? e.name : ''} ${line(e.from.path, e.from.line, e.state)}`) }
        : { outcome: engine.outcome };
      if (answer.outcome !== 'not-evaluable') counts[answer.outcome] += 1;
      if (answer.outcome === 'silent') continue;
      // What is refused whatever the missing part says may be refused.
      if (answer.outcome === 'not-evaluable' && engine.outcome === 'invalid') continue;
      if (answer.outcome === 'effective') counts.entries += answer.entries.length;
      if (JSON.stringify(expected) !== JSON.stringify(got)) {
        found.push({ target, list, expected: { ...expected, why: 'why' in answer ? answer.why : undefined }, got: { ...got, reason: engine.reason, assumed: engine.assumed, why: engine.entries.map((e) => e.why) } });
      }
    }
  }
  return found;
}

/** The files of a tree and what differs, for a failure message. */
export function explain(tree: Tree, difference: unknown): string {
  const printed = print(tree);
  const texts = [['applicationHost.config', printed.host] as const, ...Object.entries(printed.others)]
    .filter(([, text]) => text === null || /<(add|filter|remove|clear|location|modules|handlers|isapi|global|http)/.test(text.replace(/<configSections>[\s\S]*<\/configSections>/, '')))
    .map(([path, text]) => `--- ${path}\n${text ?? '(not collected)'}`);
  return `${JSON.stringify(difference, null, 1)}\n${texts.join('\n')}`;
}
