import { foldCase } from '../../../shared/base/compare.ts';
import { attributeValue, type ParseProblem } from '../../../shared/model/index.ts';
import type { CodeEntry } from '../kit/definition.ts';
import { parseConfig } from '../kit/xml/parse.ts';

/** Bytes of one `.compiled` file that are read: a page and what it depends on. */
export const MAX_COMPILED_BYTES = 1024 * 1024;

/** True for the `.compiled` files of a precompiled application: those beside its assemblies. Codegen folders hold thousands more. */
export function locateCompiled(evidencePath: string): boolean {
  return /(?:^|\/)BIN\/[^/]{1,260}\.COMPILED$/.test(foldCase(evidencePath));
}

/**
 * Reads a `.compiled` file: `<preserve virtualPath="/a.aspx" assembly="App_Web_x" type="ASP.a_aspx">`, which tells
 * ASP.NET which compiled type answers for a path whose source need not exist.
 */
export function parseCompiled(bytes: Uint8Array): { readonly entries: readonly CodeEntry[]; readonly problems: readonly ParseProblem[] } {
  const { document, problems } = parseConfig(bytes);
  const root = document.root;
  if (root === null) return { entries: [], problems };
  if (root.name !== 'preserve') return { entries: [], problems: [...problems, { kind: 'malformed', message: 'The root is not preserve: this is no file of a precompiled application.', line: root.line }] };
  const assembly = attributeValue(root, 'assembly') ?? '';
  const type = attributeValue(root, 'type') ?? '';
  const entry: CodeEntry = {
    name: attributeValue(root, 'virtualPath') ?? '',
    type: type === '' ? null : assembly === '' ? type : `${type}, ${assembly}`,
    line: root.line,
    column: root.column,
    attributes: root.attributes.map((a) => ({ name: a.name, value: a.value })),
  };
  return { entries: [entry], problems };
}

/** What this artifact is, for the list of what the workbench reads. */
export const PRECOMPILED = {
  id: 'precompiled',
  title: 'Pages of a precompiled application (.compiled)',
  files: ['bin/*.compiled'],
  versions: 'ASP.NET 2.0 to 4.8',
  proves: 'Which compiled type and assembly answer for a path of an application, whether or not the page is there.',
  references: ['https://learn.microsoft.com/en-us/previous-versions/aspnet/bb398860(v=vs.100)'],
} as const;
