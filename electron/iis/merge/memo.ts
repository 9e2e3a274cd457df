interface Node<T> { next: WeakMap<object, Node<T>>; values: Map<string, T> }

const node = <T>(): Node<T> => ({ next: new WeakMap(), values: new Map() });

/** Remembers a value by the identity of several objects and a text; nothing is kept longer than the first of the objects. */
export class ObjectMemo<T> {
  readonly #root: Node<T> = node();

  get(objects: readonly object[], text: string, make: () => T): T {
    let at = this.#root;
    for (const object of objects) {
      let next = at.next.get(object);
      if (!next) at.next.set(object, (next = node()));
      at = next;
    }
    let value = at.values.get(text);
    if (value === undefined) at.values.set(text, (value = make()));
    return value;
  }
}
