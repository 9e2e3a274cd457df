import { sectionTests } from './section.ts';

sectionTests('clean');
