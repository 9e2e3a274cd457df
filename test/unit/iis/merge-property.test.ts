import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectiveLists } from '../../../electron/iis/index.ts';
import { host, serverFiles, serverOf, webConfig } from './support.ts';

interface Step { readonly op: 'clear' | 'remove' | 'add'; readonly name: string }

const step: fc.Arbitrary<Step> = fc.record({
  op: fc.constantFrom('add', 'add', 'add', 'remove', 'clear'),
  name: fc.constantFrom('a', 'b', 'c', 'd', 'A', '__proto__', 'constructor'),
});
const steps = fc.array(step, { maxLength: 8 });

/** The rules again, as plainly as they can be written: null is the 500.19 of a second entry. */
function naive(levels: readonly (readonly Step[])[], append: boolean): string[] | null {
  let all: string[] = [];
  for (const level of levels) {
    let own: string[] = [];
    for (const { op, name } of level) {
      if (op === 'clear') {
        all = [];
        own = [];
      } else if (op === 'remove') {
        all = all.filter((n) => n !== name);
        own = own.filter((n) => n !== name);
      } else if (all.includes(name) || own.includes(name)) return null;
      else own.push(name);
    }
    all = append ? all.concat(own) : own.concat(all);
  }
  return all;
}

const xml = (level: readonly Step[], more = ''): string => level.map(({ op, name }) => (op === 'clear' ? '<clear />' : `<${op} name="${name}" ${op === 'add' ? `type="T" ${more}` : ''}/>`)).join('');

test.each([['modules', true], ['handlers', false]] as const)('%s merge as a plain model does', (section, append) => {
  fc.assert(
    fc.property(steps, steps, steps, steps, (server, location, site, app) => {
      const body = (level: readonly Step[]): string => `<${section}>${xml(level, append ? '' : 'path="*" verb="*" ')}</${section}>`;
      const locations = `<location path="Main/app"><system.webServer>${body(location)}</system.webServer></location>`;
      const files = serverFiles(host({ unlocked: body(server), locations }), { 'C:\\www\\web.config': webConfig(body(site)), 'C:\\app\\web.config': webConfig(body(app)) });
      const result = effectiveLists(files, serverOf(files), 'Main', '/app')?.config[section];
      const expected = naive([server, site, location, app], append);
      expect(result?.outcome).toBe(expected === null ? 'invalid' : 'effective');
      if (expected !== null) expect(result?.entries.map((e) => e.name)).toEqual(expected);
    }),
    { numRuns: 400 },
  );
});

test('a file that is not collected only makes the answer unknown', () => {
  fc.assert(
    fc.property(steps, steps, (site, app) => {
      const others = { 'C:\\www\\web.config': webConfig(`<modules>${xml(site)}</modules>`), 'C:\\app\\web.config': webConfig(`<modules>${xml(app)}</modules>`) };
      for (const gone of Object.keys(others)) {
        const files = serverFiles(host({ unlocked: '<modules />' }), { ...others, [gone]: null });
        expect(effectiveLists(files, serverOf(files), 'Main', '/app')?.config.modules.outcome).toBe('not-evaluable');
      }
    }),
    { numRuns: 50 },
  );
});
