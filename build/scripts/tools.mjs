// Programs that the tests use but npm does not bring: Chromium, and oracles that parsers are compared with.
// Where apt can install them it does; anywhere else the tests that need them are skipped and printed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const CHROMIUM = [process.env.IISIGHT_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'];

/** Package of Debian -> a file that it brings. */
const ORACLES = {
  'python3-pefile': '/usr/lib/python3/dist-packages/pefile.py',
  'mono-mcs': '/usr/bin/mcs',
  'mono-utils': '/usr/bin/monodis',
  osslsigncode: '/usr/bin/osslsigncode',
  'tlsh-tools': '/usr/bin/tlsh_unittest',
  'gcc-mingw-w64': '/usr/bin/x86_64-w64-mingw32-gcc',
  sqlite3: '/usr/bin/sqlite3',
  strace: '/usr/bin/strace',
  procps: '/usr/bin/pgrep',
};

export function findChromium() {
  return CHROMIUM.find((p) => p && existsSync(p)) ?? null;
}

export function ensureTools(withBrowser) {
  const wanted = Object.entries(ORACLES).filter(([, file]) => !existsSync(file)).map(([name]) => name);
  if (withBrowser && findChromium() === null) wanted.push('chromium');
  if (wanted.length === 0 || !existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return;
  process.stdout.write(`installing ${wanted.join(', ')} ...\n`);
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // One by one where the whole set fails: an oracle that is not to be had must not cost the browser.
  if (spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], { stdio: 'ignore', env }).status === 0) return;
  for (const name of wanted) spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { stdio: 'ignore', env });
}
