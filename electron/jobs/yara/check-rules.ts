import { RequestError } from '../../../shared/base/result.ts';
import { quote } from '../../../shared/base/limits.ts';
import type { AnalystList } from '../../../shared/model/index.ts';
import { YaraScanner } from './scanner.ts';

/** Rule files whose compilation ran out of time before the rest is no more tried: each costs the whole patience. */
const MAX_GIVEN_UP = 3;

/**
 * Compiles every rule file by itself, so that one with a fault costs only its own rules.
 * @returns the list with the files that compile; what is wrong with the others is among its problems
 * @throws RequestError when none of them compiles
 */
export async function checkRules(list: AnalystList, yaraChild: URL, seconds?: number): Promise<AnalystList> {
  const scanner = new YaraScanner(yaraChild, [], seconds);
  const rules: AnalystList['rules'] = [];
  const problems = [...list.problems];
  let givenUp = 0;
  try {
    for (const file of list.rules) {
      if (givenUp >= MAX_GIVEN_UP) {
        problems.push(`${file.name}: not tried, after ${givenUp} files could not be compiled in time.`);
        continue;
      }
      const checked = await scanner.check(file.text);
      if (!checked.ok) {
        givenUp += 1;
        problems.push(`${file.name}: compiling it and searching 64 bytes ${checked.why}; its rules are left out.`);
      } else if (checked.value.length > 0) {
        const [first] = checked.value;
        problems.push(`${file.name}: line ${first?.line ?? 0}: ${quote(first?.message ?? '')}; its rules are left out.`);
      } else rules.push(file);
    }
  } finally {
    await scanner.close();
  }
  if (rules.length === 0) throw new RequestError('usage', `${list.from} has no rule that can be used. ${problems.slice(0, 3).join(' ')}`);
  return { ...list, rules, problems };
}
