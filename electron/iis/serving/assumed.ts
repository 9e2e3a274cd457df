/** What an answer about one request takes for granted, in words for the reader; no documentation says it. */
export const SERVING_ASSUMED = {
  sameThen: 'The configuration was the same when the request came.',
  pathAsLogged: 'The path is the one that IIS looked at: no rewriting changed it before the handler was chosen.',
  plus: 'The log writes "+" for a blank: the file with blanks in its name is meant.',
  escaped: 'The escapes (%xx) of the logged path stand for the characters of the file name.',
  pathInfo: 'The name that the pattern fits stands inside the path: what lies behind it is path info.',
  suffix: 'A pattern with a slash in it fits the end of the path, as ASP.NET has it.',
  anchored: 'A pattern that begins with a slash is meant from the root of the site.',
  absent: 'No such file: the core of IIS answers 404 before this handler is asked.',
  transfer: 'A handler for "*." passes what no route of the application takes on to the next handler that fits.',
  notCollected: 'The folder was not collected: that the file was there is assumed.',
  defaultDocument: 'The folder is answered through its default document, whose own handler is shown.',
  slash: 'The path names a folder without the last slash: IIS answers with a redirect to the path with it.',
  classic: 'In the Classic pipeline aspnet_isapi.dll then looks for a handler of its own in system.web/httpHandlers.',
  managedHandler: 'A handler counts as managed when it has a type or names ManagedPipelineHandler.',
  verbCase: 'Verbs are compared with letter case.',
  bitness: 'A handler whose preCondition does not hold is passed over; one that lacks its module or its permission is chosen and fails.',
} as const;
