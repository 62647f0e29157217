/** The flags that every command takes. */
export interface CommonFlags {
  readonly config?: string;
  readonly target?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  readonly yes?: boolean;
}
