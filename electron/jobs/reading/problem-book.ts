import type { ParseProblem, Place, Problem } from '../../../shared/model/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import { stableId } from '../stable-id.ts';

/** Problems of one kind and file beyond this number are summed up: a file of rubbish must not fill the case. */
const MOST_PER_FILE = 100;

/** Collects what could not be read, each with its place; parsers know positions, this knows files and servers. */
export class ProblemBook {
  readonly #problems = new Map<string, Problem>();
  readonly #counts = new Map<string, number>();

  add(place: Place, server: string | null, found: ParseProblem): void {
    const counter = `${found.kind}\0${place.evidencePath}`;
    const count = (this.#counts.get(counter) ?? 0) + 1;
    this.#counts.set(counter, count);
    if (count > MOST_PER_FILE) return;
    const { kind, message, line, offset, expected = false } = found;
    const id = stableId('p', place.evidencePath, kind, line, offset, message);
    this.#problems.set(id, {
      id, server, kind, path: place.path, evidencePath: place.evidencePath, message, expected,
      ...(line === undefined ? {} : { line }), ...(offset === undefined ? {} : { offset }),
    });
  }

  addAll(place: Place, server: string | null, found: readonly ParseProblem[]): void {
    for (const problem of found) this.add(place, server, problem);
  }

  /** Problems that come with their place, as logs do. */
  take(problems: readonly Problem[]): void {
    for (const problem of problems) this.#problems.set(problem.id, problem);
  }

  /** Sorted by file, then position. */
  list(): Problem[] {
    const all = [...this.#problems.values()];
    for (const [counter, count] of this.#counts) {
      if (count <= MOST_PER_FILE) continue;
      const first = all.find((p) => `${p.kind}\0${p.evidencePath}` === counter);
      if (first === undefined) continue;
      const { line: _line, offset: _offset, ...rest } = first;
      all.push({ ...rest, id: stableId('p', counter, 'more'), message: `${count - MOST_PER_FILE} more problems of this kind in this file are not listed.` });
    }
    return all.sort(compareBy((p) => p.evidencePath, (p) => p.line ?? 0, (p) => p.offset ?? 0, (p) => p.id));
  }
}
