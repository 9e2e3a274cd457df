import type { Output } from '../../shared/contract/index.ts';
import type { EvidenceFile } from '../../shared/model/index.ts';
import { RequestError } from '../../shared/base/result.ts';
import { configurationArtifacts } from '../artifacts/registry.ts';
import { embedded } from './source-bytes.ts';
import type { OpenCase } from './open-case.ts';

/** A single line longer than this is cut for showing; the whole of it is a matter for the bytes view. */
const MAX_LINE = 20_000;

/** Lines of an embedded configuration, decoded as the parser decoded it, so that its lines and columns fit. */
export async function sourceText(open: OpenCase, file: EvidenceFile | null, fromLine: number, count: number): Promise<Output<'evidence.text'>> {
  if (file === null) throw new RequestError('usage', 'The case knows no such file.');
  const bytes = await embedded(open, file);
  const none = { available: false, sha256: file.sha256 ?? '', encoding: '', totalLines: 0, lines: [] };
  if (bytes === null) return { ...none, reason: 'the case embeds configuration files only; the bytes view shows this one' };
  const artifact = configurationArtifacts().find((a) => a.id === file.artifact) ?? configurationArtifacts()[0];
  if (artifact === undefined) return { ...none, reason: 'this version reads no configuration files' };
  const { text, document } = artifact.parse(bytes);
  const lines = text.split(/\r\n|\n|\r/);
  return {
    available: true,
    reason: null,
    sha256: file.sha256 ?? '',
    encoding: document.encoding,
    totalLines: lines.length,
    lines: lines.slice(fromLine - 1, fromLine - 1 + count).map((line) => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)} ... (${line.length} characters)` : line)),
  };
}
