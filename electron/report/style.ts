/**
 * The one style sheet of the page: light, readable in black and white, printable. Severity is in words alone, heads of
 * tables stand on every sheet, rows are not torn apart, sheets are numbered where the printer's engine can do it.
 */
export const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #111; font: 10.5pt/1.45 system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 20pt; margin: 0 0 1rem; }
h2 { font-size: 15pt; margin: 2rem 0 .6rem; border-bottom: 2px solid #111; }
h3 { font-size: 12pt; margin: 1.4rem 0 .4rem; overflow-wrap: anywhere; }
h1, h2, h3, caption { break-after: avoid; }
p { margin: .4rem 0; overflow-wrap: anywhere; }
a { color: #111; }
dl { margin: .4rem 0; border-top: 1px solid #999; }
dl div { display: grid; grid-template-columns: 13rem 1fr; gap: .8rem; border-bottom: 1px solid #ccc; padding: .15rem 0; break-inside: avoid; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
ul, ol { margin: .4rem 0; padding-left: 1.4rem; }
li { overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin: .6rem 0; font-size: 9pt; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
thead { display: table-header-group; }
th, td { border: 1px solid #777; padding: .25rem .35rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; overflow-wrap: normal; }
.told caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
tr { break-inside: avoid; }
@page { size: A4; margin: 18mm 14mm 20mm; @bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: 8pt; } }
@media print {
  body { font-size: 9.5pt; }
  main { max-width: none; padding: 0; }
  .title { break-after: page; }
  section { break-before: page; }
  a { text-decoration: none; }
}
`;
