import { readCall, text } from '../args.ts';
import { print, refuseAsJson, refuseInEvidence, writeJson } from '../output.ts';
import { withEngine } from '../session.ts';
import path from 'node:path';

/** `verify CASE [--evidence DIR] [--json]`: exit code 3 when anything differs. */
export async function verify(words: readonly string[]): Promise<number> {
  const call = readCall(words, { evidence: 'text', json: 'text' }, { min: 1, max: 1, names: 'one case file' });
  const json = text(call.options, 'json');
  const evidence = text(call.options, 'evidence');
  refuseAsJson(json, [call.positionals[0], evidence]);
  if (evidence !== undefined) refuseInEvidence(json, evidence);
  return withEngine(async (session) => {
    await session.ask('case.open', { path: path.resolve(call.positionals[0] ?? '') });
    const report = await session.ask('case.verify', evidence === undefined ? {} : { evidence: path.resolve(evidence) });
    if (json !== undefined) await writeJson(json, { schema: 'iisight.verify/1', ...report });
    const differing = report.evidence.filter((e) => e.status !== 'same');
    if (json !== '-') {
      const lines = [
        report.case.ok ? `case: sound (journal head ${report.case.head})` : 'case: DIFFERS',
        ...report.case.problems.map((p) => `  ${p}`),
        evidence === undefined ? 'evidence: not compared (give --evidence DIR)' : `evidence: ${report.evidence.length - differing.length} of ${report.evidence.length} files the same`,
        ...differing.map((e) => `  ${e.status}: ${e.evidencePath}`),
      ];
      await print(`${lines.join('\n')}\n`);
    }
    return report.case.ok && differing.length === 0 ? 0 : 3;
  });
}
