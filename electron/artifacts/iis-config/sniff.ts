import type { ConfigDocument, ConfigElement } from '../../../shared/model/index.ts';

export type ConfigFileKind = 'applicationHost' | 'webConfig' | 'administration' | 'redirection' | 'machine' | 'schema';

/** Bytes that are looked at before a file is parsed. */
export const SNIFF_BYTES = 8192;

/** Cheap test on the first bytes: could this be XML with a root that a configuration file has? */
export function looksLikeConfig(head: Uint8Array): boolean {
  let text = '';
  for (let i = 0; i < Math.min(head.length, SNIFF_BYTES); i++) {
    const byte = head[i] ?? 0;
    // UTF-16 of ASCII text, without its zeros, reads like ASCII.
    if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
  }
  return /<(?:[\w.-]+:)?(?:configuration|configSchema)[\s/>]/.test(text) || (/^\s*(?:<\?xml|<!--)/.test(text) && !/<(?:html|svg|assembly|Project)\b/i.test(text));
}

/** Which configuration file this is, by its root element and sections; null when it is none. */
export function sniffConfig(document: ConfigDocument): ConfigFileKind | null {
  const root = document.root;
  if (!root) return null;
  const name = localName(root.name);
  if (name === 'configSchema') return 'schema';
  if (name !== 'configuration') return null;
  const has = (path: string): boolean => contains(root, path.split('/'));
  if (has('system.applicationHost')) return 'applicationHost';
  if (has('configurationRedirection')) return 'redirection';
  if (has('moduleProviders') || declares(root, 'moduleProviders')) return 'administration';
  if (declares(root, 'globalModules') || has('system.webServer/globalModules')) return 'applicationHost';
  if (declares(root, 'configurationRedirection')) return 'redirection';
  if (declares(root, 'httpModules') || has('mscorlib') || has('configProtectedData')) return 'machine';
  return 'webConfig';
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** True when a path of elements is there, at the root or in a location tag. */
function contains(root: ConfigElement, path: readonly string[]): boolean {
  const scopes = [root, ...root.children.filter((child) => child.name === 'location')];
  return scopes.some((scope) => {
    let level: readonly ConfigElement[] = [scope];
    for (const step of path) level = level.flatMap((element) => element.children.filter((child) => child.name === step));
    return level.length > 0;
  });
}

/** True when configSections declares a section of this name, in whatever group. */
function declares(root: ConfigElement, section: string): boolean {
  const pending = root.children.filter((child) => child.name === 'configSections');
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const child of next.children) {
      if (child.name === 'section' && child.attributes.some((a) => a.name === 'name' && a.value === section)) return true;
      if (child.name === 'sectionGroup') pending.push(child);
    }
  }
  return false;
}
