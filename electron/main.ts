// The desktop program: builds the shell and hands it the way to start the engine.
import path from 'node:path';
import { startShell } from './shell/start.ts';
import { utilityLauncher } from './shell/utility-engine.ts';

const here = import.meta.dirname;

void startShell({
  launcher: utilityLauncher(path.join(here, 'engine.js')),
  rendererDir: path.join(here, '../renderer'),
  preload: path.join(here, 'preload.cjs'),
});
