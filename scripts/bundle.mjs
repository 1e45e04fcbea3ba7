// Bundle the style sheet and the scripts of static/ into static/build/, minified.
// Sources are optional: what does not exist is not built.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const OUT = "static/build";
// The scripts that pages name. All others are part of these, so that a page asks for few files.
const scripts = ["main", "page-editor", "arrange", "passkeys"]
  .map((name) => `static/js/${name}.js`)
  .filter(existsSync);
const styles = ["static/css/main.css", "static/rich/rich.css"].filter(existsSync);

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
if (scripts.length + styles.length > 0) {
  await build({
    entryPoints: [...styles, ...scripts],
    outbase: "static",
    outdir: OUT,
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    // These browsers lack nesting, so esbuild writes it out.
    target: ["chrome111", "firefox113", "safari16.4"],
    loader: { ".svg": "file", ".png": "file", ".woff2": "file" },
    assetNames: "assets/[name]-[hash]",
    chunkNames: "js/chunks/[name]-[hash]",
    logLevel: "warning",
  });
}
console.log(`Built ${styles.length} style sheets and ${scripts.length} scripts into ${OUT}`);
