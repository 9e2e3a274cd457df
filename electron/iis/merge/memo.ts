/** What is needed of it is made when it is needed: there is a node for every state of every application, most with one value. */
interface Node<T> {
  next: WeakMap<object, Node<T>> | null;
  text: string | null;
  value: T | undefined;
  more: Map<string, T> | null;
}

const node = <T>(): Node<T> => ({ next: null, text: null, value: undefined, more: null });

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
    if (at.text === text && at.value !== undefined) return at.value;
    const known = at.more?.get(text);
    if (known !== undefined) return known;
    const value = make();
    if (at.text === null) {
      at.text = text;
      at.value = value;
    } else (at.more ??= new Map()).set(text, value);
    return value;
  }
}
