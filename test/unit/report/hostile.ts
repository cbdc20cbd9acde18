import fc from "fast-check";

/** Texts that try to be more than text: for Markdown, for HTML, for GitHub, and for the lines of a review. */
export const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        "|",
        "`",
        "``",
        "\\",
        "\n",
        "<img src=x>",
        "<!--",
        "&#64;",
        "@octocat",
        "#1",
        "GH-1",
        "acme/repo#1",
        "[x](http://x.y)",
        "![x](http://x.y)",
        "http://x.y",
        "www.x.y",
        "me@x.y",
        '"',
        '", valid from ',
        "x: 1 to activate; mTLS will be turned off; 1 API call",
        "organization: warning: ",
        "  + cert_b",
        " ",
        "a",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
  fc.constantFrom(
    'organization: 1 to activate; mTLS will be turned off; 1 API call @octocat [x](http://x.y) "',
    "x: y; mTLS will be turned off; <img src=x> [x](http://x.y)",
  ),
);
