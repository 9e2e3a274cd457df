import { describe, expect, it } from 'vitest';
import { applyLists } from '../../../electron/lists/apply.ts';
import { knownGoodOf } from '../../../electron/lists/read/read-known-good.ts';
import { AnalystList, Component, type Finding, type Severity } from '../../../shared/model/index.ts';

const GOOD = 'a'.repeat(64);
const BAD = '9'.repeat(64);
const moment = { time: null, from: 'none' as const, fidelity: 'order-only' as const };
const fileAt = (path: string, sha256 = GOOD): Component['file'] => ({ path, evidencePath: path.replaceAll('\\', '/').replace(':', ''), sha256, size: 10 });
const entry = (line: number, attributes: Readonly<Record<string, string>>): Component['registrations'][number] => ({
  path: 'C:\\a.config', evidencePath: 'a.config', line, column: 3, section: 'system.webServer/handlers', scope: 'server', sha256: 'b'.repeat(64),
  attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
});
const component = (more: Partial<Component>): Component => Component.parse({
  id: 'c1', server: 's1', kind: 'native-module', name: 'XModule', image: 'C:\\X\\x.dll', type: null, origin: 'unknown', originReason: 'unknown', loadedBy: [], dormant: null,
  registrations: [entry(5, {})], file: fileAt('C:\\X\\x.dll'), file32: null, fileStatus: 'present', signature: 'unsigned', entryPoints: [], firstSeen: moment, findings: [], ...more,
});
const finding = (rule: Finding['rule'], severity: Severity): Finding => ({
  id: `f-${rule}`, server: 's1', rule, severity, title: rule, component: 'c1', supports: ['s'], refutes: ['r'], refs: [{ path: null, evidencePath: 'a', sha256: GOOD }], attack: [], d3fend: [], first: moment,
});

/** `rule severity` of an unknown component of high severity, with a list made of a clean server, and what else is said. */
function withList(clean: readonly Component[], here: Component, more: readonly Finding[] = []): string[] {
  const list = AnalystList.parse({ id: 'l1', kind: 'known-good', name: 'clean', from: 'x', sha256: GOOD, added: '', knownGood: knownGoodOf(clean) });
  const found = applyLists([finding('unknown-component', 'high'), ...more], { lists: [list], hits: [], matches: [], components: [here], filesOf: () => [], server: 's1' });
  return found.map((f) => `${f.rule} ${f.severity}`);
}

const python = (...commands: string[]): Component =>
  component({ kind: 'cgi', name: 'Py', image: commands[0] ?? '', registrations: commands.map((scriptProcessor, i) => entry(i + 1, { scriptProcessor })), file: fileAt('C:\\Python\\python.exe') });
const managed = (applications: readonly string[], path: string): Component => component({
  kind: 'managed-module', image: null, type: 'Contoso.Login, Contoso', file: fileAt(path), loadedBy: applications.map((application) => ({ site: 'Default', application, pool: 'DefaultAppPool' })),
});

describe('a known-good list lowers nothing', () => {
  const both = component({ file32: fileAt('C:\\X32\\x.dll', 'c'.repeat(64)) });
  it('where the file of 64-bit processes is not in the evidence and that of 32-bit ones is known', () => {
    expect(withList([both], both)).toEqual(['unknown-component info']);
    expect(withList([both], component({ file: null, file32: both.file32 }))).toEqual(['unknown-component high']);
    expect(withList([both], component({ file: null, file32: fileAt('C:\\X32\\x.dll', BAD) }))).toEqual(['unknown-component high', 'differs-from-known-good medium']);
  });
  it('where a known program is told to run something else, in whichever entry', () => {
    const known = 'C:\\Python\\python.exe|C:\\Python\\wfastcgi.py';
    const other = 'C:\\Python\\python.exe|C:\\ProgramData\\run.py';
    expect(withList([python(known)], python(known, known.toUpperCase()))).toEqual(['unknown-component info']);
    expect(withList([python(known)], python(known, other))).toEqual(['unknown-component high']);
    expect(withList([python(known)], python(other))).toEqual(['unknown-component high']);
    expect(withList([python(known, other)], python(other, known))).toEqual(['unknown-component info']);
  });
  it('where several applications load a type, each from its own bin, of which one file is known', () => {
    const bin = 'C:\\inetpub\\wwwroot\\bin\\Contoso.dll';
    expect(withList([managed(['/'], bin)], managed(['/'], bin))).toEqual(['unknown-component info']);
    expect(withList([managed(['/'], bin)], managed(['/', '/other'], bin))).toEqual(['unknown-component high']);
    const cache = 'C:\\Windows\\Microsoft.NET\\assembly\\GAC_MSIL\\Contoso\\v4.0_1.0.0.0__31bf3856ad364e35\\Contoso.dll';
    expect(withList([managed(['/'], cache)], managed(['/', '/other'], cache))).toEqual(['unknown-component info']);
  });
  it('where another rule says of the component what the list does not answer, since the leading finding stands for both', () => {
    const here = component({});
    expect(withList([here], here, [finding('known-trigger-in-log', 'medium')])).toEqual(['unknown-component high', 'known-trigger-in-log medium']);
    expect(withList([here], here, [finding('appeared-in-history', 'low'), finding('outside-trusted-folder', 'medium')])).toEqual(['unknown-component info', 'appeared-in-history low', 'outside-trusted-folder info']);
  });
});
