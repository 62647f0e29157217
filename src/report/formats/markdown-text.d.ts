/** Pages of the documentation that the bundle holds. */
declare module '*.md' {
  const text: string;
  export default text;
}
