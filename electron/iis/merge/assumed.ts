/** Rules that an answer may rest on and that no documentation confirms, in words for the reader. */
export const ASSUMED = {
  parentFirst: 'A location tag of a parent file comes before the web.config of the same folder; the documentation leaves that order open.',
  unknownRemove: 'A <remove> of a name that is not there is tolerated.',
  noModules: 'No modules section is declared or stands in any file of the chain, so handlers are not held against the modules that they name.',
  emptyLocked: 'A locked section is refused even where its element is empty.',
  noDeclarations: 'The file declares no sections (configSections is missing), so the declarations of a stock server are used.',
  isapiMode: 'The precondition ISAPIMode of the reference pages means classicMode, which shipped files write.',
  besideFile: 'configSource may name a file in the same folder; the documentation speaks of folders below.',
  caseTwins: 'Names of system.web modules are compared without letter case.',
  allEntries: 'In lockElements "*" means every name, as it does in lockAttributes.',
  otherRoot: 'A file that configSource names is refused when its root is not the element of the section.',
  slashes: 'Slashes around the path of a location tag mean nothing.',
  allowLocation: 'allowLocation="false" keeps a section out of location tags, as .NET has it.',
  blanks: 'Blanks around the tokens of a precondition mean nothing.',
  fastCgi: 'A FastCGI process that the fastCgi section lists needs no entry in isapiCgiRestriction.',
  integratedValidation: 'In an Integrated pool IIS answers 500.22 or 500.23 where system.web lists have entries of the application and validateIntegratedModeConfiguration is on.',
} as const;
