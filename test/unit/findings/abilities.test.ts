import { describe, expect, it } from 'vitest';
import { Capability } from '../../../shared/model/index.ts';
import { nativeModulePe, TestServer } from '../../helpers/model.ts';

const DLL = 'C:\\ProgramData\\Microsoft\\Cache\\cachehttp.dll';
const ability = (id: string, group: Capability['group'], offset: number): Capability => Capability.parse({ id, what: `${group} by ${id}`, group, proof: { offset } });
const server = (abilities: readonly Capability[]): TestServer => new TestServer().stock().file(DLL, { ...nativeModulePe(), capabilities: [...abilities] });

describe('what the code of a component shows', () => {
  it('stands in the finding with the place in the file, what hides first, what the system does left out', async () => {
    const { findings } = await server([ability('starts', 'system', 1), ability('reads', 'sees', 0x20), ability('wipes', 'hides', 0x30)]).globalModule('Cache', DLL).module('Cache').evaluate();
    const found = findings.find((f) => f.rule === 'unknown-component');
    expect(found?.supports).toContain('What its code shows (it may be unused): hides by wipes [offset 0x30]; sees by reads [offset 0x20].');
    expect(found?.refs.map((r) => [r.evidencePath, r.offset])).toEqual(expect.arrayContaining([['C/ProgramData/Microsoft/Cache/cachehttp.dll', 0x30], ['C/ProgramData/Microsoft/Cache/cachehttp.dll', 0x20]]));
  });

  it('is cut, with the number of the rest, and told of a file that nothing registers too', async () => {
    const { findings } = await server(Array.from({ length: 9 }, (_, i) => ability(`a${i}`, 'changes', i + 1))).evaluate();
    const [told] = findings.filter((f) => f.rule === 'unregistered-component').map((f) => f.supports.find((s) => s.startsWith('What its code shows')));
    expect(told).toMatch(/changes by a5 \[offset 0x6\]; and 3 more\.$/);
  });

  it('says nothing where the code shows nothing of requests', async () => {
    const { findings } = await server([ability('starts', 'system', 1)]).globalModule('Cache', DLL).module('Cache').evaluate();
    expect(findings.flatMap((f) => f.supports).join()).not.toContain('What its code shows');
  });
});
