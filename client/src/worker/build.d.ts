/** Put in by the build: which one this is, and its files. */
declare const __VERSION__: string;
declare const __ASSETS__: string[];
