declare const __IISIGHT_VERSION__: string | undefined;

/** Set by the build from package.json. */
export const VERSION: string = typeof __IISIGHT_VERSION__ === 'string' ? __IISIGHT_VERSION__ : '0.0.0-source';
