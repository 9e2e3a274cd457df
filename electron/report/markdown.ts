import { visible } from '../../shared/base/visible.ts';
import type { ReportBlock } from '../../shared/contract/report.ts';
import type { Report } from './report.ts';

/**
 * A line as Markdown that shows it as it is: CommonMark lets a backslash stand before any punctuation of ASCII (section
 * 2.4), entities keep HTML out in programs that know no more, and what GitHub makes links or mentions of is broken up.
 */
function escapedLine(line: string): string {
  return visible(line)
    .replace(/[\\`*_[\]|~#@$^{}!]/g, '\\$&')
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
    .replace(/:(?=\/\/)|(?<!\d):(?=[\w+-]+\\?:)/g, '\\:')
    .replace(/(www)\./gi, '$1\\.')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}

const lines = (text: string): string => text.split('\n').map(escapedLine).join('<br>');

/** The report as Markdown with tables, for wikis and tickets. */
export function* markdownReport(report: Report): Generator<string, void, undefined> {
  const [title, ...rest] = report.sections;
  yield `# ${escapedLine(title?.title ?? report.title)}\n\n`;
  for (const block of title?.blocks ?? []) yield* blockMarkdown(block, '');
  for (const [at, section] of rest.entries()) {
    yield `## ${at + 1}. ${escapedLine(section.title)}\n\n`;
    let above = '';
    for (const block of section.blocks) {
      yield* blockMarkdown(block, above);
      above = block.kind === 'heading' ? block.text : '';
    }
  }
}

function* blockMarkdown(block: ReportBlock, above: string): Generator<string, void, undefined> {
  if (block.kind === 'heading') yield `### ${lines(block.text)}\n\n`;
  else if (block.kind === 'text') yield `${lines(block.text)}\n\n`;
  else if (block.kind === 'list') yield `${block.items.map((item) => `- ${lines(item)}`).join('\n')}\n\n`;
  else if (block.kind === 'fields') yield* rows(['Fact', 'Value'], block.fields.map((f) => [f.name, f.value]));
  else {
    if (block.label !== above) yield `**${lines(block.label)}**\n\n`;
    yield* rows(block.columns, block.rows);
  }
}

function* rows(columns: readonly string[], all: readonly (readonly string[])[]): Generator<string, void, undefined> {
  yield `| ${columns.map(lines).join(' | ')} |\n| ${columns.map(() => '---').join(' | ')} |\n`;
  for (const row of all) yield `| ${row.map(lines).join(' | ')} |\n`;
  yield '\n';
}
