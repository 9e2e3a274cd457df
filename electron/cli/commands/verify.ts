import { readCall, text } from '../args.ts';
import { print, refuseAsJson, refuseInEvidence, writeJson } from '../output.ts';
import { withEngine } from '../session.ts';
import { visible } from '../../../shared/base/visible.ts';
import type { IntegrityReport } from '../../../shared/contract/case.ts';
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
        ...(evidence === undefined ? ['evidence: not compared (give --evidence DIR)'] : evidenceLines(report, differing)),
      ];
      await print(`${lines.map(visible).join('\n')}\n`);
    }
    return report.case.ok && differing.length === 0 && report.extra.length === 0 ? 0 : 3;
  });
}

function evidenceLines(report: IntegrityReport, differing: IntegrityReport['evidence']): string[] {
  const same = report.evidence.filter((e) => e.status === 'same');
  const hashed = same.filter((e) => e.compared === 'hash').length;
  return [
    `evidence: ${same.length} of ${report.evidence.length} files the same: ${hashed} by SHA-256, ${same.length - hashed} by name and size only (no hash was taken when they were listed)`,
    ...differing.map((e) => `  ${e.status}: ${e.evidencePath}${e.reason === null ? '' : ` (${e.reason})`}`),
    ...report.extra.map((e) => `  not in the case: ${e.evidencePath}`),
  ];
}
