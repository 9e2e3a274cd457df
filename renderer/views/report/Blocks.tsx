import { Fragment, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';

export type Section = Output<'report.sections'>['sections'][number];
type Block = Section['blocks'][number];

/** Rows of a table that the screen draws; the written and the printed report have all. */
const MOST_ROWS = 300;

/** Text with its line breaks; whatever could deceive the eye is marked. */
function Lines({ text }: { readonly text: string }): ReactNode {
  return text.split('\n').map((line, i) => <Fragment key={i}>{i === 0 ? null : <br />}{visible(line)}</Fragment>);
}

/** One part of the report. @param whole draw all rows, for printing */
export function SectionBlocks({ section, whole }: { readonly section: Section; readonly whole: boolean }): ReactNode {
  return (
    <section className="report-section" aria-label={section.title}>
      <h2>{visible(section.title)}</h2>
      {section.blocks.map((block, i) => <BlockView key={i} block={block} whole={whole} above={section.blocks[i - 1]} />)}
    </section>
  );
}

function BlockView({ block, whole, above }: { readonly block: Block; readonly whole: boolean; readonly above: Block | undefined }): ReactNode {
  switch (block.kind) {
    case 'heading': return <h3><Lines text={block.text} /></h3>;
    case 'text': return <p><Lines text={block.text} /></p>;
    case 'list': return <ul>{block.items.map((item, i) => <li key={i}><Lines text={item} /></li>)}</ul>;
    case 'fields': return <dl className="report-fields">{block.fields.map((f, i) => <div key={i}><dt>{visible(f.name)}</dt><dd><Lines text={f.value} /></dd></div>)}</dl>;
    case 'table': return <TableView table={block} whole={whole} told={above?.kind === 'heading' && above.text === block.label} />;
  }
}

function TableView({ table, whole, told }: { readonly table: Extract<Block, { kind: 'table' }>; readonly whole: boolean; readonly told: boolean }): ReactNode {
  const rows = whole ? table.rows : table.rows.slice(0, MOST_ROWS);
  return (
    <>
      <table className="table report-table">
        <caption className={told ? 'hidden-text' : ''}>{visible(table.label)}</caption>
        <thead><tr>{table.columns.map((c) => <th key={c} scope="col">{visible(c)}</th>)}</tr></thead>
        <tbody>{rows.map((row, i) => <tr key={i}>{row.map((cell, j) => <td key={j}><Lines text={cell} /></td>)}</tr>)}</tbody>
      </table>
      {rows.length < table.rows.length ? <p className="dim">{table.rows.length - rows.length} more rows stand in the written report.</p> : null}
    </>
  );
}
