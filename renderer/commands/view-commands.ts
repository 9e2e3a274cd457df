import { caseOpen } from '../state/case-slice.ts';
import type { ViewName } from '../state/route.ts';
import type { Command, CommandGroup } from './command.ts';
import { isOffered } from './actions.ts';

const LISTS: readonly ViewName[] = ['start', 'intake', 'overview', 'timeline', 'components', 'config', 'findings', 'notes', 'problems', 'graph', 'knowledge'];
const FILTERED: readonly ViewName[] = ['timeline', 'components', 'findings', 'problems', 'notes', 'knowledge'];

interface Spec {
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  readonly keys: readonly string[];
  readonly views: readonly ViewName[];
  readonly row?: boolean;
  readonly menu?: boolean;
}

/** A command that the view in front carries out, and that is there only while it offers to. */
const ofView = (spec: Spec): Command => ({ ...spec, when: (s) => (caseOpen(s) || spec.views.includes('start')) && isOffered(spec.id), run: ({ act }) => void act(spec.id) });
const native = (spec: Omit<Spec, 'group'>): Command => ({ ...spec, group: 'Lists', native: true, run: () => {} });

export const viewCommands: readonly Command[] = [
  native({ id: 'list.rows', title: 'Row above or below', keys: ['ArrowUp', 'ArrowDown'], views: LISTS }),
  native({ id: 'list.cells', title: 'Cell to the left or right', keys: ['ArrowLeft', 'ArrowRight'], views: LISTS }),
  native({ id: 'list.page', title: 'Page up or down', keys: ['PageUp', 'PageDown'], views: LISTS }),
  native({ id: 'list.ends', title: 'First or last row', keys: ['Home', 'End', 'Ctrl+Home', 'Ctrl+End'], views: LISTS }),
  native({ id: 'list.open', title: 'Open the row', keys: ['Enter'], views: LISTS }),
  native({ id: 'list.back', title: 'Back out', keys: ['Escape'], views: LISTS }),
  ofView({ id: 'list.next', title: 'Next row', group: 'Lists', keys: ['j', 'Ctrl+ArrowDown'], views: LISTS }),
  ofView({ id: 'list.previous', title: 'Previous row', group: 'Lists', keys: ['k', 'Ctrl+ArrowUp'], views: LISTS }),
  ofView({ id: 'list.first', title: 'First row', group: 'Lists', keys: ['g g'], views: LISTS }),
  ofView({ id: 'list.last', title: 'Last row', group: 'Lists', keys: ['G'], views: LISTS }),
  ofView({ id: 'row.source', title: 'Show the source: line in the file, or bytes', group: 'Lists', keys: ['x'], views: ['timeline', 'components', 'findings', 'notes', 'problems', 'graph', 'config'], row: true }),
  ofView({ id: 'row.copy', title: 'Copy the row', group: 'Lists', keys: ['y'], views: ['timeline', 'components', 'findings', 'problems', 'notes'], row: true }),
  ofView({ id: 'row.cite', title: 'Copy the row with its citation', group: 'Lists', keys: ['Y'], views: ['timeline', 'components', 'findings', 'problems', 'notes'], row: true }),
  ofView({ id: 'row.note', title: 'Note this (text and tag)', group: 'Notes', keys: ['Space'], views: ['timeline', 'components', 'findings'], row: true }),

  ofView({ id: 'match.next', title: 'Next row that the filter, or the last one, names', group: 'Lists', keys: ['n'], views: FILTERED }),
  ofView({ id: 'match.previous', title: 'Previous row that the filter, or the last one, names', group: 'Lists', keys: ['N'], views: FILTERED }),
  ofView({ id: 'oddity.next', title: 'Next oddity: what a finding cites, a change of the configuration', group: 'Lists', keys: ['e'], views: ['timeline', 'findings'] }),
  ofView({ id: 'oddity.previous', title: 'Previous oddity', group: 'Lists', keys: ['E'], views: ['timeline', 'findings'] }),
  ofView({ id: 'noted.next', title: 'Next event with a note', group: 'Notes', keys: ['u'], views: ['timeline'] }),
  ofView({ id: 'noted.previous', title: 'Previous event with a note', group: 'Notes', keys: ['U'], views: ['timeline'] }),

  ofView({ id: 'filter.focus', title: 'Go to the filter', group: 'Filter', keys: ['/'], views: FILTERED, menu: true }),
  ofView({ id: 'filter.keep', title: 'Keep rows with this value', group: 'Filter', keys: ['='], views: ['timeline'], row: true }),
  ofView({ id: 'filter.drop', title: 'Drop rows with this value', group: 'Filter', keys: ['-'], views: ['timeline'], row: true }),
  ofView({ id: 'filter.prepare', title: 'Put this value into the filter without applying it', group: 'Filter', keys: ['+'], views: ['timeline'], row: true }),
  ofView({ id: 'filter.suspend', title: 'Suspend or restore the filter, keep the row', group: 'Filter', keys: ['.'], views: FILTERED, menu: true }),
  ofView({ id: 'filter.clear', title: 'Clear the filter', group: 'Filter', keys: ['Ctrl+Backspace'], views: FILTERED, menu: true }),

  ofView({ id: 'filter.history', title: 'Filters tried, as a tree', group: 'Filter', keys: ['h'], views: ['timeline'], menu: true }),
  ofView({ id: 'timeline.columns', title: 'Columns...', group: 'View', keys: ['C'], views: ['timeline'], menu: true }),

  ofView({ id: 'timeline.mode', title: 'Next mode: how much, what kinds, in what order, my story', group: 'Time', keys: ['v'], views: ['timeline'], menu: true }),
  ofView({ id: 'timeline.stack', title: 'Stack by the focused column', group: 'Time', keys: ['s'], views: ['timeline'], menu: true, row: true }),
  ofView({ id: 'timeline.window', title: 'Context window: all sources around this row', group: 'Time', keys: ['w'], views: ['timeline'], menu: true, row: true }),
  ofView({ id: 'timeline.reference', title: 'Times relative to this row, on or off', group: 'Time', keys: ['t'], views: ['timeline'], menu: true, row: true }),
  ofView({ id: 'timeline.follow', title: 'Follow this thing', group: 'Time', keys: ['F'], views: ['timeline'], row: true }),
  ofView({ id: 'timeline.followNext', title: 'Next event of the followed thing', group: 'Time', keys: ['o'], views: ['timeline'] }),
  ofView({ id: 'timeline.followPrevious', title: 'Previous event of the followed thing', group: 'Time', keys: ['O'], views: ['timeline'] }),
  ofView({ id: 'timeline.dayLater', title: '24 hours later', group: 'Time', keys: ['d'], views: ['timeline'] }),
  ofView({ id: 'timeline.dayEarlier', title: '24 hours earlier', group: 'Time', keys: ['D'], views: ['timeline'] }),
  ofView({ id: 'timeline.zoomIn', title: 'Zoom time in around the row', group: 'Time', keys: ['z'], views: ['timeline'] }),
  ofView({ id: 'timeline.zoomOut', title: 'Zoom time out', group: 'Time', keys: ['Z'], views: ['timeline'] }),
  ofView({ id: 'timeline.span', title: 'Histogram: all dates, or only the days of logs and configuration copies', group: 'Time', keys: ['A'], views: ['timeline'], menu: true }),
  ofView({ id: 'timeline.bucketLater', title: 'Next bar of the histogram', group: 'Time', keys: [']'], views: ['timeline'] }),
  ofView({ id: 'timeline.bucketEarlier', title: 'Previous bar of the histogram', group: 'Time', keys: ['['], views: ['timeline'] }),
  ofView({ id: 'timeline.gapLater', title: 'Next long silence', group: 'Time', keys: ['}'], views: ['timeline'] }),
  ofView({ id: 'timeline.gapEarlier', title: 'Previous long silence', group: 'Time', keys: ['{'], views: ['timeline'] }),
  ofView({ id: 'timeline.up', title: 'Back up: the filter and mode before Enter', group: 'Time', keys: ['Backspace'], views: ['timeline'] }),
  ofView({ id: 'timeline.lanes', title: 'Lanes: all, or the first few', group: 'Time', keys: ['L'], views: ['timeline'], menu: true }),
  ofView({ id: 'timeline.toLanes', title: 'Go to the lanes', group: 'Time', keys: ['a'], views: ['timeline'] }),
  ofView({ id: 'timeline.front', title: 'Read the logs of the drawn range first', group: 'Time', keys: ['f'], views: ['timeline'], menu: true }),
  ofView({ id: 'timeline.dropTerm', title: 'Drop the term that empties the list', group: 'Filter', keys: ['Delete'], views: ['timeline'] }),
  ofView({ id: 'timeline.scale', title: 'Histogram: log or linear scale', group: 'Time', keys: ['l'], views: ['timeline'], menu: true }),

  ofView({ id: 'graph.twin', title: 'Graph or its table twin', group: 'Graph', keys: ['T'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.path', title: 'Path: why is this here? From the server, or from another node', group: 'Graph', keys: ['p'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.forward', title: 'Follow forward: all that this leads to', group: 'Graph', keys: ['f'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.backward', title: 'Follow back: all that leads here (which applications see this?)', group: 'Graph', keys: ['b'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.expand', title: 'Expand this group, or the imports of this file', group: 'Graph', keys: ['e'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.collapse', title: 'Collapse what was expanded here, or last', group: 'Graph', keys: ['c'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.up', title: 'Back to what was drawn before', group: 'Graph', keys: ['Backspace'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.reset', title: 'Reset the graph', group: 'Graph', keys: ['r'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.find', title: 'Find a node', group: 'Graph', keys: ['/'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.nextHit', title: 'Next node found', group: 'Graph', keys: ['n'], views: ['graph'] }),
  ofView({ id: 'graph.previousHit', title: 'Previous node found', group: 'Graph', keys: ['N'], views: ['graph'] }),
  ofView({ id: 'graph.pin', title: 'Pin this node at its place, or free it', group: 'Graph', keys: ['Space'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.free', title: 'Free all pinned nodes', group: 'Graph', keys: [], views: ['graph'], menu: true }),
  native({ id: 'graph.move', title: 'Move the node', keys: ['Shift+ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowRight'], views: ['graph'] }),
  ofView({ id: 'graph.zoomIn', title: 'Zoom in: more distance between nodes', group: 'Graph', keys: ['+'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.zoomOut', title: 'Zoom out', group: 'Graph', keys: ['-'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.note', title: 'Note this node (text and tag)', group: 'Notes', keys: ['a'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.export', title: 'Save the graph: SVG, GraphML, JSON, CSV...', group: 'Graph', keys: ['S'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.copyNodes', title: 'Copy the nodes as CSV', group: 'Graph', keys: ['y'], views: ['graph'], menu: true }),
  ofView({ id: 'graph.copyEdges', title: 'Copy the edges as CSV', group: 'Graph', keys: ['Y'], views: ['graph'], menu: true }),

  ofView({ id: 'config.compare', title: 'Compare two files: with the marked one, or with the copy before', group: 'Config', keys: ['d'], views: ['config'], menu: true }),
  ofView({ id: 'config.mark', title: 'Mark this file for comparing', group: 'Config', keys: ['m'], views: ['config'], menu: true }),
  ofView({ id: 'config.history', title: 'Copies and changes', group: 'Config', keys: ['h'], views: ['config'], menu: true }),
  ofView({ id: 'config.search', title: 'Search all configuration', group: 'Config', keys: ['/', 'Ctrl+F'], views: ['config'], menu: true }),
  ofView({ id: 'config.explain', title: 'Why: every line with the name of this entry', group: 'Config', keys: ['w'], views: ['config'], menu: true }),
  ofView({ id: 'config.odd', title: "Odd entries first, or IIS's own order", group: 'Config', keys: ['e'], views: ['config'], menu: true }),
  ofView({ id: 'config.next', title: 'Next difference, or hit of the search', group: 'Config', keys: ['n'], views: ['config'] }),
  ofView({ id: 'config.previous', title: 'Previous difference, or hit of the search', group: 'Config', keys: ['N'], views: ['config'] }),
  ofView({ id: 'config.sides', title: 'Differences side by side, or in one column', group: 'Config', keys: ['v'], views: ['config'], menu: true }),
  ofView({ id: 'config.line', title: 'Go to line', group: 'Config', keys: ['Ctrl+G'], views: ['config'], menu: true }),

  ofView({ id: 'program.same', title: 'Everything else in the case that shares this value', group: 'Go', keys: ['='], views: ['components'], row: true, menu: true }),
  ofView({ id: 'program.nextTab', title: 'Next tab', group: 'View', keys: ['Ctrl+Tab', ']'], views: ['components'], menu: true }),
  ofView({ id: 'program.previousTab', title: 'Previous tab', group: 'View', keys: ['Ctrl+Shift+Tab', '['], views: ['components'], menu: true }),
  ofView({ id: 'program.bytes', title: 'Bytes of the marked place', group: 'View', keys: ['b'], views: ['components'], menu: true }),
  ofView({ id: 'program.offset', title: 'Go to offset', group: 'View', keys: ['Ctrl+G'], views: ['components'], menu: true }),
  ofView({ id: 'program.detail', title: 'From the list to its details, and back', group: 'Lists', keys: ['d'], views: ['components'] }),

  ofView({ id: 'finding.accept', title: 'Accept into notes', group: 'Notes', keys: ['a'], views: ['findings'], row: true }),
  ofView({ id: 'finding.ignore', title: 'Ignore with a reason', group: 'Notes', keys: ['i'], views: ['findings'], row: true }),
  ofView({ id: 'finding.reopen', title: 'Open again', group: 'Notes', keys: ['u'], views: ['findings'], row: true }),
  ofView({ id: 'row.graph', title: 'Show in the graph', group: 'Go', keys: ['p'], views: ['findings', 'components'], row: true }),
  ofView({ id: 'row.timeline', title: 'Show in the timeline', group: 'Go', keys: ['t'], views: ['findings', 'components', 'notes'], row: true }),

  ofView({ id: 'note.edit', title: 'Edit the note', group: 'Notes', keys: ['c'], views: ['notes'], row: true }),
  ofView({ id: 'note.add', title: 'Add a free note', group: 'Notes', keys: ['a'], views: ['notes'] }),
  ofView({ id: 'note.delete', title: 'Delete the note (its history is kept)', group: 'Notes', keys: ['Delete'], views: ['notes'], row: true }),
];
