/** As much of the library `xliff` as is used here; it brings no types along. */
declare module 'xliff/js2xliff' {
  const js2xliff: (document: object, options: { readonly indent: string }) => Promise<string>;
  export default js2xliff;
}
declare module 'xliff/xliff2js' {
  const xliff2js: (text: string) => Promise<unknown>;
  export default xliff2js;
}
