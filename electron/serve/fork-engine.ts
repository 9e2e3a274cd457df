import { fork } from 'node:child_process';
import path from 'node:path';
import type { EngineLauncher, EngineLink, WireMessage } from '../../shared/contract/index.ts';

/** Milliseconds that the engine gets to write its last checkpoint before it is killed. */
const STOP_PATIENCE = 20_000;

/** Starts the engine as a child of Node: for the command line and the loopback host. `engineFile` is the built engine.js. */
export function forkLauncher(engineFile: string = path.join(import.meta.dirname, 'engine.js')): EngineLauncher {
  return { launch: () => launch(engineFile) };
}

function launch(engineFile: string): EngineLink {
  const child = fork(engineFile, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // A debugger or preload option meant for the host must not reach the process that reads hostile bytes.
    execArgv: ['--max-old-space-size=4096'],
    // An interrupt from the keyboard goes to the whole group: the host decides, the engine finishes its batch.
    detached: process.platform !== 'win32',
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message);
    },
    onMessage: (listener) => void child.on('message', (m) => listener(m as WireMessage)),
    onExit: (listener) => void child.once('exit', (code, signal) => {
      process.removeListener('exit', kill);
      listener(code, signal);
    }),
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        const timer = setTimeout(kill, STOP_PATIENCE);
        child.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        if (child.connected) child.disconnect();
      }),
  };
}
