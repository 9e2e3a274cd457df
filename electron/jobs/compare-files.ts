import type { Output } from '../../shared/contract/index.ts';
import { RequestError } from '../../shared/base/result.ts';
import { configurationArtifacts } from '../artifacts/registry.ts';
import { findFile } from '../case/manifest-search.ts';
import { diffFiles, shownLine } from '../iis/index.ts';
import { EVIDENCE_ID } from './evidence-id.ts';
import { diffLines } from './line-diff.ts';
import type { CaseModel } from './model/case-model.ts';
import type { KnownConfiguration } from './model/known-configuration.ts';
import type { OpenCase } from './open-case.ts';
import { embedded } from './source-bytes.ts';

/** Lines that one answer gives, and characters of one line. */
const MOST_LINES = 2000;
const MAX_LINE = 2000;
/** Equal lines around a difference. */
const CONTEXT = 3;

/**
 * Two configuration files of the case compared, by meaning and by text. Secrets are masked in both.
 * @throws RequestError for a file that the case does not know as configuration, or does not embed
 */
export async function compareFiles(open: OpenCase, model: CaseModel, from: string, to: string): Promise<Output<'config.diff'>> {
  const [before, after] = [known(model, from), known(model, to)];
  const ids = new Map(model.servers.flatMap((s) => s.copies.map(({ copy }) => [copy.evidencePath, copy.id] as const)));
  const named = ({ configuration }: KnownConfiguration): { id: string; file: KnownConfiguration['configuration'] } => ({ id: ids.get(configuration.evidencePath) ?? configuration.evidencePath, file: configuration });
  const changes = [...diffFiles(named(before), named(after))];
  const [left, right] = [await linesOf(open, before), await linesOf(open, after)];
  const { lines, capped } = diffLines(left, right, { context: CONTEXT, most: MOST_LINES });
  return { changes, lines: lines.map((line) => ({ ...line, text: cut(shownLine(line.text)) })), capped };
}

function known(model: CaseModel, evidencePath: string): KnownConfiguration {
  const found = model.configurations.find((k) => k.configuration.evidencePath === evidencePath);
  if (found === undefined) throw new RequestError('usage', `${evidencePath} is no configuration file of the case.`);
  return found;
}

async function linesOf(open: OpenCase, { configuration }: KnownConfiguration): Promise<string[]> {
  const file = await findFile(open.file.connection, EVIDENCE_ID, configuration.evidencePath);
  const bytes = file === null ? null : await embedded(open, file);
  if (file === null || bytes === null) throw new RequestError('unavailable', `The case does not hold the bytes of ${configuration.evidencePath}.`);
  const artifact = configurationArtifacts().find((a) => a.id === file.artifact) ?? configurationArtifacts()[0];
  return artifact === undefined ? [] : artifact.parse(bytes).text.split(/\r\n|\n|\r/);
}

const cut = (line: string): string => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)} ... (${line.length} characters)` : line);
