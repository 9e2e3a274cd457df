import { BrowserWindow, session } from 'electron';
import { fail, type Result } from '../../shared/base/result.ts';
import { requests, type Output } from '../../shared/contract/index.ts';
import { PAGE_HEADERS } from '../serve/page-headers.ts';
import { hardenSession } from './hardening.ts';
import { ORIGIN, SCHEME } from './origin.ts';
import type { EngineEnd } from './transport.ts';

/** The policy of the report's own page stands in it; this one, from outside, allows its style sheet and nothing else. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Prints the report: the engine makes the page, a window of its own that nobody sees and in which no script can run lays
 * it out, the engine keeps the PDF, so that the same refusals hold as for every other file.
 */
export async function printReport(engine: Pick<EngineEnd, 'raw'>, target: { readonly path: string; readonly replace?: boolean | undefined }): Promise<Result<Output<'host.printPdf'>>> {
  const made = await engine.raw('report.preview', { format: 'html' });
  if (!made.ok) return made;
  const preview = requests['report.preview'].output.safeParse(made.value);
  if (!preview.success) return fail('bug', 'The engine gave no report.');
  const pdf = await pdfOf(preview.data.text);
  const kept = await engine.raw('report.keepPdf', { ...target, base64: pdf.toString('base64') });
  return kept as Result<Output<'host.printPdf'>>;
}

let prints = 0;

async function pdfOf(html: string): Promise<Buffer> {
  // In memory, and new each time: nothing of a report outlives its printing.
  prints += 1;
  const own = session.fromPartition(`print-${prints}`);
  hardenSession(own, { development: false });
  own.protocol.handle(SCHEME, () => new Response(html, { status: 200, headers: { ...PAGE_HEADERS, 'Content-Security-Policy': POLICY, 'Content-Type': 'text/html; charset=utf-8' } }));
  const window = new BrowserWindow({
    show: false,
    webPreferences: { session: own, javascript: false, sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, images: false, webgl: false, plugins: false, spellcheck: false, devTools: false },
  });
  try {
    await window.loadURL(`${ORIGIN}/report`);
    return await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true, displayHeaderFooter: false, generateTaggedPDF: true });
  } finally {
    window.destroy();
    own.protocol.unhandle(SCHEME);
  }
}
