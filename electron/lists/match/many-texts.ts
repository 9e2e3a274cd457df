/** Characters of all patterns together; what is beyond is not looked for and counted. */
const MAX_CHARACTERS = 400_000;

/**
 * Finds many texts at once in one pass over another (Aho and Corasick, "Efficient string matching", CACM 18(6), 1975): the time
 * depends on the length of what is searched and not on how many texts are looked for. Both sides must be folded alike.
 */
export class ManyTexts {
  /** The first child of each node (its unit and its number; 0: none), and further ones where there are any: most nodes have one at most. */
  readonly #unit: number[] = [0];
  readonly #child: number[] = [0];
  readonly #more = new Map<number, Map<number, number>>();
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
      let to = this.#next(node, unit);
      while (to === 0 && node !== 0) {
        node = this.#fail[node] ?? 0;
        to = this.#next(node, unit);
      }
      node = to;
      for (let end = node; end !== 0; end = this.#shorter[end] ?? 0) for (const pattern of this.#ends[end] ?? []) found.add(pattern);
    }
    return found;
  }

  /** The node that a unit leads to, or 0: nothing leads back to the root. */
  #next(node: number, unit: number): number {
    const child = this.#child[node] ?? 0;
    if (child === 0 || this.#unit[node] === unit) return child;
    return this.#more.get(node)?.get(unit) ?? 0;
  }

  #add(pattern: string, index: number): void {
    let node = 0;
    for (let i = 0; i < pattern.length; i += 1) {
      const unit = pattern.charCodeAt(i);
      node = this.#next(node, unit) || this.#grow(node, unit);
    }
    this.#ends[node]?.push(index);
  }

  #grow(node: number, unit: number): number {
    const to = this.#ends.length;
    this.#ends.push([]);
    this.#fail.push(0);
    this.#shorter.push(0);
    this.#unit.push(0);
    this.#child.push(0);
    if (this.#child[node] === 0) {
      this.#unit[node] = unit;
      this.#child[node] = to;
    } else {
      const more = this.#more.get(node) ?? new Map<number, number>();
      more.set(unit, to);
      this.#more.set(node, more);
    }
    return to;
  }

  #children(node: number): [number, number][] {
    const child = this.#child[node] ?? 0;
    return child === 0 ? [] : [[this.#unit[node] ?? 0, child], ...(this.#more.get(node) ?? [])];
  }

  /** Level by level: a failure link leads to a shallower node, which is linked by then. */
  #link(): void {
    let level = this.#children(0).map(([, to]) => to);
    while (level.length > 0) {
      const below: number[] = [];
      for (const node of level) {
        for (const [unit, to] of this.#children(node)) {
          let fail = this.#fail[node] ?? 0;
          while (fail !== 0 && this.#next(fail, unit) === 0) fail = this.#fail[fail] ?? 0;
          const link = this.#next(fail, unit);
          this.#fail[to] = link;
          this.#shorter[to] = (this.#ends[link] ?? []).length > 0 ? link : (this.#shorter[link] ?? 0);
          below.push(to);
        }
      }
      level = below;
    }
  }
}
