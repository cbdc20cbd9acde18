/** The part of markdown-it that tests use; it brings no types. */
declare module "markdown-it" {
  export default class MarkdownIt {
    constructor(options?: { readonly html?: boolean; readonly linkify?: boolean });
    render(text: string): string;
  }
}
