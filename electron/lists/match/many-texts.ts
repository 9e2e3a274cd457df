/** Characters of all patterns together; what is beyond is not looked for and counted. */
const MAX_CHARACTERS = 400_000;

const UNITS = 65_536;

/**
 * Finds many texts at once in one pass over another (Aho and Corasick, "Efficient string matching", CACM 18(6), 1975): the time
 * depends on the length of what is searched and not on how many texts are looked for. Both sides must be folded alike.
 */
export class ManyTexts {
  /** `node * 65536 + unit` leads to a node. */
  readonly #next = new Map<number, number>();
  readonly #fail: number[] = [0];
  /** Patterns that end at a node, and the nearest shorter end along the failure links. */
  readonly #ends: number[][] = [[]];
  readonly #shorter: number[] = [0];
  /** Patterns that did not fit. */
  readonly left: number;

  /** @param patterns answers name them by their position */
  constructor(patterns: readonly string[]) {
    let characters = 0;
    let left = 0;
    for (const [i, pattern] of patterns.entries()) {
      if (pattern === '' || characters + pattern.length > MAX_CHARACTERS) left += 1;
      else {
        characters += pattern.length;
        this.#add(pattern, i);
      }
    }
    this.left = left;
    this.#link();
  }

  get empty(): boolean {
    return this.#ends.length === 1;
  }

  /** Positions of the patterns that stand somewhere in `text`, each once. */
  find(text: string): ReadonlySet<number> {
    const found = new Set<number>();
    if (this.empty) return found;
    let node = 0;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      let to = this.#next.get(node * UNITS + unit);
      while (to === undefined && node !== 0) {
        node = this.#fail[node] ?? 0;
        to = this.#next.get(node * UNITS + unit);
      }
      node = to ?? 0;
      for (let end = node; end !== 0; end = this.#shorter[end] ?? 0) for (const pattern of this.#ends[end] ?? []) found.add(pattern);
    }
    return found;
  }

  #add(pattern: string, index: number): void {
    let node = 0;
    for (let i = 0; i < pattern.length; i += 1) {
      const key = node * UNITS + pattern.charCodeAt(i);
      let to = this.#next.get(key);
      if (to === undefined) {
        to = this.#ends.length;
        this.#ends.push([]);
        this.#fail.push(0);
        this.#shorter.push(0);
        this.#next.set(key, to);
      }
      node = to;
    }
    this.#ends[node]?.push(index);
  }

  /** Nodes are numbered so that a child comes after its parent, but not by depth: they are linked level by level. */
  #link(): void {
    const children = new Map<number, { unit: number; to: number }[]>();
    for (const [key, to] of this.#next) {
      const node = Math.floor(key / UNITS);
      const own = children.get(node) ?? [];
      own.push({ unit: key % UNITS, to });
      children.set(node, own);
    }
    let level = (children.get(0) ?? []).map((c) => c.to);
    while (level.length > 0) {
      const below: number[] = [];
      for (const node of level) {
        for (const { unit, to } of children.get(node) ?? []) {
          let fail = this.#fail[node] ?? 0;
          while (fail !== 0 && !this.#next.has(fail * UNITS + unit)) fail = this.#fail[fail] ?? 0;
          const link = this.#next.get(fail * UNITS + unit) ?? 0;
          this.#fail[to] = link;
          this.#shorter[to] = (this.#ends[link] ?? []).length > 0 ? link : (this.#shorter[link] ?? 0);
          below.push(to);
        }
      }
      level = below;
    }
  }
}
