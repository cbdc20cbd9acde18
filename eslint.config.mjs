import js from "@eslint/js";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** The globals of Node.js, for files without types. */
const NODE_GLOBALS = Object.fromEntries(
  [...Object.getOwnPropertyNames(globalThis), "__dirname"].map((name) => [name, "readonly"]),
);

/**
 * The folders of provider/ in layers, the lowest first: each may import those of lower layers, and none of its own.
 * docs/architecture.md describes them.
 */
const LAYERS = [
  ["shared"],
  ["settings"],
  ["api"],
  ["run"],
  ["certificate"],
  ["clients"],
  ["activation"],
  ["planSummary"],
  ["session"],
  ["lookup", "resource"],
  ["dynamic", "plugin"],
];

const LAYER_ZONES = LAYERS.flatMap((layer, index) =>
  layer.map((folder) => ({
    target: `provider/${folder}`,
    from: LAYERS.slice(index)
      .flat()
      .filter((other) => other !== folder)
      .map((other) => `provider/${other}`),
    message: "A folder of provider/ imports lower layers only, see docs/architecture.md.",
  })),
).filter(({ from }) => from.length > 0);

/** What is outside of provider/. */
const OUTER_ZONES = [
  { target: "provider", from: ["sdk", "cli"], message: "provider/ runs in the provider process alone." },
  {
    target: "sdk",
    from: "provider",
    except: [
      "index.ts",
      "dynamic/protocol.ts",
      "api/listedCertificate.ts",
      "lookup",
      "resource/clients/clientTrust.ts",
      "run/programRun.ts",
      "session/session.ts",
      "settings/misspelledSettings.ts",
      "shared",
    ],
    message:
      "sdk/ knows provider/ only through its entry, types, look-ups and the run of a program, see docs/architecture.md.",
  },
  { target: "sdk", from: "cli", message: "A program does not need the command line." },
  {
    target: "cli",
    from: ["sdk", "provider/dynamic", "provider/plugin"],
    message: "cli/ runs without an engine.",
  },
  {
    target: ["provider", "sdk", "cli", "scripts"],
    from: ["test", "tools", "examples"],
    message: "What is published needs no tests and no tools.",
  },
];

export default tseslint.config(
  { ignores: ["build/", "dist/", "node_modules/"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [importX.createNodeResolver({ extensions: [".ts", ".js", ".json"] })],
    },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // The methods of a provider return promises, whether they wait for something or not.
      "@typescript-eslint/require-await": "off",

      // Imports: Node's modules, packages, parent folders, this folder; types in statements of their own.
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "separate-type-imports", disallowTypeAnnotations: false },
      ],
      "import-x/consistent-type-specifier-style": ["error", "prefer-top-level"],
      "import-x/no-duplicates": "error",
      "import-x/no-restricted-paths": ["error", { zones: [...LAYER_ZONES, ...OUTER_ZONES] }],
      "import-x/order": [
        "error",
        {
          groups: ["builtin", "external", "parent", "sibling", "index"],
          alphabetize: { order: "asc", caseInsensitive: true },
          named: true,
          "newlines-between": "never",
        },
      ],

      // Braces only where the statement does not fit on one line.
      curly: ["error", "multi-or-nest", "consistent"],

      // Constants of a module that are a plain value have upper-case names.
      "@typescript-eslint/naming-convention": [
        "error",
        {
          selector: "variable",
          modifiers: ["const", "global"],
          types: ["boolean", "number", "string"],
          format: ["UPPER_CASE"],
        },
      ],
    },
  },
  {
    // What Node.js or a tool loads as it is, without a compiler.
    files: ["**/*.js", "**/*.mjs"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: NODE_GLOBALS },
    rules: { "@typescript-eslint/no-require-imports": "off", "import-x/order": "off" },
  },
  { files: ["**/*.js"], languageOptions: { sourceType: "commonjs" } },
);
