import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSchema } from '../../../../electron/iis/schema/compare-schema.ts';
import { readSchema } from '../../../../electron/iis/schema/read-schema.ts';
import { schemaFile } from './folders.ts';

const told = (read: ReturnType<typeof readSchema>) => read.problems.map(({ found }) => `${found.line} ${found.kind} ${found.message}`);

describe('reading schema files', () => {
  it('reads attributes, elements, collections and where they stand', () => {
    const { schema, places, problems } = readSchema([schemaFile('a.xml', `<sectionSchema name="g/s" allowUnrecognizedAttributes="true">
  <attribute name="mode" type="enum" defaultValue="On"><enum name="On" value="1" /><enum name="Off" value="0" /></attribute>
  <element name="inner"><attribute name="left" type="bool" /></element>
  <collection addElement="allow,deny" removeElement="remove" clearElement="clear" mergeAppend="false" allowDuplicates="true" defaultElement="usual">
    <attribute name="a" type="string" isCombinedKey="true" caseSensitive="true" /><attribute name="b" type="int" isCombinedKey="true" expanded="true" encrypted="true" required="true" />
    <collection addElement="part"><attribute name="p" type="string" isUniqueKey="true" /></collection>
  </collection>
</sectionSchema>`)]);
    expect(problems).toEqual([]);
    const plain = { defaultValue: null, key: null, caseSensitive: false, expanded: false, encrypted: false, required: false, nonEmpty: false, values: [], numbers: [] };
    const leaf = { elements: [], collection: null, allowUnrecognizedAttributes: false };
    expect(schema.get('g/s')).toEqual({
      name: 'g/s', allowUnrecognizedAttributes: true,
      attributes: [{ ...plain, name: 'mode', type: 'enum', defaultValue: 'On', values: ['On', 'Off'], numbers: ['1', '0'] }],
      elements: [{ ...leaf, name: 'inner', attributes: [{ ...plain, name: 'left', type: 'bool' }] }],
      collection: {
        addElements: ['allow', 'deny'], removeElement: 'remove', clearElement: 'clear', mergeAppend: false, allowDuplicates: true, defaultElement: 'usual',
        entry: {
          allowUnrecognizedAttributes: false, elements: [],
          attributes: [{ ...plain, name: 'a', type: 'string', key: 'combined', caseSensitive: true }, { ...plain, name: 'b', type: 'int', key: 'combined', expanded: true, encrypted: true, required: true }],
          collection: {
            addElements: ['part'], removeElement: null, clearElement: null, mergeAppend: true, allowDuplicates: false, defaultElement: null,
            entry: { ...leaf, attributes: [{ ...plain, name: 'p', type: 'string', key: 'unique' }] },
          },
        },
      },
    });
    expect(places.get('g/s[]@b')).toEqual([expect.objectContaining({ file: 'a.xml', line: 7, column: 83 })]);
    expect([...places.keys()]).toEqual(['g/s', 'g/s@mode', 'g/s/inner', 'g/s/inner@left', 'g/s[]', 'g/s[]@a', 'g/s[]@b', 'g/s[][]', 'g/s[][]@p']);
  });

  it('merges the pieces of a section, the shipped files first, whatever their order and names', () => {
    const pieces = [
      schemaFile('Aaa.xml', '<sectionSchema name="s"><attribute name="x" type="int" defaultValue="2" /><collection addElement="add" mergeAppend="false" /></sectionSchema>'),
      schemaFile('IIS_schema.xml', '<sectionSchema name="s"><attribute name="x" type="int" defaultValue="1" expanded="true" /><collection addElement="add" clearElement="clear"><attribute name="k" type="string" isUniqueKey="true" /></collection></sectionSchema>'),
    ];
    const { schema, places, files } = readSchema(pieces);
    expect(schema.get('s')).toMatchObject({ attributes: [{ name: 'x', defaultValue: '2', expanded: true }], collection: { clearElement: 'clear', mergeAppend: false, entry: { attributes: [{ name: 'k', key: 'unique' }] } } });
    expect(places.get('s@x')?.map((p) => p.file)).toEqual(['IIS_schema.xml', 'Aaa.xml']);
    expect(files.map((f) => [f.name, f.complete, f.sections])).toEqual([['IIS_schema.xml', true, ['s']], ['Aaa.xml', true, ['s']]]);
    expect(readSchema(pieces.toReversed()).schema).toEqual(schema);
  });

  it('tells what is malformed, with its line, and reads the rest', () => {
    const read = readSchema([schemaFile('a.xml', '<sectionSchema />\n<other />\n<sectionSchema name="s"><attribute type="int" />\n<attribute name="x" /><element />\n<strange /></sectionSchema>')]);
    expect(told(read)).toEqual([
      '3 malformed A <sectionSchema> without a name defines nothing.', '4 anomaly <other> is no <sectionSchema>; IIS knows nothing else here.',
      '5 malformed An <attribute> without a name defines nothing.', '6 malformed The attribute "x" has no type; it is read as a string.',
      '6 malformed An <element> without a name defines nothing.', '7 anomaly <strange> means nothing in a schema.',
    ]);
    expect(read.schema.get('s')?.attributes).toMatchObject([{ name: 'x', type: 'string' }]);
  });

  it('a file that is no schema, an empty one and one that ends too early are not complete', () => {
    const read = readSchema([schemaFile('a.xml', '<?xml version="1.0"?><configuration><sectionSchema name="s" /></configuration>'), schemaFile('b.xml', '<?xml version="1.0"?>'), schemaFile('c.xml', '<?xml version="1.0"?><configSchema><sectionSchema name="t">')]);
    expect(read.files.map((f) => [f.name, f.complete, f.sections])).toEqual([['a.xml', false, []], ['b.xml', false, []], ['c.xml', false, ['t']]]);
    expect(told(read)).toEqual(['1 malformed The root element is <configuration>; a schema file has <configSchema>.']);
  });

  it('keeps the COM classes that a file names', () => {
    const { extensions } = readSchema([schemaFile('a.xml', '<sectionSchema name="g/s"><collection addElement="add"><element name="e" extension="A.B"><method name="M" extension="C.D"><inputElement><attribute name="i" type="int" /></inputElement></method></element></collection></sectionSchema>')]);
    expect(extensions.map((e) => [e.progId, e.section, e.of, e.place.line])).toEqual([['A.B', 'g/s', 'g/s[]/e', 3], ['C.D', 'g/s', 'g/s[]/e/M', 3]]);
  });

  it('is bounded in depth and in number', () => {
    const deep = readSchema([schemaFile('a.xml', `<sectionSchema name="s">${'<element name="e">'.repeat(300)}${'</element>'.repeat(300)}</sectionSchema>`)]);
    expect(told(deep)).toEqual(['3 limit Definitions are nested more than 64 deep; what lies below was not read.']);
    expect(deep.files[0]?.complete).toBe(false);
    const one = `<sectionSchema name="s"><attribute name="a" type="enum">${'<enum name="x" value="1" />'.repeat(1000)}</attribute></sectionSchema>`;
    const many = readSchema([schemaFile('a.xml', one.repeat(250))]);
    expect(told(many)).toEqual([expect.stringContaining('limit The schema files have more than 200000 definitions')]);
    expect(many.files[0]?.complete).toBe(false);
  });

  const name = fc.constantFrom('s', 'system.webServer/handlers', '', '__proto__', 'constructor', 'a[]@b');
  const text = fc.constantFrom('true', 'TRUE', 'maybe', '', 'add', 'a,b,,c', 'enum', 'Evil.Class');
  const tag = fc.constantFrom('sectionSchema', 'attribute', 'element', 'collection', 'enum', 'flag', 'method', 'configSchema', 'x');
  const fact = fc.constantFrom('type', 'defaultValue', 'isUniqueKey', 'isCombinedKey', 'mergeAppend', 'addElement', 'removeElement', 'extension', 'caseSensitive', 'value');
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.tuple(tag, fc.option(name), fc.uniqueArray(fc.tuple(fact, text), { selector: ([f]) => f, maxLength: 4 }), fc.oneof({ depthSize: 'small' }, fc.constant<string[]>([]), fc.array(tie('node'), { maxLength: 4 })))
      .map(([t, n, facts, children]) => `<${t}${n === null ? '' : ` name="${n}"`}${facts.map(([f, v]) => ` ${f}="${v}"`).join('')}>${children.join('')}</${t}>`),
  }));

  it('never throws, and what it makes can be compared', () => {
    fc.assert(fc.property(fc.array(fc.array(node, { maxLength: 5 }), { minLength: 1, maxLength: 3 }), fc.nat(), (files, cut) => {
      const read = readSchema(files.map((nodes, i) => {
        const content = `<?xml version="1.0"?><configSchema>${nodes.join('')}</configSchema>`;
        return schemaFile(['IIS_schema.xml', 'b.xml', 'rscaext.xml'][i] ?? 'c.xml', i === 1 ? content.slice(0, 21 + (cut % content.length)) : content);
      }));
      for (const d of compareSchema(read, null).differences) expect(d.place.line).toBeGreaterThan(0);
      for (const { found } of read.problems) expect(found.line).toBeGreaterThan(0);
    }), { numRuns: 60 });
  });

  it('an addition alone is never more than told', () => {
    fc.assert(fc.property(fc.array(node, { maxLength: 6 }), (nodes) => {
      const before = readSchema([schemaFile('IIS_schema.xml', nodes.join(''))]);
      const again = readSchema([schemaFile('IIS_schema.xml', nodes.join('')), schemaFile('later.xml', '<sectionSchema name="only.here" />')]);
      for (const [section, schema] of before.schema) expect(again.schema.get(section)).toEqual(schema);
    }), { numRuns: 60 });
  });
});
