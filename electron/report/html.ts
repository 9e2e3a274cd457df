import { createHash } from 'node:crypto';
import { visible } from '../../shared/base/visible.ts';
import type { ReportBlock, ReportSection } from '../../shared/contract/report.ts';
import type { Report } from './report.ts';
import { STYLE } from './style.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as text: nothing in it can become an element, an attribute or an entity. Line breaks of the report become breaks. */
function escaped(text: string): string {
  return text.split('\n').map((line) => visible(line).replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c)).join('<br>');
}

/** The hash by which the page's own policy allows its one style sheet (CSP level 3, section 2.3.1). */
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/**
 * The report as one page that refers to nothing: no script, no picture, no link but to its own parts, and a policy that
 * allows nothing else even where a viewer would.
 */
export function* htmlReport(report: Report): Generator<string, void, undefined> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
`;
  const [title, ...rest] = report.sections;
  if (title !== undefined) {
    yield `<header class="title" id="${title.id}"><h1>${escaped(title.title)}</h1>\n`;
    yield* blocks(title);
    yield `<nav aria-label="Contents"><h2>Contents</h2><ol>${rest.map((s) => `<li><a href="#${s.id}">${escaped(s.title)}</a></li>`).join('')}</ol></nav></header>\n`;
  }
  for (const [at, section] of rest.entries()) {
    yield `<section id="${section.id}"><h2>${at + 1}. ${escaped(section.title)}</h2>\n`;
    yield* blocks(section);
    yield '</section>\n';
  }
  yield '</main>\n</body>\n</html>\n';
}

function* blocks(section: ReportSection): Generator<string, void, undefined> {
  let above = '';
  for (const block of section.blocks) {
    yield* blockHtml(block, above);
    above = block.kind === 'heading' ? block.text : '';
  }
}

/** @param above the heading right above: a table with the same name need not show it again */
function* blockHtml(block: ReportBlock, above: string): Generator<string, void, undefined> {
  if (block.kind === 'heading') yield `<h3>${escaped(block.text)}</h3>\n`;
  else if (block.kind === 'text') yield `<p>${escaped(block.text)}</p>\n`;
  else if (block.kind === 'list') yield `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>\n`;
  else if (block.kind === 'fields') yield `<dl>${block.fields.map((f) => `<div><dt>${escaped(f.name)}</dt><dd>${escaped(f.value)}</dd></div>`).join('')}</dl>\n`;
  else {
    yield `<table${block.label === above ? ' class="told"' : ''}><caption>${escaped(block.label)}</caption><thead><tr>${block.columns.map((c) => `<th scope="col">${escaped(c)}</th>`).join('')}</tr></thead><tbody>\n`;
    for (const row of block.rows) yield `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>\n`;
    yield '</tbody></table>\n';
  }
}
