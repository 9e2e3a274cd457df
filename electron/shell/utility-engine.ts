import { utilityProcess } from 'electron';
import type { EngineLauncher, EngineLink, WireMessage } from '../../shared/contract/index.ts';

/** Milliseconds that the engine gets to write its last checkpoint before it is killed. */
const STOP_PATIENCE = 20_000;

/** Starts the engine as Electron's utility process: a process of its own without a window. May launch only when Electron is ready. */
export function utilityLauncher(engineFile: string): EngineLauncher {
  return { launch: () => launch(engineFile) };
}

function launch(engineFile: string): EngineLink {
  const child = utilityProcess.fork(engineFile, [], {
    serviceName: 'IISight engine',
    stdio: ['ignore', 'ignore', 'inherit'],
    // Options meant for the host must not reach the process that reads hostile bytes.
    execArgv: ['--max-old-space-size=4096'],
  });
  let ended = false;
  child.once('exit', () => (ended = true));
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => {
      if (!ended) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', (message: unknown) => listener(message as WireMessage)),
    onExit: (listener) => void child.once('exit', (code) => listener(code, null)),
    stop: () =>
      new Promise((resolve) => {
        if (ended) return resolve();
        const timer = setTimeout(() => child.kill(), STOP_PATIENCE);
        child.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        child.postMessage('close');
      }),
  };
}
