// What Odoo's own code keeps to, as far as a linter can see it; the layout is prettier's.
import js from "@eslint/js";
import globals from "globals";

export default [
    js.configs.recommended,
    {
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: { ...globals.browser, odoo: "readonly", owl: "readonly" },
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "dot-notation": "error",
            eqeqeq: ["error", "always", { null: "ignore" }],
            "no-console": "error",
            "no-eval": "error",
            "no-implied-eval": "error",
            "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": "error",
        },
    },
];
