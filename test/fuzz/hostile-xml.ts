/** One hostile configuration file: how it is made in any size, and what reading it must still tell. */
export interface HostileXml {
  readonly name: string;
  /** Made large for the bench and small for a test: `scale` 1 is the full size. */
  bytes(scale: number): Uint8Array;
  /** Kinds of Problem of which at least one is told; none where the file is legal and only large. */
  readonly problem: 'malformed' | 'limit' | 'truncated' | 'anomaly' | null;
  /** Whether the entry behind the hostile part, `<add name="kept" />`, is still read. */
  readonly kept: boolean;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const wide = (text: string, order: 'le' | 'be', mark = true): Uint8Array => {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return new Uint8Array(order === 'le' ? bytes : bytes.swap16());
};
const KEPT = '<system.webServer><modules><add name="kept" /></modules></system.webServer>';
const around = (inside: string, head = '', kept = KEPT): string => `${head}<configuration>\n${inside}\n${kept}\n</configuration>\n`;
const times = (count: number, scale: number): number => Math.max(2, Math.round(count * scale));
const joined = (count: number, make: (i: number) => string): string => Array.from({ length: count }, (_, i) => make(i)).join('');

const ENTITIES = joined(10, (i) => `<!ENTITY e${i} "${i === 0 ? 'lol' : `&e${i - 1};`.repeat(10)}">\n`);

function spliced(text: string, at: string, bytes: readonly number[]): Uint8Array {
  const cut = text.indexOf(at) + at.length;
  return new Uint8Array(Buffer.concat([Buffer.from(text.slice(0, cut)), Buffer.from(bytes), Buffer.from(text.slice(cut))]));
}

/** The fixed set. Sizes at scale 1 are those that readers of XML are known to fail on. */
export const HOSTILE_XML: readonly HostileXml[] = [
  { name: 'nested entities (a billion)', problem: 'malformed', kept: true, bytes: () => utf8(around('<a v="&e9;">&e9;</a>', `<!DOCTYPE configuration [\n${ENTITIES}]>\n`)) },
  { name: 'one long entity, used often (quadratic)', problem: 'malformed', kept: true, bytes: (s) => utf8(around('&e;'.repeat(times(200_000, s)), `<!DOCTYPE c [<!ENTITY e "${'x'.repeat(times(200_000, s))}">]>\n`)) },
  { name: 'external entity', problem: 'malformed', kept: true, bytes: () => utf8(around('<a v="&f;">&f;&g;</a>', '<!DOCTYPE c [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY g PUBLIC "x" "http://127.0.0.1:9/x">]>\n')) },
  { name: 'external DTD and parameter entity', problem: 'malformed', kept: true, bytes: () => utf8(around('', '<!DOCTYPE c SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]>\n')) },
  { name: 'DTD that never ends', problem: 'truncated', kept: false, bytes: (s) => utf8(around('', `<!DOCTYPE c [${'<!ENTITY a "b"> '.repeat(times(300_000, s))}`)) },
  { name: 'attribute of 10 MB', problem: null, kept: true, bytes: (s) => utf8(around(`<a v="${'x'.repeat(times(10_000_000, s))}" />`)) },
  { name: 'attribute of 10 MB of references', problem: 'limit', kept: false, bytes: (s) => utf8(around(`<a v="${'&#65;'.repeat(Math.max(260_000, times(2_000_000, s)))}" />`)) },
  { name: 'attribute that never ends', problem: 'malformed', kept: false, bytes: (s) => utf8(around(`<a v="${'x '.repeat(times(5_000_000, s))}`, '', '')) },
  { name: 'nested 100,000 deep', problem: 'limit', kept: true, bytes: (s) => utf8(around('<a>'.repeat(Math.max(2000, times(100_000, s))) + '</a>'.repeat(Math.max(2000, times(100_000, s))))) },
  { name: 'nested 200,000 deep', problem: 'limit', kept: true, bytes: (s) => utf8(around('<a>\n'.repeat(Math.max(2000, times(200_000, s))) + '</a>'.repeat(Math.max(2000, times(200_000, s))))) },
  { name: 'nested 200,000 deep, nothing closed', problem: 'limit', kept: false, bytes: (s) => utf8(`<configuration>${'<a b="c">\n'.repeat(Math.max(2000, times(200_000, s)))}`) },
  { name: 'nested 200,000 deep, each with its own name', problem: 'limit', kept: true, bytes: (s) => utf8(around(joined(Math.max(2000, times(200_000, s)), (i) => `<a${i}>`) + joined(Math.max(2000, times(200_000, s)), (i) => `</a${Math.max(2000, times(200_000, s)) - 1 - i}>`))) },
  { name: '200,000 end tags too many', problem: 'malformed', kept: true, bytes: (s) => utf8(around('</x>'.repeat(Math.max(11_000, times(200_000, s))))) },
  { name: 'alternating wrong end tags', problem: 'malformed', kept: true, bytes: (s) => utf8(around('<a><b></a>'.repeat(Math.max(11_000, times(200_000, s))))) },
  { name: '200,000 attributes on one element', problem: 'limit', kept: true, bytes: (s) => utf8(around(`<a ${joined(Math.max(11_000, times(200_000, s)), (i) => `n${i}="v" `)}/>`)) },
  { name: 'the same attribute 200,000 times', problem: 'malformed', kept: true, bytes: (s) => utf8(around(`<a ${'n="v" '.repeat(times(200_000, s))}/>`)) },
  { name: '100,000 elements with the same attribute twice', problem: 'malformed', kept: true, bytes: (s) => utf8(around('<a n="1" n="2" />\n'.repeat(Math.max(11_000, times(100_000, s))))) },
  { name: '5,000,000 character references', problem: 'limit', kept: false, bytes: (s) => utf8(around('&#65;'.repeat(Math.max(260_000, times(5_000_000, s))))) },
  { name: '5,000,000 bare ampersands', problem: 'malformed', kept: true, bytes: (s) => utf8(around('& '.repeat(times(5_000_000, s)))) },
  { name: '5,000,000 ampersands without a blank', problem: 'malformed', kept: true, bytes: (s) => utf8(around('&'.repeat(times(5_000_000, s)))) },
  { name: 'references that end nowhere', problem: 'malformed', kept: true, bytes: (s) => utf8(around(`&${'a'.repeat(60)}`.repeat(times(100_000, s)))) },
  { name: '1,000,000 elements', problem: null, kept: true, bytes: (s) => utf8(around('<a />\n'.repeat(times(900_000, s)))) },
  { name: 'more than 1,000,000 elements', problem: 'limit', kept: false, bytes: () => utf8(around('<a/>'.repeat(1_000_100))) },
  { name: '1,000,000 CDATA sections', problem: null, kept: true, bytes: (s) => utf8(around('<![CDATA[<add name="no" />]]>'.repeat(times(1_000_000, s)))) },
  { name: 'CDATA that never ends', problem: 'truncated', kept: false, bytes: (s) => utf8(around(`<![CDATA[${'<a>'.repeat(times(1_000_000, s))}`)) },
  { name: 'CDATA inside a start tag', problem: 'malformed', kept: true, bytes: () => utf8(around('<a b="1" <![CDATA[ x ]]> c="2" />')) },
  { name: 'end of CDATA without its beginning', problem: 'malformed', kept: true, bytes: (s) => utf8(around(']]>'.repeat(times(100, s)))) },
  { name: '1,000,000 comments', problem: null, kept: true, bytes: (s) => utf8(around('<!-- <a> -->'.repeat(times(1_000_000, s)))) },
  { name: 'comment that never ends', problem: 'truncated', kept: false, bytes: (s) => utf8(around(`<!-- ${'<a> - '.repeat(times(1_000_000, s))}`)) },
  { name: 'two hyphens in comments', problem: 'malformed', kept: true, bytes: (s) => utf8(around('<!-- a -- b -->\n'.repeat(times(9000, s)))) },
  { name: '1,000,000 processing instructions', problem: null, kept: true, bytes: (s) => utf8(around('<?x y?>'.repeat(times(1_000_000, s)))) },
  { name: 'processing instruction that never ends', problem: 'truncated', kept: false, bytes: (s) => utf8(around(`<?x ${'<a> ? '.repeat(times(1_000_000, s))}`)) },
  { name: '200,000 declarations of no kind', problem: 'malformed', kept: false, bytes: (s) => utf8(around('<!x>'.repeat(Math.max(11_000, times(200_000, s))))) },
  { name: '200,000 torn start tags', problem: 'malformed', kept: false, bytes: (s) => utf8(around('<add name="x" \n'.repeat(Math.max(11_000, times(200_000, s))))) },
  { name: 'a torn start tag of 5 MB, then many', problem: 'malformed', kept: false, bytes: (s) => utf8(around(`<add name="${'x'.repeat(times(5_000_000, s))}${'<add name="y" \n'.repeat(Math.max(11_000, times(20_000, s)))}`)) },
  { name: 'names of 5 MB', problem: null, kept: true, bytes: (s) => utf8(around(`<${'n'.repeat(times(2_500_000, s))} ${'m'.repeat(times(2_500_000, s))}="v" />`)) },
  { name: 'text of 40 MB', problem: null, kept: true, bytes: (s) => utf8(around('lorem ipsum\n'.repeat(times(3_300_000, s)))) },
  { name: 'one line of 12 MB with 300,000 elements', problem: null, kept: true, bytes: (s) => utf8(around('<add name="x" value="this" z="1"></add>'.repeat(times(300_000, s)))) },
  { name: 'line ends of every kind', problem: null, kept: true, bytes: (s) => utf8(around('\r\n\r\n\n\r'.repeat(times(1_000_000, s)))) },
  { name: 'namespaces, 100,000 prefixes', problem: null, kept: true, bytes: (s) => utf8(around(joined(times(100_000, s), (i) => `<p${i}:a xmlns:p${i}="urn:${i}" p${i}:b="c" />`))) },
  { name: 'names of the language itself', problem: null, kept: true, bytes: () => utf8(around('<__proto__ __proto__="x" constructor="y" toString="z"><constructor /><prototype /></__proto__>')) },
  { name: 'NULs inside', problem: 'malformed', kept: true, bytes: (s) => utf8(around(`<a />${'\0'.repeat(times(4_000_000, s))}<b />`)) },
  { name: 'a NUL between all elements', problem: 'limit', kept: false, bytes: (s) => utf8(around('<a />\0'.repeat(Math.max(1100, times(300_000, s))))) },
  { name: 'control characters', problem: 'malformed', kept: true, bytes: (s) => utf8(around('\u0001\u0008'.repeat(times(2_000_000, s)))) },
  { name: 'bytes that are no UTF-8', problem: 'malformed', kept: true, bytes: (s) => spliced(around('<a v="é" />\n<b v=""/>'), '<b v="', Array.from({ length: times(3_000_000, s) }, () => 0xff)) },
  { name: 'overlong and surrogate UTF-8', problem: 'malformed', kept: true, bytes: () => spliced(around('<a v="é" />\n<b v=""/>'), '<b v="', [0xc0, 0xbc, 0xe0, 0x80, 0xbc, 0xed, 0xa0, 0x80, 0xf4, 0x90, 0x80, 0x80]) },
  { name: 'unpaired surrogates in UTF-16', problem: 'malformed', kept: true, bytes: (s) => wide(around(`<a v="${'\ud800'.repeat(times(1_000_000, s))}" />`), 'le') },
  { name: 'UTF-16 with an odd length', problem: 'truncated', kept: true, bytes: () => wide(around('<a />'), 'be').subarray(0, -1) },
  { name: 'UTF-16 without a mark', problem: null, kept: true, bytes: () => wide(around('<a />'), 'le', false) },
  { name: 'says utf-16, is utf-8', problem: 'anomaly', kept: true, bytes: () => utf8(around('<a />', '<?xml version="1.0" encoding="utf-16"?>\n')) },
  { name: 'says utf-8, is utf-16', problem: 'anomaly', kept: true, bytes: () => wide(around('<a />', '<?xml version="1.0" encoding="utf-8"?>\n'), 'le') },
  { name: 'an encoding that nobody knows', problem: 'anomaly', kept: true, bytes: () => utf8(around('<a />', '<?xml version="1.0" encoding="x-evil-37"?>\n')) },
  { name: 'a legacy encoding over ASCII', problem: null, kept: true, bytes: () => utf8(around('<a />', '<?xml version="1.0" encoding="windows-1252"?>\n')) },
  { name: 'says windows-1252, and is', problem: null, kept: true, bytes: () => spliced(around('<a v=""/>', '<?xml version="1.0" encoding="windows-1252"?>\n'), '<a v="', [0x80, 0xe9]) },
  { name: 'says utf-7', problem: 'anomaly', kept: true, bytes: () => utf8(around('<a />', '<?xml version="1.0" encoding="utf-7"?>\n')) },
  { name: 'nothing but a byte order mark', problem: 'truncated', kept: false, bytes: () => new Uint8Array([0xef, 0xbb, 0xbf]) },
  { name: '8 MB of zeros', problem: 'malformed', kept: false, bytes: (s) => new Uint8Array(times(8_000_000, s)) },
  { name: '8 MB of <', problem: 'malformed', kept: false, bytes: (s) => utf8('<'.repeat(times(8_000_000, s))) },
  { name: '8 MB of >', problem: 'malformed', kept: false, bytes: (s) => utf8('>'.repeat(times(8_000_000, s))) },
];
