import { sectionTests } from './section.ts';

sectionTests('families');
