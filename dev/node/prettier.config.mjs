// The form of XML views and of JavaScript, as in the OCA's addons.
export default {
    bracketSpacing: true,
    printWidth: 100,
    singleAttributePerLine: false,
    tabWidth: 4,
    trailingComma: "es5",
    xmlSelfClosingSpace: false,
    xmlWhitespaceSensitivity: "ignore",
    plugins: [import.meta.dirname + "/node_modules/@prettier/plugin-xml/src/plugin.js"],
    overrides: [{ files: "*.xml", options: { printWidth: 120 } }],
};
