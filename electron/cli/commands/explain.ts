import path from 'node:path';
import type { ExplainDocument } from '../../../shared/contract/cli/documents.ts';
import type { Component } from '../../../shared/model/index.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import { readCall, text, UsageError } from '../args.ts';
import { print, refuseAsJson, writeJson } from '../output.ts';
import { withEngine } from '../session.ts';
import { explainText } from '../text/explain-text.ts';

/** Components that are named when a name fits several. */
const SHOWN = 20;

/** `explain CASE --component ID|NAME [--json [FILE|-]]`: which rules looked at a component, and what they saw. */
export async function explain(words: readonly string[]): Promise<number> {
  const call = readCall(words, { component: 'text', json: 'text' }, { min: 1, max: 1, names: 'one case file' });
  const file = call.positionals[0] ?? '';
  const wanted = text(call.options, 'component');
  if (wanted === undefined || wanted === '') throw new UsageError('explain needs --component: an id, or a name that one component alone has.');
  const json = text(call.options, 'json');
  refuseAsJson(json, [file]);
  return withEngine(async (session) => {
    await session.ask('case.open', { path: path.resolve(file) });
    const { components } = await session.ask('component.list', {});
    const component = chosen(components, wanted);
    const { looks, findings, rules, kept } = await session.ask('finding.explain', { component: component.id });
    const titles = new Map(rules.map((r) => [r.rule, r.title]));
    const document: ExplainDocument = { schema: 'iisight.explain/1', component, looks: looks.map((look) => ({ ...look, title: titles.get(look.rule) ?? look.rule })), findings, kept };
    if (json !== undefined) await writeJson(json, document);
    if (json !== '-') await print(explainText(document));
    return session.interrupted ? 130 : 0;
  });
}

/** By id, then by name, then by image or type; case counts only where names differ by nothing else. @throws UsageError where none or several fit. */
function chosen(components: readonly Component[], wanted: string): Component {
  const byId = components.find((c) => c.id === wanted);
  if (byId !== undefined) return byId;
  const exact = components.filter((c) => c.name === wanted || c.image === wanted || c.type === wanted);
  const folded = foldCase(wanted);
  const found = exact.length > 0 ? exact : components.filter((c) => [c.name, c.image, c.type].some((part) => part !== null && foldCase(part) === folded));
  const [one, ...others] = found;
  if (one === undefined) throw new UsageError(`No component of this case has the id or the name ${wanted}.`);
  if (others.length === 0) return one;
  const lines = found.slice(0, SHOWN).map((c) => `  ${c.id}  ${c.kind}  ${c.name ?? ''}  ${c.image ?? c.type ?? ''}`);
  throw new UsageError(`${found.length} components have the name ${wanted}; choose one by its id.`, lines);
}
