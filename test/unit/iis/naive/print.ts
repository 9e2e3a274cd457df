import type { ConfigurationFiles } from '../../../../electron/iis/index.ts';
import { serverFiles } from '../support.ts';
import { type Attribute, type Directive, type File, type Location, lower, type Section, type Tree, type Trouble } from './tree.ts';

/** Ways to write the same configuration differently. */
export interface Writing {
  /** A group element of its own for every section, instead of one for neighbours. */
  readonly splitGroups?: boolean;
  /** Comments, empty lines and sections that no list comes from. */
  readonly noise?: boolean;
  readonly reverseAttributes?: boolean;
  /** Sections and location tags of one file in another order. */
  readonly reverseSections?: boolean;
  /** Sites and pools in another order. */
  readonly reverseServer?: boolean;
}

interface Node {
  readonly tag: string;
  readonly attributes: readonly Attribute[];
  readonly children: Node[];
  readonly directive: Directive | null;
  /** A group of sections, which may be written once for neighbours. */
  readonly group: boolean;
}

/** Where a directive was printed: full Windows path and 1-based line. */
export interface Position {
  readonly path: string;
  readonly line: number;
}

export interface Printed {
  readonly host: string;
  /** By Windows path; null for a file that was not collected. */
  readonly others: Readonly<Record<string, string | null>>;
  readonly positions: ReadonlyMap<Directive, Position>;
}

const node = (tag: string, attributes: readonly Attribute[] = [], children: Node[] = []): Node => ({ tag, attributes, children, directive: null, group: false });

/** The files of a tree as text. */
export function print(tree: Tree, writing: Writing = {}): Printed {
  const positions = new Map<Directive, Position>();
  const others: Record<string, string | null> = {};
  const write = (path: string, root: Node): string => {
    const lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
    writeNode(root, path, lines, positions, writing);
    return lines.join('\n');
  };
  const gone = (path: string): boolean => tree.notCollected.some((p) => lower(p) === lower(path));
  const put = (path: string, root: Node): void => {
    const text = write(path, root);
    others[path] = gone(path) ? null : text;
  };
  const sources = (file: File): void => {
    for (const section of sectionsOf(file)) {
      if (section.source !== null && section.trouble === null) put(`${folderOf(file.path)}\\${section.source}`, { ...sectionNode(section), tag: lastName(section.name) });
    }
  };
  const host = write(tree.host.path, node('configuration', [], [...hostHead(tree, writing), ...partNodes(tree.host.parts, writing)]));
  sources(tree.host);
  for (const file of tree.files) {
    const head = /\\machine\.config$/i.test(file.path) ? [declare(MACHINE_SECTIONS)] : [];
    put(file.path, node('configuration', [], [...head, ...partNodes(file.parts, writing)]));
    sources(file);
  }
  return { host, others, positions };
}

/** The server as the engine sees it. */
export function filesOf(printed: Printed): ConfigurationFiles {
  return serverFiles(printed.host, printed.others);
}

export function sectionsOf(file: File): readonly Section[] {
  return file.parts.flatMap((part) => (part.kind === 'section' ? [part] : part.sections));
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('\\'));
}

const MACHINE_SECTIONS = [
  { name: 'system.web/httpModules', attributes: [['allowDefinition', 'MachineToApplication']] as Attribute[] },
  { name: 'system.web/httpHandlers', attributes: [] },
];

const lastName = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** configSections, pools and sites. */
function hostHead(tree: Tree, writing: Writing): Node[] {
  const flip = <T>(list: readonly T[]): readonly T[] => (writing.reverseServer === true ? list.toReversed() : list);
  const pools = node('applicationPools', [], [
    ...flip(tree.pools).map((pool) => node('add', [['name', pool.name], ...pool.attributes])),
    node('applicationPoolDefaults', tree.poolDefaults),
  ]);
  const sites = tree.sites.map((site, index) => node('site', [['name', site.name], ['id', String(index + 1)]], site.applications.map((application) =>
    node('application', [['path', application.path], ['applicationPool', application.pool]], application.directories.map((directory) =>
      node('virtualDirectory', [['path', directory.path], ['physicalPath', directory.folder], ...directory.attributes]))))));
  return [declare([...tree.declarations, { name: 'system.webServer/httpErrors', attributes: [] }]), node('system.applicationHost', [], [pools, node('sites', [], [...flip(sites)])])];
}

function declare(declarations: Tree['declarations']): Node {
  const top = node('configSections');
  for (const { name, attributes } of declarations) {
    const steps = name.split('/');
    let at = top;
    for (const step of steps.slice(0, -1)) {
      let next = at.children.find((child) => child.tag === 'sectionGroup' && child.attributes[0]?.[1] === step);
      if (!next) at.children.push((next = node('sectionGroup', [['name', step]])));
      at = next;
    }
    at.children.push(node('section', [['name', lastName(name)], ...attributes]));
  }
  return top;
}

function partNodes(parts: readonly (Section | Location)[], writing: Writing): Node[] {
  const root = groupNodes(parts.filter((part) => part.kind === 'section'), writing);
  const locations = parts.filter((part) => part.kind === 'location')
    .map((part) => node('location', [['path', part.path], ...part.attributes], groupNodes(part.sections, writing)));
  return writing.reverseSections === true ? [...locations.toReversed(), ...root] : [...root, ...locations];
}

function groupNodes(sections: readonly Section[], writing: Writing): Node[] {
  const top = node('');
  for (const section of writing.reverseSections === true ? sections.toReversed() : sections) {
    const steps = section.name.split('/');
    let at = top;
    for (const step of steps.slice(0, -1)) {
      let next = writing.splitGroups === true ? undefined : at.children.find((child) => child.tag === step && child.group);
      if (!next) at.children.push((next = { ...node(step), group: true }));
      at = next;
    }
    at.children.push(section.trouble !== null ? troubledNode(section, section.trouble) : section.source === null ? sectionNode(section) : node(lastName(section.name), [['configSource', section.source]]));
  }
  return top.children;
}

function sectionNode(section: Section): Node {
  return node(lastName(section.name), section.attributes, section.directives.map((directive) => ({ ...node(directive.tag, directive.attributes), directive })));
}

function troubledNode(section: Section, trouble: Trouble): Node {
  const name = lastName(section.name);
  if (trouble === 'encrypted') return node(name, [['configProtectionProvider', 'RsaProtectedConfigurationProvider']], [node('EncryptedData')]);
  if (trouble === 'source-absent') return node(name, [['configSource', 'cfg\\nowhere.config']]);
  if (trouble === 'source-outside') return node(name, [['configSource', '..\\outside.config']]);
  return { ...sectionNode(section), attributes: [['configSource', 'cfg\\nowhere.config'], ...section.attributes] };
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function writeNode(at: Node, path: string, lines: string[], positions: Map<Directive, Position>, writing: Writing): void {
  const attributes = (writing.reverseAttributes === true ? at.attributes.toReversed() : at.attributes).map(([n, v]) => ` ${n}="${escape(v)}"`).join('');
  if (writing.noise === true) lines.push('<!-- <add name="A" type="T" /> <clear /> -->', '  \t');
  if (at.directive) positions.set(at.directive, { path, line: lines.length + 1 });
  if (at.children.length === 0) {
    lines.push(`<${at.tag}${attributes} />`);
    return;
  }
  lines.push(`<${at.tag}${attributes}>`);
  if (writing.noise === true && at.tag === 'system.webServer') lines.push('<httpErrors><clear /><error statusCode="404" path="x" /></httpErrors>');
  for (const child of at.children) writeNode(child, path, lines, positions, writing);
  lines.push(`</${at.tag}>`);
}
