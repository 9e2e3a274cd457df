/** An element of a made configuration; comments and blank lines are not needed. */
export interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
}

export type Attributes = Readonly<Record<string, string>>;

export const el = (name: string, attributes: Attributes = {}, children: readonly Element[] = []): Element => ({ name, attributes: { ...attributes }, children: [...children] });

const escape = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function lines(e: Element, indent: string): string[] {
  const open = `${indent}<${e.name}${Object.entries(e.attributes).map(([key, value]) => ` ${key}="${escape(value)}"`).join('')}`;
  if (e.children.length === 0) return [`${open} />`];
  return [`${open}>`, ...e.children.flatMap((child) => lines(child, `${indent}    `)), `${indent}</${e.name}>`];
}

/** The whole document as tools of IIS write it: four spaces, one before `/>`, CRLF. */
export const printed = (root: Element): string => ['<?xml version="1.0" encoding="UTF-8"?>', ...lines(root, ''), ''].join('\r\n');

export const copyOf = (e: Element): Element => el(e.name, e.attributes, e.children.map(copyOf));

interface Step { readonly name: string; readonly key: string | null; readonly value: string }

/** `system.applicationHost/applicationPools/add[name=Shop]`: names with at most one condition each. A `/` within brackets belongs to the value. */
function steps(path: string): Step[] {
  return [...path.matchAll(/([^/[\]]+)(?:\[([^=\]]+)=([^\]]*)\])?(?:\/|$)/g)].map((m) => ({ name: m[1] ?? '', key: m[2] ?? null, value: m[3] ?? '' }));
}

const fits = (e: Element, { name, key, value }: Step): boolean => e.name === name && (key === null || e.attributes[key] === value);

/** The element at a path, or undefined. */
export function find(root: Element, path: string): Element | undefined {
  let at: Element | undefined = root;
  for (const step of steps(path)) at = at?.children.find((child) => fits(child, step));
  return at;
}

/** The element at a path; what is not there is made. */
export function reach(root: Element, path: string): Element {
  let at = root;
  for (const step of steps(path)) {
    let next = at.children.find((child) => fits(child, step));
    if (next === undefined) {
      next = el(step.name, step.key === null ? {} : { [step.key]: step.value });
      at.children.push(next);
    }
    at = next;
  }
  return at;
}

/** Takes the element at a path away. @throws Error when it is not there: a scenario that means nothing is a mistake */
export function drop(root: Element, path: string): void {
  const all = steps(path);
  const last = all.at(-1);
  const parent = find(root, path.slice(0, path.length - (last === undefined ? 0 : pathLength(last))));
  const index = last === undefined || parent === undefined ? -1 : parent.children.findIndex((child) => fits(child, last));
  if (index < 0) throw new Error(`Nothing to remove at ${path}`);
  parent?.children.splice(index, 1);
}

const pathLength = ({ name, key, value }: Step): number => name.length + (key === null ? 0 : key.length + value.length + 3);
