import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../electron/artifacts/iis-config/index.ts';
import type { ConfigElement } from '../../shared/model/index.ts';
import { HOSTILE_XML } from './hostile-xml.ts';

/** A fiftieth of the full size, which `npm run bench hostile` reads with a clock and a meter. */
const SCALE = 0.02;

function elementsOf(root: ConfigElement | null): ConfigElement[] {
  const found = root === null ? [] : [root];
  // Grows while it is walked.
  for (const element of found) for (const child of element.children) found.push(child);
  return found;
}

describe('hostile configuration files', () => {
  it.each([...HOSTILE_XML])('$name', ({ bytes, problem, kept }) => {
    const { document, problems, text } = parseConfig(bytes(SCALE));
    const kinds = problems.map((p) => p.kind);
    if (problem === null) expect(problems).toEqual([]);
    else expect(kinds).toContain(problem);
    expect(document.complete).toBe(document.root !== null && !kinds.some((kind) => kind !== 'anomaly'));
    // Faults beyond a bound are counted, not listed; each listed one says where.
    expect(problems.length).toBeLessThanOrEqual(230);
    const lines = text.split(/\r\n|\n|\r/).length;
    for (const p of problems) {
      expect(p.message.length).toBeLessThan(1500);
      if (!/further faults/.test(p.message)) expect(p.line ?? p.offset, p.message).toBeDefined();
      expect(p.line ?? 1).toBeLessThanOrEqual(lines);
    }
    const elements = elementsOf(document.root);
    expect(elements.length).toBeLessThanOrEqual(1_000_000);
    const found = elements.filter((e) => e.name === 'add' && e.attributes.some((a) => a.name === 'name' && a.value === 'kept'));
    if (kept) expect(found).toHaveLength(1);
    // Nothing that a comment, CDATA or an entity hides is taken for an element, and nothing was fetched.
    expect(elements.some((e) => e.attributes.some((a) => a.value === 'no' || /lollol|root:/.test(a.value)))).toBe(false);
  });

  it('names of the language itself are names like others', () => {
    const { document } = parseConfig(HOSTILE_XML.find((h) => h.name === 'names of the language itself')?.bytes(1) ?? new Uint8Array());
    const own = elementsOf(document.root).find((e) => e.name === '__proto__');
    expect(own?.attributes.map((a) => [a.name, a.value])).toEqual([['__proto__', 'x'], ['constructor', 'y'], ['toString', 'z']]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
