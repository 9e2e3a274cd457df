import type { ConfigAttribute, ConfigElement } from '../../../../shared/model/index.ts';

/** An element while it is being read. */
export interface OpenElement {
  name: string;
  line: number;
  column: number;
  endLine: number;
  attributes: readonly ConfigAttribute[];
  children: OpenElement[];
}

export const MAX_DEPTH = 1000;
export const MAX_ELEMENTS = 1_000_000;
export const MAX_ATTRIBUTES = 10_000;
/** Character and entity references of one file; real files have some hundred. */
export const MAX_REFERENCES = 250_000;

export const NO_ATTRIBUTES: readonly ConfigAttribute[] = Object.freeze([]);
/** Shared by all elements without children: most have none. Never pushed to. */
export const NO_CHILDREN: OpenElement[] = [];
const COLLECTION = new Set(['add', 'remove', 'clear']);
/** What may stand in these collections. Anything else in one whose end tag is missing belongs behind it. */
const COLLECTION_CHILDREN = new Map<string, ReadonlySet<string>>([
  ['globalModules', COLLECTION],
  ['modules', COLLECTION],
  ['handlers', COLLECTION],
  ['isapiFilters', new Set(['filter', 'remove', 'clear'])],
  ['isapiCgiRestriction', COLLECTION],
  ['httpModules', COLLECTION],
  ['httpHandlers', COLLECTION],
]);

/**
 * The outcome of an end tag. `left` are elements that had no end tag of their own, innermost first; `mistaken` are
 * those of them that stand where the end tag of their parent was meant.
 */
export type Closing = { readonly found: false } | { readonly found: true; readonly left: readonly OpenElement[]; readonly mistaken: readonly OpenElement[] };

/**
 * Builds the element tree with a stack of its own, so that a wrong end tag costs only the elements that it leaves open
 * and reading can begin anew behind damage.
 */
export class TreeBuilder {
  root: OpenElement | null = null;
  elements = 0;
  /** True when an element was dropped because of depth. */
  tooDeep = false;
  readonly #stack: OpenElement[] = [];
  /** How often each name is open, so that a stray end tag is known without a walk over the stack. */
  readonly #openNames = new Map<string, number>();

  get depth(): number {
    return this.#stack.length;
  }

  get rootClosed(): boolean {
    return this.root !== null && this.#stack.length === 0;
  }

  /** The element that is open now. */
  get innermost(): OpenElement | undefined {
    return this.#stack.at(-1);
  }

  start(name: string, line: number, column: number, endLine: number, attributes: readonly ConfigAttribute[], selfClosing: boolean): void {
    const element: OpenElement = { name, line, column, endLine, attributes: attributes.length > 0 ? attributes : NO_ATTRIBUTES, children: NO_CHILDREN };
    this.elements++;
    const parent = this.#stack.at(-1);
    if (!parent) this.root ??= element;
    else if (this.#stack.length < MAX_DEPTH) {
      if (parent.children === NO_CHILDREN) parent.children = [element];
      else parent.children.push(element);
    } else this.tooDeep = true;
    if (selfClosing) return;
    this.#stack.push(element);
    this.#openNames.set(name, (this.#openNames.get(name) ?? 0) + 1);
  }

  end(name: string, endLine: number): Closing {
    if ((this.#openNames.get(name) ?? 0) === 0) return { found: false };
    const left: OpenElement[] = [];
    const mistaken: OpenElement[] = [];
    let last = endLine;
    for (;;) {
      const element = this.#stack.pop();
      if (!element) return { found: true, left, mistaken };
      this.#openNames.set(element.name, (this.#openNames.get(element.name) ?? 1) - 1);
      element.endLine = last;
      last = endLine;
      if (element.name === name) return { found: true, left, mistaken };
      left.push(element);
      const [above, parent] = [this.#stack.at(-2), this.#stack.at(-1)];
      if (parent && above && isMistakenEnd(element, parent)) {
        mistaken.push(element);
        closeWith(element, parent, above);
        last = element.line;
      } else if (parent) liftStrays(element, parent);
    }
  }

  /** Gives what is still open its last line, and returns it, innermost first. */
  finish(endLine: number): readonly OpenElement[] {
    const open = this.#stack.toReversed();
    for (const element of open) element.endLine = endLine;
    this.#stack.length = 0;
    return open;
  }
}

/** A start tag without attributes right in an element of the same name that is left open too: `<a>` for `</a>`. */
function isMistakenEnd(element: OpenElement, parent: OpenElement): boolean {
  return element.name === parent.name && element.attributes.length === 0 && parent.children.at(-1) === element;
}

/** Takes the element for the end tag of its parent: what it pulled in stands behind the parent. */
function closeWith(element: OpenElement, parent: OpenElement, above: OpenElement): void {
  parent.children.pop();
  if (above.children.at(-1) === parent) for (const child of element.children) above.children.push(child);
}

/** Moves sections that a missing end tag pulled into a collection out again, behind it. */
function liftStrays(element: OpenElement, parent: OpenElement): void {
  const allowed = COLLECTION_CHILDREN.get(element.name);
  if (!allowed) return;
  const first = element.children.findIndex((child) => !allowed.has(child.name));
  if (first < 0) return;
  const strays = element.children.splice(first);
  element.endLine = strays[0]?.line ?? element.endLine;
  const behind = parent.children.splice(parent.children.lastIndexOf(element) + 1);
  // One by one: damage may have pulled in more elements than one call takes arguments.
  for (const child of strays) parent.children.push(child);
  for (const child of behind) parent.children.push(child);
}

export function asConfigElement(element: OpenElement | null): ConfigElement | null {
  return element;
}
