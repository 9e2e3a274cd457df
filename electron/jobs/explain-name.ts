import type { EffectiveConfig, ExplainedLine } from '../../shared/contract/component.ts';
import { EFFECTIVE_LISTS, type Server } from '../../shared/model/index.ts';
import { foldCase } from '../../shared/base/compare.ts';
import { lostReason, registrations, settingState, sourceKey, type ConfigurationFiles, type EffectiveResult } from '../iis/index.ts';

/** The lists with the entries of one name only, and what became of every line of configuration that has it. Letter case does not matter. */
export function explainName(files: ConfigurationFiles, server: Server, result: EffectiveResult, name: string): EffectiveConfig & { explained: ExplainedLine[] } {
  const wanted = foldCase(name);
  const config = { ...result.config };
  const states = new Map<string, Pick<ExplainedLine, 'state' | 'why'>>();
  for (const list of EFFECTIVE_LISTS) {
    const entries = config[list].entries.filter((e) => foldCase(e.name) === wanted);
    for (const e of entries) states.set(sourceKey(e.from), { state: e.state, why: e.why });
    config[list] = { ...config[list], entries };
  }
  const explained = registrations(files, server).flatMap((line): ExplainedLine[] => {
    if (line.name === null || foldCase(line.name) !== wanted) return [];
    const lost = lostReason(result, line.key);
    const fate = states.get(line.key) ?? settingState(files, line, result.config.site, result.config.app) ?? (lost === undefined ? { state: 'elsewhere' as const, why: `it stands at ${line.scope}, where this application does not read it` } : { state: 'lost' as const, why: lost });
    return [{ path: line.path, evidencePath: line.evidencePath, line: line.line, column: line.column, section: line.section, scope: line.scope, name: line.name, ...fate }];
  });
  const nowhere = explained.length === 0 && states.size === 0;
  return { ...config, explained, note: nowhere ? `No line of the configuration has the name ${name}.` : spelling(name, [...explained.map((l) => l.name), ...EFFECTIVE_LISTS.flatMap((l) => config[l].entries.map((e) => e.name))]) };
}

/** Other spellings of the name, which are other names to IIS; null when there are none. */
function spelling(name: string, found: readonly string[]): string | null {
  const others = [...new Set(found)].filter((n) => n !== name).sort();
  if (others.length === 0) return null;
  const exact = found.includes(name) ? `Besides ${name} this shows` : `Nothing is written exactly ${name}; this shows`;
  return `${exact} ${others.join(', ')}: IIS tells names of modules and handlers apart by letter case.`;
}
