import { childNamed, type ConfigElement } from '../../../shared/model/index.ts';
import type { FoundCode } from '../registration.ts';
import { setting, value } from './found.ts';

/**
 * Variables that make a process load code: .NET profilers and start-up hooks, PHP's folder of settings, the search path, and
 * those in which paths of images are written, which a pool could give another value.
 */
const LOADING_VARIABLE =
  /^(?:COR|CORECLR|COMPLUS|DOTNET)_|^(?:WINDIR|SYSTEMROOT|SYSTEMDRIVE|PROGRAMFILES(?:\(X86\))?|PROGRAMW6432|COMMONPROGRAMFILES(?:\(X86\))?|PROGRAMDATA|ALLUSERSPROFILE|PATH|ASPNETCORE_HOSTINGSTARTUPASSEMBLIES|APPDOMAIN_MANAGER_ASM|APPDOMAIN_MANAGER_TYPE|DEVPATH|JAVA_TOOL_OPTIONS|NODE_OPTIONS|PHPRC|PHP_INI_SCAN_DIR|PYTHONPATH|PERL5LIB)$/i;

/** Variables whose value is the path of one file. */
const NAMES_FILE = /^COR(?:ECLR)?_PROFILER_PATH(?:_\w+)?$/i;
/** One file by its full path; a class id, a switch or a list of folders is none. */
const isFile = (text: string): boolean => /^(?:[A-Za-z]:|%[^%;]+%|\\\\[^\\;]+)[\\/][^;]*\.(?:dll|exe)$/i.test(text.trim());

/**
 * Variables that a section gives to a process which it starts. `variable` is the name of their elements: `add` for
 * pools, `environmentVariable` for FastCGI and the ASP.NET Core module.
 */
export function loadingVariables(owner: ConfigElement, variable: string, pool: string | null = null): FoundCode[] {
  const found: FoundCode[] = [];
  for (const element of childNamed(owner, 'environmentVariables')?.children ?? []) {
    const name = value(element, 'name') ?? '';
    const text = value(element, 'value');
    if (element.name !== variable || text === null || !LOADING_VARIABLE.test(name)) continue;
    const one = setting(element, 'value', { name, pool });
    found.push(NAMES_FILE.test(name) || isFile(text) ? { ...one, image: text } : one);
  }
  return found;
}
