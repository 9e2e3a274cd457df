import path from 'node:path';
import type { GraphDocument } from '../../../shared/contract/cli/documents.ts';
import type { GraphFormat } from '../../../shared/contract/graph.ts';
import type { Input, Output } from '../../../shared/contract/index.ts';
import { readCall, text, UsageError, type Options } from '../args.ts';
import { print, refuseAsJson, writeJson } from '../output.ts';
import { withEngine, type Session } from '../session.ts';
import { graphText } from '../text/graph-text.ts';

const FORMATS: Readonly<Record<string, GraphFormat>> = { json: 'json', svg: 'svg', graphml: 'graphml' };
/** Names that a mistake lists. */
const CANDIDATES = 12;

type Drawn = Input<'graph.view'>;

/** `graph CASE [--server ID] [--path FROM TO] [--all] [--as-of COPY] [--format json|svg|graphml] [--out F] [--json [FILE|-]]` */
export async function graph(words: readonly string[]): Promise<number> {
  const { rest, ends } = takePath(words);
  const call = readCall(rest, { server: 'text', all: 'flag', 'as-of': 'text', format: 'text', out: 'text', json: 'text' }, { min: 1, max: 1, names: 'one case file' });
  const { options } = call;
  const file = path.resolve(call.positionals[0] ?? '');
  const json = text(options, 'json');
  const out = text(options, 'out');
  const named = text(options, 'format');
  const format = named === undefined ? undefined : FORMATS[named];
  if (named !== undefined && format === undefined) throw new UsageError(`--format takes json, svg or graphml, not ${named}.`);
  if (out !== undefined && format === undefined) throw new UsageError('Say with --format what is written to --out.');
  refuseAsJson(json, [file, out]);
  return withEngine(async (session) => {
    await session.ask('case.open', { path: file });
    const drawn = await drawnOf(session, options, ends);
    if (out !== undefined && format !== undefined) await session.ask('graph.write', { ...drawn, format, path: path.resolve(out), replace: true });
    else if (format !== undefined) await print((await session.ask('graph.text', { ...drawn, format })).text);
    if (json !== undefined || format === undefined) {
      const shown = await session.ask('graph.view', drawn);
      const { nodes, edges, capped, counts, servers } = shown;
      const document: GraphDocument = { schema: 'iisight.graph/1', servers, question: drawn.question ?? null, asOf: drawn.asOf ?? null, nodes, edges, capped, counts };
      if (json !== undefined) await writeJson(json, document);
      if (json !== '-' && format === undefined) await print(graphText(shown, drawn.question !== undefined));
    }
    return session.interrupted ? 130 : 0;
  });
}

/** `--path` has two values, which the reader of options does not know. */
function takePath(words: readonly string[]): { readonly rest: readonly string[]; readonly ends: readonly [string, string] | null } {
  const at = words.indexOf('--path');
  if (at < 0) return { rest: words, ends: null };
  const [from, to] = words.slice(at + 1, at + 3);
  if (from === undefined || to === undefined || from.startsWith('--') || to.startsWith('--')) throw new UsageError('--path takes two names: where it begins and where it ends.');
  return { rest: [...words.slice(0, at), ...words.slice(at + 3)], ends: [from, to] };
}

async function drawnOf(session: Session, options: Options, ends: readonly [string, string] | null): Promise<Drawn> {
  const server = text(options, 'server');
  const asOf = text(options, 'as-of');
  const where = { ...(server === undefined ? {} : { server }), ...(asOf === undefined ? {} : { asOf }) };
  if (asOf !== undefined) {
    const { copies } = await session.ask('graph.view', server === undefined ? {} : { server });
    if (!copies.some((c) => c.id === asOf)) throw new UsageError(`There is no configuration copy ${asOf}${copies.length === 0 ? '' : `; the copies are ${copies.map((c) => c.id).slice(0, CANDIDATES).join(', ')}`}.`);
  }
  if (ends === null) return { ...where, whole: options['all'] === true };
  const [from, to] = [await nodeNamed(session, where, ends[0]), await nodeNamed(session, where, ends[1])];
  return { ...where, question: { kind: 'path', from, to } };
}

/** The node that an id or a name means. @throws UsageError with the candidates where none or several have the name. */
async function nodeNamed(session: Session, where: Pick<Drawn, 'server' | 'asOf'>, name: string): Promise<string> {
  const { hits, total } = await session.ask('graph.find', { ...where, text: name, limit: 200 });
  const byId = hits.find((h) => h.how === 'id');
  if (byId !== undefined) return byId.id;
  const named = hits.filter((h) => h.how === 'name');
  const [only] = named;
  if (only !== undefined && named.length === 1) return only.id;
  const list = named.length > 0 ? named : hits;
  const most = named.length > 0 ? named.length : total;
  const lines = list.slice(0, CANDIDATES).map(candidate);
  if (list.length === 0) throw new UsageError(`No node of the graph is called ${name}.`);
  throw new UsageError(`${named.length > 0 ? `${named.length} nodes are called ${name}; name one by its id` : `No node is called ${name}; these hold it`}${most > lines.length ? ` (the first ${lines.length} of ${most})` : ''}.`, lines);
}

function candidate(node: Output<'graph.find'>['hits'][number]): string {
  return `  ${node.id}  (${node.kind} ${node.label}${node.detail === '' ? '' : `: ${node.detail.slice(0, 100)}`})`;
}
