/** The part of markdown-it that tests use; it brings no types. */
declare module "markdown-it" {
  export interface Token {
    readonly type: string;
    readonly attrs: readonly (readonly [string, string])[] | null;
    /** The language of a code block. */
    readonly info: string;
    readonly content: string;
    readonly children: readonly Token[] | null;
  }

  export default class MarkdownIt {
    constructor(options?: { readonly html?: boolean; readonly linkify?: boolean });
    parse(text: string, environment: object): readonly Token[];
    render(text: string): string;
  }
}
