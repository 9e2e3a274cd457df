import type { ConfigHit } from '../../shared/contract/component.ts';
import { compareBy, foldCase } from '../../shared/base/compare.ts';
import { attributeValue, type ConfigAttribute, type ConfigElement } from '../../shared/model/index.ts';
import type { ConfigurationFile } from '../iis/index.ts';
import { shownValue } from '../iis/secret.ts';
import type { CaseModel } from '../jobs/model/case-model.ts';

/** Elements looked at before other requests get their turn. */
const SLICE = 20_000;
/** Longest value that a hit shows; a longer one is cut around the place that matched. */
const SHOWN = 300;

/** Copies and schemas come after what is in force. */
const BEHIND: ReadonlySet<string> = new Set(['history', 'poolCopy', 'backup', 'schema']);
const rank = (kind: string): number => (kind === 'applicationHost' ? 0 : BEHIND.has(kind) ? 2 : 1);

/**
 * Element names and attributes of every configuration file that contain a text, letter case ignored. The files in force
 * come first, saved copies after them, each file in its own order. A value that is a secret is neither searched nor shown.
 * @param limit most hits; `capped` says that there are more
 */
export async function searchConfiguration(model: Pick<CaseModel, 'configurations'>, text: string, limit: number): Promise<{ hits: ConfigHit[]; capped: boolean }> {
  const wanted = foldCase(text);
  const files = [...model.configurations].sort(compareBy((k) => rank(k.role.kind), (k) => k.configuration.evidencePath));
  const hits: ConfigHit[] = [];
  let budget = SLICE;
  for (const { configuration } of files) {
    for (const hit of hitsOf(configuration, wanted)) {
      if (hit === null) {
        budget -= 1;
        if (budget > 0) continue;
        budget = SLICE;
        await new Promise((resolve) => setImmediate(resolve));
      } else if (hits.length === limit) {
        return { hits, capped: true };
      } else {
        hits.push(hit);
      }
    }
  }
  return { hits, capped: false };
}

interface Level {
  readonly element: ConfigElement;
  readonly above: Level | null;
}

/** Hits of one file in document order; a null after every element, so that the caller can count the work. Nesting costs no stack. */
function* hitsOf(file: ConfigurationFile, wanted: string): Generator<ConfigHit | null> {
  const { path, evidencePath, document } = file;
  const waiting: Level[] = document.root === null ? [] : [{ element: document.root, above: null }];
  for (let level = waiting.pop(); level !== undefined; level = waiting.pop()) {
    const { element } = level;
    if (foldCase(element.name).includes(wanted)) yield { path, evidencePath, line: element.line, column: element.column, ...whereOf(level), text: element.name };
    const key = attributeValue(element, 'key') ?? attributeValue(element, 'name') ?? null;
    for (const a of element.attributes) {
      const text = matching(a, key, wanted);
      if (text !== null) yield { path, evidencePath, line: a.line, column: a.column, ...whereOf(level), text };
    }
    for (let i = element.children.length - 1; i >= 0; i--) {
      const child = element.children[i];
      if (child !== undefined) waiting.push({ element: child, above: level });
    }
    yield null;
  }
}

/** The elements down to a place without `configuration` and `location`, and the path of the innermost location around it. */
function whereOf(level: Level): Pick<ConfigHit, 'element' | 'location'> {
  const names: string[] = [];
  let location: string | null = null;
  for (let at: Level | null = level; at !== null; at = at.above) {
    if (at.element.name === 'location' && at !== level) location ??= at.element.attributes.find((a) => a.name === 'path')?.value ?? '';
    else if (at.above !== null || at === level) names.push(at.element.name);
    // A hostile file nests without end; nobody reads more than this.
    if (names.length > 30) break;
  }
  return { element: names.reverse().join('/'), location };
}

/** `name="value"` when the attribute contains the text, else null. `key` is the name of the setting that the element sets. */
function matching({ name, value }: ConfigAttribute, key: string | null, wanted: string): string | null {
  const shown = shownValue(name, value, key);
  // What is masked must not be guessed by searching for it either: only the name is looked at then.
  const at = foldCase(shown === value ? `${name}="${value}"` : name).indexOf(wanted);
  if (at < 0) return null;
  if (shown.length <= SHOWN) return `${name}="${shown}"`;
  const from = Math.max(0, Math.min(Math.floor(at - name.length - 2 - SHOWN / 3), shown.length - SHOWN));
  return `${name}="${from > 0 ? '...' : ''}${shown.slice(from, from + SHOWN)}${from + SHOWN < shown.length ? '...' : ''}" (${shown.length} characters)`;
}
