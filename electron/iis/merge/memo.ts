/** Both are made when they are needed: there is a node for every state of every application. */
interface Node<T> { next: WeakMap<object, Node<T>> | null; values: Map<string, T> | null }

const node = <T>(): Node<T> => ({ next: null, values: null });

/** Remembers a value by the identity of several objects and a text; nothing is kept longer than the first of the objects. */
export class ObjectMemo<T> {
  readonly #root: Node<T> = node();

  get(objects: readonly object[], text: string, make: () => T): T {
    let at = this.#root;
    for (const object of objects) {
      at.next ??= new WeakMap();
      let next = at.next.get(object);
      if (!next) at.next.set(object, (next = node()));
      at = next;
    }
    at.values ??= new Map();
    let value = at.values.get(text);
    if (value === undefined) at.values.set(text, (value = make()));
    return value;
  }
}
