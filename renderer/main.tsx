import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { hostClient } from './bridge/index.ts';
import { keepFilterTree, keepSavedFilters } from './state/keep-filters.ts';
import { keepSettings } from './state/settings.ts';
import { createWorkbench } from './state/workbench.ts';
import { keepHash } from './app/hash.ts';
import { begin } from './app/begin.ts';
import { App } from './app/App.tsx';

// Compiled validators would need eval, which the content security policy forbids.
z.config({ jitless: true });

const workbench = createWorkbench(hostClient());
keepSettings(workbench.store, window.localStorage);
keepSavedFilters(workbench.store, window.localStorage);
keepFilterTree(workbench.store);
keepHash(workbench.store);
void begin(workbench);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(<App workbench={workbench} />);
